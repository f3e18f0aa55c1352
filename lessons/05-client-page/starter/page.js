const list = document.querySelector('#list')
const state = document.querySelector('#state')

// TODO 2: Open an EventSource on /events, and append each message to the list, as text.
// TODO 3: Keep the newest message in view, and show the state: connecting, open or closed.
// TODO 4: Close the EventSource when the page goes away.
