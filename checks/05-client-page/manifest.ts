import { defineLesson } from '../manifest.ts'
import { starts } from '../support/starts-manifest.ts'

export default defineLesson({
  slug: '05-client-page',
  title: 'The page that listens',
  goal: 'A page at / opens an EventSource, lists each message, and shows the state of its connection.',
  minutes: 30,
  entry: 'server.ts',
  edit: ['server.ts', 'page.js'],
  begins: 'page',
  checks: {
    starts,
    page: {
      says: 'answers / with the page, as HTML in UTF-8',
      why: 'A browser that is told text/plain shows the source of a page, and runs none of it.',
      fix: "Send page.html at /, with 'content-type': 'text/html; charset=utf-8'.",
      try: 'curl -ik {origin}/',
      faults: {
        status: {
          why: 'The page is the first thing that a browser asks for. Without a 200 there is nothing to show.',
          fix: "Answer GET / and HEAD / with ':status': 200.",
        },
        charset: {
          why: 'page.html is stored as UTF-8. A browser that is not told so shows letters such as é wrong.',
          fix: "Name the charset: 'content-type': 'text/html; charset=utf-8'.",
        },
        empty: {
          why: 'The head promises a page, and the body has none.',
          fix: 'Read page.html with readFileSync(), and send it behind the head.',
        },
      },
      hints: [
        'Open the address in your browser. Do you see the page, or its source, or a greeting?',
        'readFileSync(new URL(name, import.meta.url)) reads a file beside server.ts, wherever you started it from: nodejs.org/api/fs.html#fsreadfilesyncpath-options',
        { file: 'server.ts', lines: "file('page.html'" },
      ],
    },
    files: {
      says: 'serves the style sheet and the script that the page names',
      why: 'A browser asks for each file that the page names. What it can not get, the page has to do without.',
      fix: 'Serve page.css and page.js at the paths that page.html names.',
      try: 'curl -ik {origin}/page.css {origin}/page.js',
      faults: {
        type: {
          why: 'A browser refuses a module script, and a style sheet, that comes with the wrong content type.',
          fix: "Use 'text/css' for page.css and 'text/javascript' for page.js.",
        },
        same: {
          why: 'Two addresses give the same file, so one of them gives the wrong one.',
          fix: 'Look at the line of that path: which file does it read?',
        },
      },
      hints: [
        'page.html names two more files. What does curl show when you ask your server for each of them?',
        'A Map from path to file keeps them together, each with its media type: developer.mozilla.org/docs/Web/HTTP/Guides/MIME_types',
        { file: 'server.ts', lines: "['/page.js'" },
      ],
    },
    loads: {
      says: 'serves a page that loads in a browser without errors',
      why: 'A script that fails stops where it failed. What stands after that line never runs.',
      fix: 'Open the page, press F12, and read the first red line of the console.',
      hints: [
        'What does the console of your browser say (F12) when you load the page?',
        'The console names the file and the line of each error: developer.chrome.com/docs/devtools/console/reference',
        { file: 'page.js', lines: 'function showState' },
      ],
    },
    source: {
      says: 'opens one EventSource on /events, on the address that the page came from',
      why: 'The list stays empty until the page asks for the stream.',
      fix: "Write new EventSource('/events') in page.js.",
      try: 'curl -kN --http2 {origin}/events',
      faults: {
        origin: {
          why: 'A page that names its port works on that port alone. Another port is another origin, which has to allow it.',
          fix: "Leave scheme, host and port out: new EventSource('/events').",
        },
        path: {
          why: 'The stream is at /events. Nothing else answers as an event stream.',
          fix: "Write new EventSource('/events').",
        },
        several: {
          why: 'Each EventSource is a stream of its own. With two of them, every message comes twice.',
          fix: 'Create one EventSource when the script runs, and keep it in one variable.',
        },
        fetch: {
          why: 'fetch() reads bytes. An EventSource reads events, and connects again by itself.',
          fix: "Use new EventSource('/events') in place of fetch().",
        },
      },
      hints: [
        'Look at the network tab of your browser (F12). Is there a request for /events, and for which port?',
        "new EventSource('/events') connects to the address of the page: developer.mozilla.org/docs/Web/API/EventSource/EventSource",
        { file: 'page.js', lines: "new EventSource('/events')" },
      ],
    },
    items: {
      says: 'lists each message once, the newest at the end',
      why: 'The list is what people see of the stream.',
      fix: 'For each message, append an <li> with event.data to <ul id="list">.',
      try: 'curl -kN --http2 {origin}/events',
      faults: {
        silent: {
          why: 'The page listens to the stream, and nothing that comes is put into the list.',
          fix: 'Listen with source.addEventListener(\'message\', …), and append an <li> to <ul id="list"> there.',
        },
        order: {
          why: 'People read down the list. The newest message belongs at its end.',
          fix: 'Use list.append(item), which adds at the end.',
        },
        ended: {
          why: 'A closed EventSource receives nothing any more, and never opens again.',
          fix: 'Take source.close() out. When the page goes away, the browser does what is right.',
        },
        twice: {
          why: 'One message makes one item. Here something listens twice.',
          fix: 'Use either source.onmessage or addEventListener, and set it once.',
        },
        named: {
          why: 'An event that has a name comes only to those who listen for that name. What listens for message does not hear it.',
          fix: 'Leave the event line out of what you send, and each event is a message.',
        },
        nothing: {
          why: 'The page shows what your server sends, and it sent nothing to the browser.',
          fix: 'Send a message every TICK_MS as in lesson 4: npm run check 4 tells what is missing.',
        },
      },
      hints: [
        'Which event does an EventSource dispatch for each message, and where does the data stand in it?',
        "document.createElement('li') makes the item, list.append(item) adds it: developer.mozilla.org/docs/Web/API/Element/append",
        { file: 'page.js', lines: 'list.append' },
      ],
    },
    text: {
      says: 'shows data as text, never as markup',
      why: 'Data may hold < and >. Taken as markup, a message could run code in the page of everyone who listens.',
      fix: 'Set item.textContent = event.data. Do not use innerHTML.',
      faults: {
        ran: {
          why: 'A message ran code in your page. Whoever can send a message could act as everyone who reads it.',
          fix: 'Set item.textContent = event.data. Do not use innerHTML.',
        },
      },
      hints: [
        'What would your page show for the message <b>hello</b>? It should show the tags too.',
        'textContent takes any string as text: developer.mozilla.org/docs/Web/API/Node/textContent',
        { file: 'page.js', lines: 'textContent' },
      ],
    },
    newest: {
      says: 'keeps the newest message in view',
      why: 'After some messages the list is full. Without scrolling, new ones arrive where no one sees them.',
      fix: 'After each append, set list.scrollTop = list.scrollHeight.',
      hints: [
        'Leave the page open for half a minute. Can you still see the newest time?',
        'list.scrollTop = list.scrollHeight scrolls to the end: developer.mozilla.org/docs/Web/API/Element/scrollTop',
        { file: 'page.js', lines: 'scrollTop' },
      ],
    },
    state: {
      says: 'shows connecting, then open',
      why: 'An empty list can mean "nothing happened" or "not connected". The state tells which.',
      fix: 'Show the state in <output id="state">: connecting at first, and open when the open event comes.',
      hints: [
        'Which event tells that the stream has opened? What does the page show before it?',
        'source.readyState is 0, 1 or 2: connecting, open, closed. The open event tells that it became 1: developer.mozilla.org/docs/Web/API/EventSource/readyState',
        { file: 'page.js', lines: "addEventListener('open'" },
      ],
    },
    follows: {
      says: 'shows connecting while the server is away, and open when it is back',
      why: 'An EventSource connects again by itself. The page has to say that it waits, and that the wait is over.',
      fix: 'Show the state again on each error event and on each open event. What listens is the function: show, not show().',
      faults: {
        back: {
          why: 'The server was back, and the stream was open again. The page still said otherwise.',
          fix: 'Listen for the open event for as long as the page lives: it comes after each reconnection.',
        },
        closed: {
          why: 'An error does not always end an EventSource. While readyState is 0, it tries again by itself.',
          fix: 'In the error event, show what source.readyState says. Do not close the source.',
        },
      },
      hints: [
        'Stop your server while the page is open. What does the page show? And when you start it again?',
        'The error event comes when a connection is lost; readyState is then 0 if the browser will try again: developer.mozilla.org/docs/Web/API/EventSource/error_event',
        { file: 'page.js', lines: "addEventListener('error'" },
      ],
    },
    'one-source': {
      says: 'keeps to one EventSource when the connection breaks',
      why: 'The old EventSource connects again by itself. A second one beside it, at once or seconds later, brings every message twice.',
      fix: 'Do not create an EventSource in the error event, nor in a timer. The browser does that work.',
      hints: [
        'Stop and start your server three times. Does each message still come once?',
        'An EventSource connects again by itself, a few seconds after it was cut off: developer.mozilla.org/docs/Web/API/Server-sent_events/Using_server-sent_events',
        { file: 'page.js', lines: "addEventListener('error'" },
      ],
    },
    closed: {
      says: 'shows closed when the browser has given up',
      why: 'After an answer that is no event stream, the browser never tries again. People need to know that.',
      fix: 'In the error event, show closed when source.readyState is 2 (EventSource.CLOSED).',
      hints: [
        'An error event can mean two things: "I try again" and "I gave up". What tells you which?',
        'source.readyState === EventSource.CLOSED after a status other than 200, or another content type: html.spec.whatwg.org/multipage/server-sent-events.html#fail-the-connection',
        { file: 'page.js', lines: "'closed'" },
      ],
    },
    back: {
      says: 'lists new messages when someone leaves the page and goes Back to it',
      why: 'A browser may keep a page that was left, and show it again without loading it. A closed EventSource stays closed.',
      fix: 'Do not close the EventSource when the page goes away: take source.close() out. The browser does what is right.',
      faults: {
        twice: {
          why: 'The browser kept the page, and its EventSource with it. A second one beside it brings every message twice.',
          fix: 'Do not create an EventSource, or listen to it again, in pageshow: the script did so once, and that is enough.',
        },
        state: {
          why: 'The browser kept the page, and its EventSource is open. The page says otherwise.',
          fix: 'Show what source.readyState says, and nothing else when the page goes away.',
        },
      },
      hints: [
        'Follow a link away from your page, then press Back. Do new messages come?',
        'A page that is kept gets pagehide and pageshow, and its script does not run again: developer.mozilla.org/docs/Glossary/bfcache',
        { file: 'page.js', lines: "new EventSource('/events')" },
      ],
    },
    quiet: {
      says: 'listens without an error in the console',
      why: 'An error in the console is a part of your script that did not do its work.',
      fix: 'Open the page, press F12, and read the first red line of the console.',
      hints: [
        'What does the console of your browser say (F12) while messages come in?',
        'The console names the file and the line of each error: developer.chrome.com/docs/devtools/console/reference',
        { file: 'page.js', lines: "addEventListener('message'" },
      ],
    },
  },
})
