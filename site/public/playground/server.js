/**
 * The service worker behind a server that is a page: what is asked below `served/` goes to the page that is named there, and
 * that page's answer back, piece by piece. It knows nothing else. The page's side: src/in-page/server.ts.
 */
addEventListener('install', () => skipWaiting())

/** A page that is to serve says so, and is told by which name it can be asked. */
addEventListener('message', (event) => {
  event.waitUntil(clients.claim().then(() => event.ports[0]?.postMessage(event.source.id)))
})

addEventListener('fetch', (event) => {
  const [, id, path] = /\/served\/([^/]+)(\/.*)$/.exec(new URL(event.request.url).pathname) ?? []
  if (id) event.respondWith(answer(event.request, id, path))
})

async function answer(request, id, path) {
  const page = await clients.get(id)
  if (!page) return new Response('The page that served this is closed.\n', { status: 404 })
  const { port1: port, port2 } = new MessageChannel()
  const { promise, resolve } = Promise.withResolvers()
  let body
  const stream = new ReadableStream({
    start: (controller) => {
      body = controller
    },
    cancel: () => {
      port.onmessage = null
      port.postMessage('cancelled')
    },
  })
  port.onmessage = ({ data: { head, bytes, end } }) => {
    if (head) resolve(responseOf(head, stream))
    if (bytes) body.enqueue(bytes)
    if (end) body.close()
  }
  page.postMessage({ method: request.method, path, headers: [...request.headers] }, [port2])
  return promise
}

/** Some statuses have no body, and some can't be made: those are an error of the network. */
function responseOf(head, stream) {
  try {
    return new Response([204, 205, 304].includes(head.status) ? null : stream, head)
  } catch {
    return Response.error()
  }
}
