// Everything works without this file. With it: no double sending, focus on what went wrong, a count of letters left,
// leaving the page at once, being read to, and changing the language with a page half filled in.
import {
  Button,
  CharacterCount,
  Checkboxes,
  createAll,
  ErrorSummary,
  ExitThisPage,
  Radios,
  SkipLink,
} from 'govuk-frontend'
import { keepTyped } from './keep-typed.js'
import { offerToReadAloud } from './read-aloud.js'

document.body.classList.add('js-enabled', 'govuk-frontend-supported') // the components wait for it; no page needs a script of its own
createAll(Button, { preventDoubleClick: true })
for (const component of [CharacterCount, Checkboxes, ErrorSummary, ExitThisPage, Radios, SkipLink]) createAll(component)
keepTyped(document)
offerToReadAloud(document)
