/**
 * An example of each finding, for the page of the site. Those of bytes and of heads are linted, and have to show it; the others
 * take a server, and are told in words.
 */
import type { HeadCode } from '../../checks/wire/head-words.ts'
import type { FindingCode } from '../../checks/wire/words.ts'
import type { InspectCode } from './words.ts'

/** Codes that a stream alone can not show. */
type Shown = Exclude<FindingCode, 'smuggled-line-end'>

/** Streams. */
export const BYTE_EXAMPLES: Record<Shown, string | number[]> = {
  'unfinished-block': 'data: first\n\ndata: last\n',
  'single-newline': 'data: {"n":1}\ndata: {"n":2}\n',
  'literal-backslash-n': 'event: tick\\n\\n',
  'letter-case': 'Data: hello\n\n',
  'space-before-colon': 'data : hello\n\n',
  'missing-colon': 'id 5\ndata hello\n\n',
  'leading-space': '  data: hello\n\n',
  'spaces-for-blank': 'data: hello\n  \n',
  'misspelt-field': 'date: hello\n\n',
  'event-as-field': 'error: too long\n\n',
  'unknown-field': 'data: hello\nroom: 7\n\n',
  'no-field-name': 'data: hello\nworld\n\n',
  'bom-mid-stream': 'data: 1\n\n\uFEFFdata: 2\n\n',
  'invalid-utf8': [0x64, 0x61, 0x74, 0x61, 0x3a, 0x20, 0xe9, 0x0a, 0x0a],
  'replacement-character': 'data: Gr\uFFFD\uFFFDe\n\n',
  'retry-not-digits': 'retry: 2s\n\n',
  'short-retry': 'retry: 3\n\n',
  'id-with-nul': 'id: a\0b\ndata: hello\n\n',
  'framed-twice': 'data: data: hello\n\n',
  'run-together': 'data: {"n":1}data: {"n":2}\n\n',
  'comment-in-data': 'data: : ping\n\n',
  'python-repr': "data: {'ok': True}\n\n",
  'empty-field-block': 'event: tick\n\n',
  'http-chunk-framing': 'd\r\ndata: hello\n\n\r\n',
  'html-instead': '<!doctype html>\n<title>Log in</title>\n',
  'html-mid-stream': 'data: 1\n\n<html>\n<title>504 Gateway Time-out</title>\n</html>\n',
  'json-instead': '{\n  "error": "invalid key"\n}\n',
  'ndjson-instead': '{"n":1}\n{"n":2}\n',
  'compressed-body': [0x1f, 0x8b, 0x08, 0x00],
  'lone-cr': 'data: a\rdata: b\n\n',
  'crlf-line-ends': 'data: hello\r\n\r\n',
  'cr-line-ends': 'data: hello\r\r',
  'leading-bom': '\uFEFFdata: hello\n\n',
  'no-space': 'data:hello\n\n',
  'empty-data': 'data: {"n":1}\n\ndata:\n\n',
  'missing-done': 'data: {"object": "chat.completion.chunk", "choices": [{"finish_reason": "stop"}]}\n\n',
}

const TYPE = 'content-type: text/event-stream'
const RIGHT = `${TYPE}\ncache-control: no-cache`

/** Heads, as `curl -i` writes them. */
export const HEAD_EXAMPLES: Record<HeadCode, string> = {
  'status-stop': 'HTTP/2 204',
  'status-denied': 'HTTP/2 401',
  'status-not-found': 'HTTP/2 404',
  'status-method': 'HTTP/2 405\nallow: POST',
  'status-accept': 'HTTP/2 406',
  'status-moved': 'HTTP/2 302',
  'status-gateway': 'HTTP/2 504',
  'status-other': 'HTTP/2 500',
  'no-content-type': 'HTTP/2 200\ncache-control: no-cache',
  'other-content-type': 'HTTP/2 200\ncontent-type: text/html; charset=utf-8',
  'other-charset': `HTTP/2 200\n${TYPE}; charset=iso-8859-1`,
  'empty-length': `HTTP/2 200\n${RIGHT}\ncontent-length: 0`,
  'content-length': `HTTP/2 200\n${RIGHT}\ncontent-length: 120`,
  'content-encoding': `HTTP/2 200\n${RIGHT}\ncontent-encoding: gzip`,
  'unknown-encoding': `HTTP/2 200\n${RIGHT}\ncontent-encoding: snappy`,
  'encoding-none': `HTTP/2 200\n${RIGHT}\ncontent-encoding: none`,
  'connection-field': `HTTP/2 200\n${RIGHT}\nconnection: keep-alive`,
  'capital-name': `HTTP/2 200\n${RIGHT}\nX-Powered-By: me`,
  cacheable: `HTTP/2 200\n${TYPE}\ncache-control: max-age=3600`,
  'shared-cache': `HTTP/2 200\n${TYPE}\ncache-control: s-maxage=29`,
  'no-cache-control': `HTTP/2 200\n${TYPE}`,
  'buffering-on': `HTTP/2 200\n${RIGHT}\nx-accel-buffering: yes`,
  'identity-transfer': `HTTP/1.1 200 OK\n${RIGHT}\ntransfer-encoding: identity`,
  'two-lengths': `HTTP/1.1 200 OK\n${RIGHT}\ncontent-length: 9\ntransfer-encoding: chunked`,
  'http-1': `HTTP/1.1 200 OK\n${RIGHT}`,
}

