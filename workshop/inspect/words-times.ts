/** What is said about a connection and its times. `{value}` and the like are filled in. */
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

export const TIME_WORDS = wording({
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
  dripping: {
    severity: 'note',
    says: 'A line came in {count} pieces, over {value}. That is right, and slow: the page gets a message when its blank line is there, and not before.',
    fix: 'Put the text of a message together first, and send it with one write(). A message that is still coming wants to be waited for: --for 60s',
    standard: 'parsing',
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
