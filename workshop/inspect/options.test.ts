import { expect, test } from 'vitest'
import { readOptions } from './options.ts'
import { shownUrl } from './secrets.ts'
import type { Ask } from './target.ts'

const ask = (...words: string[]) => readOptions(words).from as Ask
const headers = (...words: string[]) => Object.fromEntries(ask(...words).headers)

test('an address alone is a GET, as an EventSource sends it', () => {
  const { url, method, headers, body } = ask('localhost:3000/sse?a=1#top')
  expect({ url: url.href, method, headers, body }).toEqual({
    url: 'http://localhost:3000/sse?a=1',
    method: 'GET',
    headers: [['accept', 'text/event-stream']],
    body: undefined,
  })
})

test.each([
  'localhost/',
  'localhost:80',
  '127.0.0.1:3000/x',
  '[::1]:3000/',
  'example.com/sse',
  'example:3000',
  'https://example.com',
])('%s is an address', (word) => expect(ask(word).url).toBeInstanceOf(URL))

test.each(['stream.bin', './events.txt', 'events', '/tmp/events', 'package.json'])('%s is a file', (word) => {
  expect(readOptions([word]).from).toEqual({ file: word })
})

test('what "Copy as cURL" gives is understood', () => {
  const words = [
    ['curl', 'https://api.example.com/v1/chat'],
    [
      '-X',
      'POST',
      '-H',
      'Accept: */*',
      '-H',
      'Connection: keep-alive',
      '-H',
      'Content-Type: application/json',
    ],
    ['-b', 'a=1; b=2', '--data-raw', '{"stream":true}', '--compressed', '--insecure'],
  ].flat()
  const { url, method, headers, body, insecure } = ask(...words)
  expect(method).toBe('POST')
  expect(url.pathname).toBe('/v1/chat')
  expect(headers).toEqual([
    ['accept', '*/*'],
    ['content-type', 'application/json'],
    ['cookie', 'a=1; b=2'],
  ])
  expect(String(body)).toBe('{"stream":true}')
  expect(insecure).toBe(true)
})

test('other spellings of curl', () => {
  expect(ask('-XPUT', 'localhost/').method).toBe('PUT')
  expect(ask('--request=DELETE', '--url', 'localhost/').method).toBe('DELETE')
  expect(ask('-skNL', '-i', '-v', 'localhost/').insecure).toBe(true)
  expect(ask('localhost/', '-d', 'a=1', '-d', 'b=2')).toMatchObject({ method: 'POST' })
  expect(String(ask('localhost/', '-d', 'a=1', '-d', 'b=2').body)).toBe('a=1&b=2')
  expect(ask('localhost/', '-G', '-d', 'a=1').url.search).toBe('?a=1')
  expect(String(ask('localhost/', '--data-urlencode', 'q=a b&c').body)).toBe('q=a%20b%26c')
  expect(headers('localhost/', '-u', 'me:secret').authorization).toBe('Basic bWU6c2VjcmV0')
  expect(headers('http://me:secret@localhost/').authorization).toBe('Basic bWU6c2VjcmV0')
  expect(headers('localhost/', '-A', 'x', '-e', 'http://y/')).toMatchObject({
    'user-agent': 'x',
    referer: 'http://y/',
  })
  expect(headers('localhost/', '-d', '1')['content-type']).toBe('application/x-www-form-urlencoded')
})

test('naming a time lifts the bound on events; a number of events is waited for a minute', () => {
  expect(readOptions(['localhost/'])).toMatchObject({ ms: 10_000, events: 20 })
  expect(readOptions(['localhost/', '--for', '2m'])).toMatchObject({ ms: 120_000, events: Infinity })
  expect(readOptions(['localhost/', '--events', '3'])).toMatchObject({ ms: 60_000, events: 3 })
  expect(readOptions(['-'])).toMatchObject({ from: 'stdin', ms: Infinity, events: Infinity })
})

test('a server beside the proxy gets the same path', () => {
  expect(readOptions(['https://a/sse?x=1', '--direct', 'http://localhost:3000']).direct?.url.href).toBe(
    'http://localhost:3000/sse?x=1',
  )
  expect(readOptions(['https://a/sse', '--direct', 'localhost:3000/other']).direct?.url.pathname).toBe(
    '/other',
  )
})

test.each([
  [[], 'Which stream? Type an address, a file, or - for what is piped in.'],
  [['localhost/', 'localhost:1/'], 'One stream at a time: localhost/ and localhost:1/ are two.'],
  [['localhost/', '--evnets', '3'], 'inspect does not know --evnets. Did you mean --events?'],
  [['localhost/', '--proxy', 'x'], 'inspect does not know --proxy. All that it knows: --help'],
  [['localhost/', '-Z'], 'inspect does not know -Z. All that it knows: --help'],
  [['localhost/', '-H'], '-H wants a value behind it.'],
  [['localhost/', '--json=yes'], '--json takes no value.'],
  [['localhost/', '--for', 'long'], '"long" is no time. Type it like 30s, 2m or 500ms.'],
  [['localhost/', '--for', '0'], '"0" is no time.'],
  [['localhost/', '--for', '1000000m'], 'is no time.'],
  [['localhost/', '--events', '-1'], '"-1" is no number of events.'],
  [['localhost/', '-H', 'no colon'], '-H wants a name, a colon and a value in one line'],
  [['localhost/', '-H', 'a: b\r\nc: d'], '-H wants a name, a colon and a value in one line'],
  [['localhost/', '-X', 'GET POST'], '-X wants the name of a method'],
  [
    ['localhost/', '--dialect', 'klingon'],
    '--dialect takes one of openai, anthropic, mcp, graphql-sse, ai-sdk.',
  ],
  [['localhost/', '--fail-on', 'never'], '--fail-on takes one of error, warning, note.'],
  [['localhost/', '--origin', 'app'], '"app" is no origin. Type it like https://app.example.com'],
  [['localhost/', '--credentials'], '--credentials goes with --origin'],
  [['localhost/', '--json', '--github'], 'One of --json and --github at a time.'],
  [['-', '--again'], '--again asks a server: it goes with an address.'],
  [['ftp://localhost/'], 'ftp:// is no address of a web server. Type http:// or https://.'],
  [['http://'], 'This is not a complete address.'],
  [['localhost/', '--http2'], 'Without TLS, HTTP/2 takes prior knowledge: type --http2-prior-knowledge.'],
  [['localhost/', '-d', '@/no/such/file'], "/no/such/file, named by -d, can't be read (ENOENT)."],
])('%j is answered in one line', (words, message) => {
  expect(() => readOptions(words)).toThrow(expect.objectContaining({ name: 'UsageError' }))
  expect(() => readOptions(words)).toThrow(message)
  expect(() => readOptions(words)).not.toThrow(/\n/)
})

test('what may be a secret is not in what is said', () => {
  const secret = 'sk-0123456789012345678901234567890123456789'
  expect(() => readOptions(['localhost/', secret])).not.toThrow(secret)
  expect(shownUrl(new URL(`http://u:p@h/x?room=1&access_token=abc&q=${secret}`))).toBe(
    'http://h/x?room=1&access_token=…&q=…',
  )
})
