// Keying a booklet by keyboard: one key an answer, on to the next question by itself, kept on the way. Without this file the page is
// an ordinary form. Keys count only while the form has the focus, and never together with Ctrl, Alt or Meta.
import { route } from './route.js'

const NOTHING = '-'
const UNREADABLE = '*'
const ADDRESS = location.href // not form.action: the buttons of that name stand in its way
const AGAIN = 3000 // milliseconds until keeping is tried again

const form = document.querySelector('[data-keying]')
const end = form.querySelector('[data-end]')
const count = form.querySelector('[data-count]')
const bar = form.querySelector('progress')
const toldAt = form.querySelector('[data-told]')
const keptAt = form.querySelector('[data-kept]')
const steps = [...form.querySelectorAll('[data-step]')].map((element) => ({
  element,
  id: element.dataset.step,
  kind: element.dataset.kind,
  askIf: element.dataset.askIf && JSON.parse(element.dataset.askIf),
  boxes: [...element.querySelectorAll('[data-key]')],
  typed: element.querySelector('textarea, input[inputmode]'),
  quote: element.querySelector('[name^="quote-"]'),
}))
const done = [] // what was keyed here, the last at the end: where undo goes back to
let current = null // a step, or null at the end
let asksForQuote = false

// --- What has been keyed ---

function valuesOf(step) {
  if (step.typed) return step.typed.value.trim() ? [step.typed.value.trim()] : []
  return [...step.element.querySelectorAll('input:checked')].map((box) => box.value)
}

const isKeyed = (step) => valuesOf(step).length > 0
const isSilent = (step) => [NOTHING, UNREADABLE].includes(valuesOf(step)[0])

function answers() {
  const found = {}
  for (const step of steps) {
    const values = valuesOf(step)
    if (!values.length || isSilent(step)) continue
    found[step.id] =
      step.kind === 'scale' ? { number: Number(values[0]) } : step.kind === 'open_ended' ? { words: values[0] } : { codes: values }
  }
  return found
}

function clear(step) {
  for (const box of step.element.querySelectorAll('input:checked')) box.checked = false
  if (step.typed) step.typed.value = ''
}

// --- Where one is ---

function look() {
  const asked = route(steps, answers())
  let keyed = 0
  for (const step of steps) {
    const isAsked = asked.has(step.id)
    keyed += isAsked && isKeyed(step)
    step.element.classList.toggle('app-keying__step--left-out', !isAsked)
    step.element.classList.toggle('app-keying__step--keyed', isKeyed(step))
    step.element.classList.toggle('app-keying__step--here', step === current)
  }
  count.textContent = `${keyed} of ${asked.size}`
  bar.max = asked.size
  bar.value = keyed
  end.querySelector('.app-keying__all').hidden = keyed < asked.size
  return asked
}

function tell(words) {
  toldAt.textContent = words
}

function go(step) {
  current = step
  asksForQuote = false
  look()
  const place = step ? step.element : end
  const field = step?.typed ?? place
  field.focus({ preventScroll: true })
  if (step?.typed) step.typed.select()
  place.scrollIntoView({ block: 'center' })
}

function next() {
  const asked = look()
  const waits = (step) => asked.has(step.id) && !isKeyed(step)
  const after = steps.slice(steps.indexOf(current) + 1)
  go(after.find(waits) ?? steps.find(waits) ?? null)
}

function move(by) {
  const at = current ? steps.indexOf(current) : steps.length
  const to = Math.min(Math.max(at + by, 0), steps.length)
  tell('')
  go(steps[to] ?? null)
}

function remember(step) {
  if (done.includes(step)) done.splice(done.indexOf(step), 1)
  done.push(step)
}

function keyed() {
  tell('')
  remember(current)
  keepSoon()
  next()
}

function undo() {
  tell('')
  if (current && isKeyed(current)) {
    clear(current)
  } else {
    const asked = route(steps, answers())
    const before = steps.slice(0, current ? steps.indexOf(current) : steps.length)
    const back = done.pop() ?? before.findLast((step) => asked.has(step.id))
    if (!back) return
    clear(back)
    current = back
  }
  go(current)
  keepSoon()
}

// --- Keys ---

function pick(key) {
  const box = current.boxes.find((each) => each.dataset.key === (key === NOTHING ? '0' : key))
  if (!box) {
    tell(`There is no box ${key.toUpperCase()} at question ${current.element.dataset.number}.`)
    return
  }
  if (box.type === 'radio') {
    box.checked = true
    keyed()
    return
  }
  box.checked = !box.checked
  for (const other of current.boxes) {
    if (other !== box && box.checked && ('alone' in box.dataset || 'alone' in other.dataset)) other.checked = false
  }
  tell('')
  if (box.checked && [NOTHING, UNREADABLE].includes(box.value)) keyed()
  else look()
}

function faultOf(step) {
  if (!isKeyed(step)) return 'Key an answer, or - for none.'
  if (!step.typed || isSilent(step)) return ''
  const [value] = valuesOf(step)
  const { least, most, longest } = step.typed.dataset
  if (least !== undefined && !(/^[+-]?\d+$/.test(value) && Number(value) >= Number(least) && Number(value) <= Number(most))) {
    return `Key a number from ${least} to ${most}, or - for none.`
  }
  return longest && [...value].length > Number(longest) ? `This is longer than ${longest} letters.` : ''
}

