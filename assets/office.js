// Every page of the office works without this file. With it: no double sending, focus on what went wrong, passwords shown on request.
import { Button, CharacterCount, Checkboxes, createAll, ErrorSummary, NotificationBanner, PasswordInput, Radios, SkipLink } from 'govuk-frontend'
import { followJob } from './job.js'
import { keepRenewing } from './renewing.js'

document.body.classList.add('js-enabled', 'govuk-frontend-supported')
createAll(Button, { preventDoubleClick: true })
for (const component of [CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, PasswordInput, Radios, SkipLink]) {
  createAll(component)
}

// Paper that is shown in the browser: a button that opens its print dialogue.
for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false
  button.addEventListener('click', () => window.print())
}

keepRenewing()
followJob()
