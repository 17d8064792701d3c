// <button class="govuk-button govuk-button--secondary read-aloud" type="button" data-module="read-aloud"
//   data-stop="Stop reading" hidden>Read this page to me</button>
// <h1 data-read-aloud>…</h1> <p data-read-aloud data-spoken="how it is said, where it is written otherwise">…</p>
//
// The button stays hidden unless this device has a voice for the page's language: a Welsh page is not read by an English voice.
// Nothing leaves the device: only voices that live on it are used.

const SELECTOR = '[data-module="read-aloud"]'

export function offerToReadAloud(page) {
  const button = page.querySelector(SELECTOR)
  const speech = page.defaultView.speechSynthesis
  if (!button || !speech) return

  const offer = () => {
    button.hidden = !voiceFor(page, speech)
  }
  offer()
  speech.addEventListener?.('voiceschanged', offer) // browsers find their voices after the page has loaded

  const saying = { start: button.textContent, stop: button.dataset.stop }
  const show = (reading) => {
    button.textContent = reading ? saying.stop : saying.start
  }
  button.addEventListener('click', () => {
    if (speech.speaking) {
      speech.cancel()
      show(false)
    } else {
      read(page, speech, show)
    }
  })
  page.defaultView.addEventListener('pagehide', () => speech.cancel())
}

function voiceFor(page, speech) {
  const [language] = page.documentElement.lang.toLowerCase().split('-')
  return speech
    .getVoices()
    .find((voice) => voice.localService && voice.lang.toLowerCase().split(/[-_]/)[0] === language)
}

function read(page, speech, show) {
  const parts = [...page.querySelectorAll('[data-read-aloud]')].map(wordsOf).filter(Boolean)
  parts.forEach((words, index) => {
    const utterance = new SpeechSynthesisUtterance(words)
    utterance.voice = voiceFor(page, speech)
    utterance.lang = utterance.voice.lang
    utterance.rate = 0.9
    utterance.onerror = () => show(false)
    if (index === parts.length - 1) utterance.onend = () => show(false)
    speech.speak(utterance)
  })
  show(parts.length > 0)
}

function wordsOf(element) {
  return (element.dataset.spoken ?? element.textContent).replace(/\s+/g, ' ').trim()
}
