// Shows new texts as they come. Without it, the link "Look for new texts" does.
const thread = document.querySelector('[data-thread]')

async function follow() {
  for (;;) {
    try {
      const answer = await fetch(`${thread.dataset.thread}?since=${thread.dataset.since}`)
      if (answer.status === 200) {
        thread.innerHTML = await answer.text()
        thread.dataset.since = answer.headers.get('X-Since')
      } else if (!answer.ok) {
        throw new Error(answer.status)
      }
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 3000)) // nobody listens: perhaps again in a while
    }
  }
}

if (thread) {
  document.querySelector('[data-refresh]').hidden = true
  follow()
}
