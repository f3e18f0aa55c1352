/** What is said about what was asked besides, and about dialects. `{value}` and the like are filled in. */
import { wording } from '../../checks/wire/wording.ts'

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
