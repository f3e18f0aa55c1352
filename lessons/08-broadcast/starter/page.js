const list = document.querySelector('#list')
const state = document.querySelector('#state')

const source = new EventSource('/events')
source.addEventListener('open', showState)
source.addEventListener('error', showState)
source.addEventListener('message', showEvent)
source.addEventListener('tick', showEvent)
showState()

function showEvent(event) {
  const item = document.createElement('li')
  item.className = event.type
  item.textContent = event.data // text, whatever the data looks like: never markup
  list.append(item)
  list.scrollTop = list.scrollHeight
}

// TODO 5: When the form is submitted, POST its text to /messages. The message comes back in the stream.

function showState() {
  state.value = ['connecting', 'open', 'closed'][source.readyState]
  state.className = state.value
}
