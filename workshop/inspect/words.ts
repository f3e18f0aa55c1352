/** What is said about everything but the head and the bytes. `{value}` and the like are filled in. */
import { wording } from '../../checks/wire/wording.ts'

export const CONNECTION_WORDS = wording({
  'untrusted-certificate': {
    severity: 'note',
    says: 'The certificate is not to be trusted: {value}. A browser asks before it opens the page; where a page of another host listens, it fails without a question.',
    fix: 'Trust it on this machine, or get one from an authority. For other clients: -k, or --cacert.',
  },
  redirected: {
    severity: 'note',
    says: 'The answer came from another address, {value}. An EventSource follows a redirect, and again at each reconnection.',
    fix: 'Give clients the last address, if it is to stay.',
    standard: 'connecting',
  },
  'redirect-unreachable': {
    severity: 'error',
    says: 'A redirect led to where nobody answers. {value}',
    fix: 'Look at the location that the first server names.',
    standard: 'connecting',
  },
  'refused-head': {
    severity: 'error',
    says: 'The server did answer, and our own client refused the head: {value}. curl and other clients refuse it too; a browser may not.',
    fix: 'Leave connection, keep-alive, transfer-encoding and upgrade out of an HTTP/2 answer, write names in small letters, and no line end into a value.',
    standard: 'connectionFields',
  },
  'refused-body': {
    severity: 'error',
    says: 'Our own client broke off, {after}: what came does not fit the head ({value}). curl breaks off there too; a browser may read on.',
    fix: 'Send no content-length with a stream. A proxy that passes on another answer has to leave out its content-length and transfer-encoding.',
    standard: 'messages',
  },
  reset: {
    severity: 'error',
    says: 'The server broke the stream off {after}, with {value}. A browser comes back after its reconnection time.',
    fix: 'Look for an error in what the server logged then: a handler that throws does this. End a stream that is done with end().',
    standard: 'errorCodes',
  },
  broken: {
    severity: 'error',
    says: 'The connection was cut {after}, in the middle of the answer. A browser comes back after its reconnection time.',
    fix: 'Look for a crash or a restart of the server. A stream that is done ends with end().',
    standard: 'messages',
  },
  'cut-in-silence': {
    severity: 'error',
    says: 'Nothing had come for {value} when the connection was cut. That is how a time-out looks, most often one of a proxy.',
    fix: 'Send a comment (a colon and a blank line) every 15 seconds, or let the proxy wait longer: proxy_read_timeout in nginx.',
    standard: 'authoring',
  },
  'no-answer': {
    severity: 'error',
    says: 'The connection was closed before any answer came.',
    fix: 'Look for a crash in what the server logged. A server that speaks another HTTP does this too: try --http1.1, or --http2-prior-knowledge.',
  },
  'no-head': {
    severity: 'error',
    says: 'No head came in {value}, though the connection stands. A browser stays in "connecting", and no open event comes.',
    fix: 'Send the head when the request comes in: flushHeaders(), or respond(). If the server does, something in between holds it back: a compressor, or a proxy that collects (proxy_buffering in nginx). A comment sent at once often frees it. --direct shows which.',
    standard: 'connecting',
  },
})

