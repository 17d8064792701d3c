// A page that renews itself: every part marked data-renew is fetched again from the same address and put in place where it has
// changed. Focus stays where it is; the session is not made longer by it; a tab that is not seen asks for nothing.
const EVERY = 30000

function focusable(part) {
  return [...part.querySelectorAll('a[href], button, summary, [tabindex]')]
}

function renew(part, fresh) {
  if (part.innerHTML === fresh.innerHTML) return
  const place = focusable(part).indexOf(document.activeElement)
  const offsets = [...part.querySelectorAll('.app-table-scroll')].map((table) => table.scrollLeft)
  part.replaceChildren(...fresh.childNodes)
  part.querySelectorAll('.app-table-scroll').forEach((table, index) => { table.scrollLeft = offsets[index] || 0 })
  if (place >= 0) focusable(part)[Math.min(place, focusable(part).length - 1)]?.focus({ preventScroll: true })
}

async function ask() {
  const address = new URL(window.location.href)
  address.searchParams.set('again', 'yes')
  const reply = await fetch(address, { headers: { Accept: 'text/html' }, cache: 'no-store' })
  if (reply.redirected) window.location.reload() // signed out meanwhile: nothing stays on the screen
  if (!reply.ok || reply.redirected) return
  const page = new DOMParser().parseFromString(await reply.text(), 'text/html')
  for (const part of document.querySelectorAll('[data-renew]')) {
    const fresh = page.getElementById(part.id)
    if (fresh) renew(part, fresh)
  }
}

export function keepRenewing() {
  const pause = document.querySelector('[data-renew-pause]')
  if (!pause || !document.querySelector('[data-renew]')) return
  const note = document.querySelector('[data-renew-note]')
  const isPaused = () => pause.getAttribute('aria-pressed') === 'true'
  pause.hidden = note.hidden = false
  pause.addEventListener('click', () => pause.setAttribute('aria-pressed', String(!isPaused())))
  window.setInterval(() => { if (!isPaused() && !document.hidden) ask().catch(() => {}) }, EVERY)
}