function enter() {
  if (!current) {
    finish()
    return
  }
  const fault = faultOf(current)
  if (fault) {
    tell(fault)
  } else if (current.quote && !isSilent(current)) {
    asksForQuote = true
    tell('May we print this? 1 if the box is ticked, 0 if not.')
    current.quote.focus()
  } else {
    if (current.quote) current.quote.checked = false
    keyed()
  }
}

function quote(key) {
  if (!['0', '1', NOTHING].includes(key)) {
    tell('May we print this? 1 if the box is ticked, 0 if not.')
    return
  }
  current.quote.checked = key === '1'
  keyed()
}

function backFromQuote() {
  asksForQuote = false
  tell('')
  current.typed.focus()
}

form.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return
  if (event.target.closest('button, summary, a')) return
  const step = steps.find((each) => each.element.contains(event.target))
  if (step && step !== current) {
    current = step
    asksForQuote = false
  }
  if (event.key !== 'Tab' && handled(event)) event.preventDefault()
})

function handled(event) {
  const { key, target } = event
  const inWords = target.tagName === 'TEXTAREA'
  if (key === 'Enter') {
    if (inWords && event.shiftKey) return false
    if (asksForQuote) tell('May we print this? 1 if the box is ticked, 0 if not.')
    else enter()
    return true
  }
  if (asksForQuote && target === current.quote) {
    if (key === 'Backspace' || key.toLowerCase() === 'u') backFromQuote()
    else if (key.length === 1 && key !== ' ') quote(key)
    else return false
    return true
  }
  if (target === current?.typed) {
    if ((key === 'Backspace' && target.value === '') || (!inWords && key.toLowerCase() === 'u')) undo()
    else if (!inWords && key === 'ArrowUp') move(-1)
    else if (!inWords && key === 'ArrowDown') move(1)
    else return false
    return true
  }
  if (target.type === 'radio' && key.startsWith('Arrow')) return false // the browser's own way to choose
  if (key === 'ArrowUp') move(-1)
  else if (key === 'ArrowDown') move(1)
  else if (key === 'Backspace' || key.toLowerCase() === 'u') undo()
  else if (key.length === 1 && key !== ' ' && current) pick(key.toLowerCase())
  else return false
  return true
}

// What is chosen by mouse or by Space is kept too; nobody is moved on by it.
form.addEventListener('change', (event) => {
  const step = steps.find((each) => each.element.contains(event.target))
  if (!step) return
  if (event.target.checked && event.target.type === 'checkbox' && event.target !== step.quote) {
    for (const other of step.boxes) {
      if (other !== event.target && ('alone' in event.target.dataset || 'alone' in other.dataset)) other.checked = false
    }
  }
  if (step !== current && isKeyed(step) && !done.includes(step)) remember(step)
  look()
  keepSoon()
})
form.addEventListener('focusin', (event) => {
  const step = steps.find((each) => each.element.contains(event.target))
  if (step && step !== current) {
    current = step
    asksForQuote = false
    look()
  }
})

// --- Keeping on the way ---

let unkept = false
let keeping = null
let stopped = false

function keepSoon() {
  unkept = true
  keptAt.textContent = 'Not kept yet'
  keeping ??= keep().finally(() => {
    keeping = null
    if (unkept && !stopped) setTimeout(keepSoon, AGAIN)
  })
}

async function keep() {
  while (unkept && !stopped) {
    unkept = false
    const sent = new URLSearchParams(new FormData(form))
    sent.set('action', 'keep')
    try {
      const reply = await fetch(ADDRESS, { method: 'POST', body: sent, headers: { 'X-On-The-Way': 'yes' }, redirect: 'manual' })
      if (reply.ok) {
        form.elements.edition.value = (await reply.json()).edition
        if (!unkept) keptAt.textContent = 'Kept'
        continue
      }
      unkept = true
      if (reply.status === 409) {
        stopped = true
        tell((await reply.json()).told)
      } else {
        tell(
          reply.type === 'opaqueredirect'
            ? 'Not kept yet: you are signed out. Sign in again in another tab; this page goes on by itself.'
            : 'Not kept yet. This page tries again by itself.',
        )
      }
    } catch {
      unkept = true
      tell('Not kept yet: there is no connection. This page tries again by itself.')
    }
    return
  }
}

let finishing = false

function finish() {
  if (finishing) return
  if (end.querySelector('.app-keying__all').hidden) {
    next()
    tell('This is not keyed yet.')
    return
  }
  form.requestSubmit(form.querySelector('[value=finish]'))
}

// What is being kept has to be through before the form goes, since each builds on the edition before.
form.addEventListener('submit', async (event) => {
  if (keeping) {
    event.preventDefault()
    await keeping
    if (stopped || !unkept) form.requestSubmit(event.submitter)
    return
  }
  finishing = stopped = true
})
addEventListener('beforeunload', (event) => {
  if (unkept && !finishing) event.preventDefault()
})

document.body.classList.add('app-keying-by-key')
const asked = look()
go(steps.find((step) => 'fault' in step.element.dataset) ?? steps.find((step) => asked.has(step.id) && !isKeyed(step)) ?? null)
