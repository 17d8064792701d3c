// The page of a job follows it: what is marked data-follow is fetched again every two seconds until the job is over.
// The session is not made longer by it. Without this file the page renews itself every three seconds.
const EVERY = 2000

async function look() {
  const address = new URL(window.location.href)
  address.searchParams.set('again', 'yes')
  const reply = await fetch(address, { headers: { Accept: 'text/html' }, cache: 'no-store' })
  if (reply.redirected) window.location.reload() // signed out meanwhile
  if (!reply.ok || reply.redirected) return
  const page = new DOMParser().parseFromString(await reply.text(), 'text/html')
  for (const part of document.querySelectorAll('[data-follow]')) {
    const fresh = page.getElementById(part.id)
    if (!fresh || part.textContent === fresh.textContent) continue
    const hadFocus = part.contains(document.activeElement)
    part.innerHTML = fresh.innerHTML
    part.toggleAttribute('data-over', fresh.hasAttribute('data-over'))
    if (hadFocus) part.querySelector('button, a')?.focus({ preventScroll: true })
  }
}

export function followJob() {
  if (!document.querySelector('[data-follow]')) return
  const timer = window.setInterval(() => {
    if (document.querySelector('[data-over]')) window.clearInterval(timer)
    else if (!document.hidden) look().catch(() => {})
  }, EVERY)
}
