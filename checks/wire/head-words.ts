/** What is said about the head of an answer. `{name}`, `{value}` and `{meant}` are filled in. */

import { wording } from './wording.ts'

export const HEAD_WORDS = wording({
  'status-stop': {
    severity: 'error',
    says: 'Status 204 tells an EventSource to stop listening, and never to come back.',
    fix: 'Answer 200 to a client that is to listen. 204 is right only for one that is to stay away.',
    standard: 'connecting',
  },
  'status-denied': {
    severity: 'error',
    says: 'The server wants to know who asks: status {value}. An EventSource gives up for good.',
    fix: 'Send what it wants along: -H, -b or -u. An EventSource sends no header of yours: give it a cookie, or a short-lived token in the query.',
    standard: 'connecting',
  },
  'status-not-found': {
    severity: 'error',
    says: 'There is nothing at this address: status {value}. An EventSource gives up for good.',
    fix: 'Look at the path, the prefix of a router, and the slash at the end. It may also answer another method only: -X POST.',
    standard: 'connecting',
  },
  'status-method': {
    severity: 'error',
    says: 'The server takes another method here: status 405. An EventSource knows GET alone.',
    fix: 'For a stream that is asked for with POST, use -X POST here, and fetch() in the browser.',
    standard: 'connecting',
  },
  'status-accept': {
    severity: 'error',
    says: 'The server has no answer of a kind that was asked for: status 406.',
    fix: "Name the kinds that it wants. MCP wants both: -H 'accept: application/json, text/event-stream'",
    standard: 'connecting',
  },
  'status-moved': {
    severity: 'error',
    says: 'Status {value} leads to no other address: there is no location, one that is none, or there are too many in a row.',
    fix: 'Answer 200 here, or name an address in location that does.',
    standard: 'connecting',
  },
  'status-gateway': {
    severity: 'error',
    says: 'A proxy answers in place of the server: status {value}. It did not reach the server, or waited too long. An EventSource gives up for good.',
    fix: 'Ask the server itself with --direct. If it answers there, look at the address and the time-outs of the proxy.',
    standard: 'connecting',
  },
  'status-other': {
    severity: 'error',
    says: 'The status is {value}. On anything but 200, an EventSource gives up for good.',
    fix: 'Answer 200 and the stream. The body, and what the server logged, may say what it lacked.',
    standard: 'connecting',
  },
  'no-content-type': {
    severity: 'error',
    says: 'No content-type says that this is an event stream. An EventSource gives up for good.',
    fix: 'Send content-type: text/event-stream',
    standard: 'connecting',
  },
  'other-content-type': {
    severity: 'error',
    says: 'The content type is {value}. On anything but text/event-stream, an EventSource gives up for good.',
    fix: 'Send content-type: text/event-stream. If this is a page, it may be a login, or what a router answers to every path.',
    standard: 'connecting',
  },
  'other-charset': {
    severity: 'error',
    says: 'The charset is {value}. An event stream is always UTF-8, and Chromium refuses one that says anything else.',
    fix: 'Leave the charset out, or write charset=utf-8.',
    standard: 'parsing',
  },
  'empty-length': {
    severity: 'error',
    says: 'content-length: 0 says that nothing comes. curl and many clients stop here; Chromium may read on.',
    fix: 'Send no content-length. Some frameworks set it to 0 where a handler returns before anything was written.',
    standard: 'length',
  },
  'content-length': {
    severity: 'warning',
    says: 'content-length says that the stream ends after {value} bytes. Clients stop there, or take it for broken off.',
    fix: 'Send no content-length: a stream has none. Whoever passes on the answer of another server has to leave that field out.',
    standard: 'length',
  },
  'content-encoding': {
    severity: 'warning',
    says: 'The stream is compressed ({value}). A compressor collects bytes, so events may come late, and many at a time.',
    fix: 'Leave text/event-stream out of what is compressed; cache-control: no-cache, no-transform asks for that. If it must be, flush after each message.',
    standard: 'codings',
  },
  'unknown-encoding': {
    severity: 'warning',
    says: 'No client knows the encoding {value}. Some refuse the answer, others read it as it is.',
    fix: 'Send no content-encoding.',
    standard: 'codings',
  },
  'encoding-none': {
    severity: 'note',
    says: '{value} is no encoding. Clients ignore it; it is often there to keep a compressor away.',
    fix: 'Send no content-encoding. What keeps compressors away is cache-control: no-cache, no-transform',
    standard: 'codings',
  },
  'connection-field': {
    severity: 'error',
    says: 'HTTP/2 forbids the field {name}. curl, Node and other clients refuse the whole answer; Chromium lets some pass.',
    fix: 'Leave {name} out. It comes from guides for HTTP/1.1, where the library sets it by itself.',
    standard: 'connectionFields',
  },
  'capital-name': {
    severity: 'error',
    says: 'HTTP/2 knows names in small letters alone. Clients refuse an answer with {name}.',
    fix: 'Write {meant}.',
    standard: 'fieldNames',
  },
  cacheable: {
    severity: 'warning',
    says: 'A cache may keep this answer for {value}, and give it to the next who asks: old events, at once.',
    fix: 'Send cache-control: no-cache, or no-store.',
    standard: 'caching',
  },
  'shared-cache': {
    severity: 'note',
    says: 'A cache between server and clients may keep this answer for {value}, and share it.',
    fix: 'If that is not what you want, send cache-control: no-cache, or no-store.',
    standard: 'caching',
  },
  'no-cache-control': {
    severity: 'note',
    says: 'No cache-control: whether something between here and the server keeps the answer is left to it.',
    fix: 'Send cache-control: no-cache',
    standard: 'caching',
  },
  'buffering-on': {
    severity: 'warning',
    says: 'x-accel-buffering: yes tells nginx to collect bytes before it passes them on.',
    fix: 'Send x-accel-buffering: no',
  },
  'identity-transfer': {
    severity: 'note',
    says: 'transfer-encoding: identity is no longer a part of HTTP. Some proxies refuse it.',
    fix: 'Leave transfer-encoding to the library.',
    standard: 'messages',
  },
  'two-lengths': {
    severity: 'error',
    says: 'content-length and transfer-encoding contradict each other. Proxies and clients refuse such an answer, as it is used in attacks.',
    fix: 'Send no content-length: a stream has none.',
    standard: 'messages',
  },
  'http-1': {
    severity: 'note',
    says: 'This is HTTP/{value}. A browser opens six connections to a host at most, and each stream takes one: the seventh tab waits.',
    fix: 'Speak HTTP/2, or let a proxy in front of the server do so.',
  },
})

export type HeadCode = keyof typeof HEAD_WORDS
