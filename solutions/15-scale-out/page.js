import { streamTokens } from '/client.js'

const list = document.querySelector('#list')
const state = document.querySelector('#state')
const form = document.querySelector('#send')

const source = new EventSource('/events')
source.addEventListener('open', showState)
source.addEventListener('error', showState)
source.addEventListener('message', showEvent)
source.addEventListener('tick', showEvent)
source.addEventListener('reset', () => show('reset', 'Some messages may be missing here.'))
showState()

function showEvent(event) {
  show(event.type, event.data)
}

function show(kind, text) {
  const item = document.createElement('li')
  item.className = kind
  item.textContent = text // whatever the data looks like: never markup
  list.append(item)
  list.scrollTop = list.scrollHeight
}

form.addEventListener('submit', async (event) => {
  event.preventDefault() // the page stays; it reads its own message in the stream
  const answer = await fetch('/messages', { method: 'POST', body: form.elements.text.value })
  if (answer.ok) form.reset()
})

const ask = document.querySelector('#ask')
const answer = document.querySelector('#answer')
const stop = document.querySelector('#stop')

ask.addEventListener('submit', async (event) => {
  event.preventDefault()
  const asking = new AbortController()
  stop.onclick = () => asking.abort()
  stop.disabled = false
  answer.value = ''
  try {
    for await (const token of streamTokens('/completions', ask.elements.prompt.value, asking)) {
      answer.value += token
    }
  } catch (error) {
    answer.value += asking.signal.aborted ? ' (stopped)' : ` (${error.message})`
  }
  stop.disabled = true
})

function showState() {
  state.value = ['connecting', 'open', 'closed'][source.readyState]
  state.className = state.value
}
