/**
 * The service worker behind a server that is a page. What is asked below `served/`, and what pages from there ask for, goes
 * to the page that is named there, and that page's answer back, piece by piece. The page's side: src/in-page/server.ts.
 */
addEventListener('install', () => skipWaiting())

/** A page that is to serve says so, and is told by which name it can be asked. */
addEventListener('message', (event) => {
  event.waitUntil(clients.claim().then(() => event.ports[0]?.postMessage(event.source.id)))
})

addEventListener('fetch', (event) => {
  const { url, referrer } = event.request
  const { origin, pathname } = new URL(url)
  if (origin !== location.origin) return
  // A page that is served here names its files as if its server were all that is at this address.
  const [, id, room, path] = SERVED.exec(pathname) ?? SERVED.exec(referrer) ?? []
  if (id)
    event.respondWith(answer(event.request, id, { room, path: SERVED.test(pathname) ? path : pathname }))
})

const SERVED = /\/playground\/served\/([^/]+)\/([^/]+)(\/.*)$/

async function answer(request, id, place) {
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
  request.signal.addEventListener('abort', () => port.postMessage('cancelled'))
  page.postMessage({ ...place, method: request.method, headers: [...request.headers] }, [port2])
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
