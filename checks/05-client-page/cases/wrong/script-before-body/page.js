const list = document.querySelector('#list')
const state = document.querySelector('#state')
state.value = 'connecting'

let source

function listen() {
  source = new EventSource('/events')
  source.addEventListener('open', showState)
  source.addEventListener('error', showState)
  source.addEventListener('message', (event) => {
    const item = document.createElement('li')
    item.textContent = event.data // text, whatever the data looks like: never markup
    list.append(item)
    list.scrollTop = list.scrollHeight
  })
  showState()
}

function showState() {
  state.value = ['connecting', 'open', 'closed'][source.readyState]
  state.className = state.value
}

// A page that the browser keeps for the back button is shown again without being loaded again.
addEventListener('pageshow', listen)
addEventListener('pagehide', () => {
  source.close()
  showState()
})
