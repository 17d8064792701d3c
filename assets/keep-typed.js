// Changing the language or the words asks for the page again. What is filled in and not sent yet goes along.
export function keepTyped(page) {
  for (const link of page.querySelectorAll('a[data-keeps-typed]')) {
    link.addEventListener('click', (event) => {
      const form = page.querySelector('main form')
      if (!form || !new FormData(form).has('answer') || new FormData(form).get('answer') === '') return
      event.preventDefault()
      for (const [name, value] of new URL(link.href).searchParams) {
        const field = Object.assign(page.createElement('input'), { type: 'hidden', name, value })
        if (!form.elements.namedItem(name)) form.append(field)
      }
      form.submit() // no button goes along, so nothing is taken for an answer
    })
  }
}
