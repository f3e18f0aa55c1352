const list = document.querySelector('#list')
const state = document.querySelector('#state')

// TODO 2: Open an EventSource on /events, and append each message to the list, as text.
// TODO 3: Keep the newest message in view.
// TODO 4: Show the state of the connection: connecting, open or closed.
