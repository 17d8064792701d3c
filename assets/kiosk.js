// A shared tablet. Without this file the server alone decides when somebody has gone, and the page shows the start a minute
// later. With it the page asks a minute before, one key press goes on, and when nobody answers, it is emptied at once.
//
// <body data-clears-after="300" data-asks-first> <form data-next-person> <form data-here> <dialog data-away> <dialog data-nearly>
//
// Idle time counts from the moment at which the server was told that somebody is there; so the two cannot disagree.
const SECOND = 1000
const ASK_BEFORE = 60 * SECOND
const NEARLY = 120 * SECOND
const TELL_EVERY = 30 * SECOND
const SIGNS = ['keydown', 'pointerdown', 'input', 'scroll']

const { body } = document
const leaving = document.querySelector('[data-next-person]')
const here = document.querySelector('[data-here]')
const away = document.querySelector('[data-away]')
const nearly = document.querySelector('[data-nearly]')
const limit = Number(body.dataset.clearsAfter) * SECOND

let seen = Date.now()
let endsAt = Infinity
let moved = false
let isTold = false
let isOver = false

// Nothing of the page is left, even if the server cannot be reached.
function nextPerson() {
  if (isOver) return
  isOver = true
  for (const dialog of [away, nearly]) if (dialog?.open) dialog.close()
  body.replaceChildren(leaving)
  leaving.submit()
}

async function tell() {
  const told = Date.now()
  moved = false
  try {
    const reply = await fetch(here.action, { method: 'POST', body: new URLSearchParams(new FormData(here)) })
    if (reply.status === 403) return nextPerson()
    if (!reply.ok) throw new Error(reply.status)
    const { minutes } = await reply.json()
    endsAt = minutes === null ? Infinity : told + minutes * 60 * SECOND
    seen = told
    if (away.open) away.close()
  } catch {
    moved = true // to be tried again
  }
}

function look() {
  const now = Date.now()
  const idle = now - seen
  if (idle >= limit || now >= endsAt) return nextPerson()
  if (!here) return
  if (moved && !away.open && idle >= TELL_EVERY) tell()
  if (idle >= limit - ASK_BEFORE) ask(away)
  if (now >= endsAt - NEARLY && !isTold) {
    isTold = true
    ask(nearly)
  }
}

function ask(dialog) {
  if (!isOver && !away.open && !nearly.open) dialog.showModal()
}

function watch() {
  for (const sign of SIGNS) {
    addEventListener(
      sign,
      () => {
        moved = true
        if (!here) seen = Date.now()
      },
      { capture: true, passive: true },
    )
  }
  setInterval(look, SECOND)
}

function answerTo(dialog) {
  const stay = () => (dialog === away ? tell() : dialog.close())
  dialog.querySelector('[data-stay]').addEventListener('click', stay)
  dialog.querySelector('[data-next]')?.addEventListener('click', nextPerson)
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault()
    stay()
  })
}

// A tablet whose screen went dark may be in other hands when it lights up again.
function cover() {
  if (document.hidden) ask(away)
  else look()
}

if (limit) {
  watch()
  if (here) {
    for (const dialog of [away, nearly]) answerTo(dialog)
    document.addEventListener('visibilitychange', cover)
    tell()
  }
}

// A page that the browser kept aside is never shown again: the server says what is to be seen now.
addEventListener('pageshow', (event) => {
  if (!event.persisted) return
  body.replaceChildren()
  location.reload()
})