const TIME_WORDS = wording({
  'no-bytes': {
    severity: 'note',
    says: 'The head came, and then no byte for {value}. The stream may just be quiet, or something holds its bytes back.',
    fix: 'Listen longer (--for 70s), and make the server send something meanwhile. A comment at the start shows that the way is free.',
    standard: 'authoring',
  },
  'comments-only': {
    severity: 'note',
    says: 'Only comments came, and no event.',
    fix: 'Listen longer: --for 60s',
    standard: 'interpreting',
  },
  'head-held': {
    severity: 'note',
    says: 'The head came after {value}, at the same moment as the first byte. Until then a browser stays in "connecting".',
    fix: 'Send the head when the request comes in: flushHeaders(), or respond(). A comment sent at once does it too.',
    standard: 'authoring',
  },
  'head-held-by-nginx': {
    severity: 'note',
    says: 'The head came after {value}, with the first byte. To HTTP/2 clients nginx keeps the head back until then, whatever x-accel-buffering and proxy_buffering say.',
    fix: 'Send a comment (a colon and a blank line) as soon as the request comes in: it frees the head.',
  },
  collected: {
    severity: 'warning',
    says: '{count} messages came at once after {value} of silence, {how}. Something collects them on the way.',
    fix: 'In nginx: proxy_buffering off, or x-accel-buffering: no in the answer. Compressors: leave text/event-stream out. In the server: flush after each message. --direct shows which it is.',
    standard: 'authoring',
  },
  'all-at-once': {
    severity: 'warning',
    says: 'All {count} messages came at once, {value} after the request, and then the stream ended. Whoever waits for them sees nothing until the end.',
    fix: 'If the server writes them one by one, something collects them: a proxy, a compressor, or a framework that buffers. --direct shows which.',
    standard: 'authoring',
  },
  batch: {
    severity: 'note',
    says: '{count} messages came at once after {value} of silence. The server may send them so, or something collects them.',
    fix: 'Ask the server beside the proxy as well, which tells: --direct',
    standard: 'authoring',
  },
  silence: {
    severity: 'note',
    says: 'Nothing came for {value}. Some proxies cut a connection after {limit} without a byte.',
    fix: 'Send a comment (a colon and a blank line) every 15 seconds.',
    standard: 'authoring',
  },
  'long-silence': {
    severity: 'warning',
    says: 'Nothing came for {value}. Most proxies cut a connection after 60 s without a byte: nginx, and the load balancers of clouds.',
    fix: 'Send a comment (a colon and a blank line) every 15 seconds.',
    standard: 'authoring',
  },
  ended: {
    severity: 'note',
    says: 'The server ended the stream {after}. An EventSource takes that for an accident: it asks again after {retry}, and again.',
    fix: 'For a stream that is done: tell the page with an event of its own, so that it calls close(), or answer 204 when it comes back.',
    standard: 'connecting',
  },
  'named-events': {
    severity: 'note',
    says: 'Every event has a name: {value}. onmessage hears none of them.',
    fix: "Listen by name: addEventListener('{name}', …). Or leave the event field out.",
    standard: 'interpreting',
  },
  'not-unpacked': {
    severity: 'error',
    says: 'The head says content-encoding: {encoding}, and the body is something else: {value}. A browser fails here.',
    fix: 'Compress, or leave content-encoding out. A proxy that unpacks an answer has to remove the field.',
    standard: 'codings',
  },
  limit: {
    severity: 'note',
    says: 'Only the first {value} were looked at.',
    fix: 'What comes after them is most likely of the same kind.',
  },
})

export const AGAIN_WORDS = wording({
  repeats: {
    severity: 'warning',
    says: 'Asked again with last-event-id: {value}, the server sent event {name} once more. After each reconnection, these events come twice.',
    fix: 'Read the header last-event-id, and begin behind that event. Until then, clients have to skip ids that they know.',
    standard: 'lastEventId',
  },
  'starts-over': {
    severity: 'warning',
    says: 'Asked again with last-event-id: {value}, the server began to count anew, at {name}. Clients can not tell new events from old ones.',
    fix: 'Make ids that last: one count for all clients, that goes on after a restart. Then begin behind the id that last-event-id names.',
    standard: 'lastEventId',
  },
  gap: {
    severity: 'warning',
    says: 'Asked again with last-event-id: {value}, the server went on with {name}. What was sent between the two is lost.',
    fix: 'Keep the last events, and send those behind last-event-id first.',
    standard: 'lastEventId',
  },
  'again-stopped': {
    severity: 'note',
    says: 'Asked again, the server answered 204: an EventSource stops there, for good.',
    fix: 'That is right for a stream that is done. For any other, answer 200.',
    standard: 'connecting',
  },
  'again-failed': {
    severity: 'error',
    says: 'Asked again with last-event-id, there was no event stream: {value}. An EventSource gives up for good on any status but 200.',
    fix: 'Answer a client that comes back as the first time. A server that is too busy for it should close the connection: only then does the browser try again.',
    standard: 'connecting',
  },
  'again-silent': {
    severity: 'note',
    says: 'Asked again with last-event-id: {value}, nothing came within {time}, so nobody can tell whether it would go on.',
    fix: 'Listen longer, with --for, while the server has something to send.',
    standard: 'lastEventId',
  },
})

