const list = document.querySelector('#list')
const state = document.querySelector('#state')

const source = new EventSource('/events')
source.addEventListener('open', showState)
source.addEventListener('error', showState)
// TODO 5: List the events that are named tick. (The listener for messages may stay: lesson 8 has use for it.)
source.addEventListener('message', (event) => {
  const item = document.createElement('li')
  item.textContent = event.data // text, whatever the data looks like: never markup
  list.append(item)
  list.scrollTop = list.scrollHeight
})
showState()

function showState() {
  state.value = ['connecting', 'open', 'closed'][source.readyState]
  state.className = state.value
}