/** What happens, in words, and what stands for the values in what is said. */
export const OTHER_EXAMPLES: Record<InspectCode, [happens: string, values: Record<string, string>]> = {
  'untrusted-certificate': [
    'https://localhost:8080 with a certificate of your own',
    { value: 'it is self-signed' },
  ],
  redirected: ['status 307, and a location', { value: 'https://eu.example.com/events' }],
  'redirect-unreachable': [
    'a location where nothing listens',
    { value: "localhost:1 can't be reached: nothing listens there." },
  ],
  'refused-head': [
    'connection: keep-alive over HTTP/2',
    { value: 'fields that HTTP/2 forbids, or a wrong length' },
  ],
  'refused-body': [
    'content-length: 12, and 18 bytes',
    { value: 'fields that HTTP/2 forbids, or a wrong length', after: 'after 1.0 s' },
  ],
  reset: ['a handler throws in mid-stream', { value: 'code 2 (INTERNAL_ERROR)', after: 'after 4.0 s' }],
  broken: ['the server is killed', { after: 'after 4.0 s' }],
  'cut-in-silence': ['proxy_read_timeout 60s, and no heartbeat', { value: '60 s' }],
  'no-answer': ['the server closes the connection at once', {}],
  'no-head': ['a handler that waits for its first event', { value: '10 s' }],
  'no-bytes': ['a head, and nothing behind it', { value: '10 s' }],
  'comments-only': [': ping, every second', {}],
  'head-held': ['the head goes out with the first event', { value: '1.2 s' }],
  'head-held-by-nginx': ['nginx before the server, and HTTP/2', { value: '1.2 s' }],
  collected: [
    'nginx with proxy_buffering on',
    { count: '62', value: '15 s', how: 'and the last of them was cut off after 4096 bytes' },
  ],
  'all-at-once': ['an answer of a model, through a proxy', { count: '87', value: '6.2 s' }],
  batch: ['six messages every ten seconds', { count: '6', value: '9.8 s' }],
  dripping: ['one byte, again and again', { count: '12', value: '11 s' }],
  silence: ['an event every 20 s, and no heartbeat', { value: '20 s', limit: '15 s' }],
  'long-silence': ['an event every 90 s, and no heartbeat', { value: '90 s' }],
  ended: ['end() behind the last event', { after: 'after 2.0 s', retry: '3 s or so' }],
  'named-events': ['event: tick, in each', { value: 'tick', name: 'tick' }],
  'not-unpacked': [
    'a proxy unpacks, and leaves the field',
    { value: 'the bytes do not begin as gzip does', encoding: 'gzip' },
  ],
  limit: ['a stream of gigabytes', { value: '8.4 MB' }],
  repeats: ['a server that ignores last-event-id', { value: '7', name: '1' }],
  'starts-over': ['ids that are counted for each client', { value: '7', name: '1' }],
  gap: ['a server that keeps no events', { value: '7', name: '12' }],
  'again-stopped': ['204 to a client that comes back', {}],
  'again-failed': ['503 to a client that comes back', { value: 'status 503' }],
  'again-silent': ['nothing happens meanwhile', { value: '7', time: '10 s' }],
  'no-allow-origin': ['--origin https://app.example.com', { value: 'https://app.example.com' }],
  'other-allow-origin': [
    'another origin is allowed',
    { value: 'https://app.example.com', name: 'https://example.com' },
  ],
  'allow-origin-twice': ['server and proxy both set it', { value: '2' }],
  'star-with-credentials': ['--credentials, and a star', { value: 'https://app.example.com' }],
  'no-allow-credentials': ['--credentials', { value: 'https://app.example.com' }],
  'preflight-refused': ['a POST with authorization', { value: 'its status is 404' }],
  'proxy-holds-head': ['--direct http://localhost:3000', { direct: '12 ms', value: 'not within 10 s' }],
  'proxy-collects': ['--direct http://localhost:3000', { direct: '1 message', value: '62' }],
  'proxy-breaks': ['--direct http://localhost:3000', { value: 'status 504, or another type' }],
  'server-holds': ['--direct http://localhost:3000', {}],
  'not-json': ['data: OK', { dialect: 'chat completions', value: 'OK' }],
  'no-good-end': ['the last token is missing', { dialect: 'chat completions', value: 'data: [DONE]' }],
  'behind-the-end': ['an event behind data: [DONE]', { dialect: 'chat completions', value: 'data: [DONE]' }],
  'error-event': ['data: {"error":{"message":"overloaded"}}', { value: 'overloaded' }],
  'other-name': [
    'event: ping with "type": "message_start"',
    { dialect: 'messages', value: 'ping', name: 'message_start' },
  ],
  'unknown-event': [
    'event: update, in GraphQL over SSE',
    { dialect: 'GraphQL over SSE', value: 'update', name: 'next and complete' },
  ],
  'no-envelope': [
    'data: {"id":1,"result":{}}, in MCP',
    {
      dialect: 'MCP',
      value: '"jsonrpc": "2.0"',
      name: 'Send JSON-RPC 2.0: {"jsonrpc":"2.0","id":1,"result":{…}}',
    },
  ],
  'not-finished': ['--events 5, of an answer of 200', { value: 'data: [DONE]' }],
}