export const ORIGIN_WORDS = wording({
  'no-allow-origin': {
    severity: 'error',
    says: 'A page of {value} would not be let in: no access-control-allow-origin. EventSource and fetch() fail there, while curl sees nothing of it.',
    fix: 'Send access-control-allow-origin: {value}',
    standard: 'cors',
  },
  'other-allow-origin': {
    severity: 'error',
    says: 'A page of {value} would not be let in: access-control-allow-origin is {name}. The two must be the same to the letter.',
    fix: 'Send access-control-allow-origin: {value}. For several origins, compare the header origin with a list, send that one, and vary: origin.',
    standard: 'cors',
  },
  'allow-origin-twice': {
    severity: 'error',
    says: 'access-control-allow-origin came {value} times. A browser takes that for one wrong value, and lets no page in.',
    fix: 'Set it in one place only: the server, or the proxy.',
    standard: 'cors',
  },
  'star-with-credentials': {
    severity: 'error',
    says: 'With credentials, access-control-allow-origin: * lets no page in.',
    fix: 'Send access-control-allow-origin: {value}, and vary: origin.',
    standard: 'cors',
  },
  'no-allow-credentials': {
    severity: 'error',
    says: 'With credentials, a page of {value} would not be let in: access-control-allow-credentials: true is missing.',
    fix: 'Send access-control-allow-credentials: true',
    standard: 'cors',
  },
  'preflight-refused': {
    severity: 'error',
    says: 'Before such a request a browser asks with OPTIONS, and the answer does not allow it: {value}.',
    fix: 'Answer OPTIONS with 204, access-control-allow-origin, and what is asked for in access-control-allow-methods and access-control-allow-headers.',
    standard: 'cors',
  },
})

export const DIRECT_WORDS = wording({
  'proxy-holds-head': {
    severity: 'error',
    says: 'The proxy holds the head back: the server sends it after {direct}, and through the proxy {value}.',
    fix: 'In nginx: proxy_buffering off, or x-accel-buffering: no in the answer. To an HTTP/2 client nginx keeps the head until the first byte: send a comment at once.',
  },
  'proxy-collects': {
    severity: 'error',
    says: 'The proxy collects: the server sends {direct} at a time, and through the proxy {value} come at once.',
    fix: 'In nginx: proxy_buffering off, or x-accel-buffering: no in the answer; and no gzip for text/event-stream.',
  },
  'proxy-breaks': {
    severity: 'error',
    says: 'The proxy spoils it: the server itself sends an event stream, and through the proxy there is {value}.',
    fix: 'Look at the route, the time-outs and the error page of the proxy.',
  },
  'server-holds': {
    severity: 'note',
    says: 'It is not the proxy: asked directly, the server does the same.',
    fix: 'Look at the server: flush the head and each message, and leave text/event-stream uncompressed.',
  },
})

export const DIALECT_WORDS = wording({
  'not-json': {
    severity: 'error',
    says: 'In a stream of {dialect} the data of each event is JSON. This one is none: {value}.',
    fix: 'Write JSON.stringify(value), or json.dumps(value).',
  },
  'no-good-end': {
    severity: 'error',
    says: 'The stream ended without {value}, which is how a stream of {dialect} ends well. Its clients wait for it, or take the answer for cut off.',
    fix: 'Send {value} at the end. If the answer is short as well, it was cut off on its way: look at time-outs, and at the limit of tokens.',
  },
  'behind-the-end': {
    severity: 'warning',
    says: 'Something comes behind {value}. Clients of {dialect} have stopped reading by then.',
    fix: 'Send {value} last, and end the stream.',
  },
  'error-event': {
    severity: 'warning',
    says: 'The server tells an error in the stream: {value}.',
    fix: 'The status was 200 by then, so clients have to look for it in each event.',
  },
  'other-name': {
    severity: 'warning',
    says: 'The event is called {value}, and its data say {name}. Clients of {dialect} go by either.',
    fix: 'Give both the same name.',
  },
  'unknown-event': {
    severity: 'warning',
    says: '{dialect} knows no event called {value}. Clients ignore it.',
    fix: 'Its events are {name}.',
  },
  'no-envelope': {
    severity: 'error',
    says: 'Not what {dialect} puts around each message: {value} is missing.',
    fix: '{name}',
  },
  'not-finished': {
    severity: 'note',
    says: 'What was listened to stopped before {value}. Whether the stream ends well can not be told.',
    fix: 'Listen to its end: --for 120s',
  },
})

/** All of them, by their codes. */
export const INSPECT_WORDS = {
  ...CONNECTION_WORDS,
  ...TIME_WORDS,
  ...AGAIN_WORDS,
  ...ORIGIN_WORDS,
  ...DIRECT_WORDS,
  ...DIALECT_WORDS,
}

export type InspectCode = keyof typeof INSPECT_WORDS
