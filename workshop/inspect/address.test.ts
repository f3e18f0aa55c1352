/** Any address: each kind of connection, what is sent, and what is told of it. Real servers, on localhost. */
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { h2c, http, http2, https, tcp } from '../testing/web.ts'
import { readOptions } from './options.ts'
import { reportFor } from './run.ts'
import { codes, faults, HEAD, report } from './testing.ts'

test('http, HTTP/1.1: a right stream has no fault', async () => {
  await using web = await http((_, answer) => {
    answer.writeHead(200, HEAD)
    answer.write('data: 1\n\ndata: 2\n\n')
  })
  const told = await report(`${web.origin}/sse`, '--events', '2')
  expect(told).toMatchObject({
    target: `GET ${web.origin}/sse`,
    passed: true,
    head: { status: 200, version: '1.1' },
    body: { events: 2, bytes: 18 },
    end: { how: 'left', why: 'events' },
  })
  expect(codes(told)).toEqual(['http-1'])
})

test('https, HTTP/1.1 and HTTP/2 by agreement, and a self-signed certificate on loopback', async () => {
  await using one = await https((_, answer) => {
    answer.writeHead(200, HEAD)
    answer.write('data: 1\n\n')
  })
  await using two = await http2((stream) => {
    stream.respond({ ':status': 200, ...HEAD })
    stream.write('data: 1\n\n')
  })
  const first = await report(one.origin, '--events', '1')
  expect(first.head?.version).toBe('1.1')
  expect(codes(first)).toEqual(['untrusted-certificate', 'http-1'])
  const second = await report(two.origin, '--events', '1')
  expect(second.head?.version).toBe('2')
  expect(codes(second)).toEqual(['untrusted-certificate'])
  expect(faults(await report(two.origin, '--cacert', 'certs/cert.pem', '--events', '1'))).toEqual([])
})

test('HTTP/2 without TLS, with prior knowledge', async () => {
  await using web = await h2c((stream) => {
    stream.respond({ ':status': 200, ...HEAD })
    stream.write('data: 1\n\n')
  })
  const told = await report(web.origin, '--http2-prior-knowledge', '--events', '1')
  expect(told).toMatchObject({ passed: true, head: { version: '2' }, body: { events: 1 } })
  expect(codes(told)).toEqual([])
})

test.each(['http', 'http2'] as const)('method, headers, cookie and body are sent: %s', async (kind) => {
  let seen: Record<string, unknown> = {}
  const answer = (headers: object, method: unknown, path: unknown, body: string) => {
    seen = { ...headers, method, path, body }
  }
  await using web =
    kind === 'http'
      ? await http(async (request, response) => {
          let body = ''
          for await (const piece of request) body += piece
          answer(request.headers, request.method, request.url, body)
          response.writeHead(200, HEAD).end('data: 1\n\n')
        })
      : await http2(async (stream, headers) => {
          let body = ''
          for await (const piece of stream) body += piece
          answer(headers, headers[':method'], headers[':path'], body)
          stream.respond({ ':status': 200, ...HEAD })
          stream.end('data: 1\n\n')
        })
  const told = await report(
    'curl',
    `${web.origin}/v1/chat?user=7&api_key=s3cret`,
    '-H',
    'Authorization: Bearer s3cret',
    '-H',
    'content-type: application/json',
    '-b',
    'session=s3cret',
    '--data-raw',
    '{"stream":true,"text":"wörld"}',
    '--compressed',
    '-sN',
  )
  expect(seen).toMatchObject({
    method: 'POST',
    path: '/v1/chat?user=7&api_key=s3cret',
    authorization: 'Bearer s3cret',
    'content-type': 'application/json',
    cookie: 'session=s3cret',
    accept: 'text/event-stream',
    body: '{"stream":true,"text":"wörld"}',
  })
  expect(JSON.stringify(told)).not.toContain('s3cret')
  expect(told.target).toBe(`POST ${web.origin}/v1/chat?user=7&api_key=…`)
})

test('redirects are followed, and what is for the first server alone stays behind', async () => {
  let asked: unknown
  await using there = await http((request, answer) => {
    asked = { url: request.url, authorization: request.headers.authorization }
    answer.writeHead(200, HEAD).end('data: 1\n\n')
  })
  await using here = await http((_, answer) => {
    answer.writeHead(307, { location: `${there.origin}/events?token=s3cret` }).end()
  })
  const told = await report(`${here.origin}/old`, '-H', 'authorization: Bearer s3cret')
  expect(asked).toEqual({ url: '/events?token=s3cret', authorization: undefined })
  expect(codes(told)).toContain('redirected')
  expect(JSON.stringify(told)).not.toContain('s3cret')
})

test('a circle of redirects has an end', async () => {
  await using web = await http((_, answer) => {
    answer.writeHead(302, { location: '/' }).end()
  })
  expect(faults(await report(web.origin))).toEqual(['status-moved'])
})

test('a redirect to where nobody listens is told', async () => {
  await using web = await http((_, answer) => {
    answer.writeHead(302, { location: 'http://localhost:1/' }).end()
  })
  expect(faults(await report(web.origin))).toEqual(['redirect-unreachable'])
})

test.each([
  ['http://localhost:1/', "localhost:1 can't be reached: nothing listens there."],
  ['http://no-such-name.invalid/', "no-such-name.invalid can't be reached:"],
])('%s can not be reached', async (address, message) => {
  await expect(report(address)).rejects.toThrow(message)
  await expect(report(address)).rejects.toMatchObject({ name: 'UsageError' })
})

test('https where http is spoken is one line', async () => {
  await using web = await http((_, answer) => answer.end())
  const { host } = new URL(web.origin)
  await expect(report(`https://${host}`)).rejects.toThrow(`speaks no TLS. Try http://${host}`)
})

test('a reset of the server is told with its code', async () => {
  await using web = await http2((stream) => {
    stream.respond({ ':status': 200, ...HEAD })
    stream.write('data: 1\n\n', () => stream.destroy(new Error('a fault')))
  })
  const told = await report(web.origin)
  expect(faults(told)).toEqual(['reset'])
  expect(told.findings[0]?.says).toContain('code 2 (INTERNAL_ERROR)')
  expect(told.end).toEqual({ how: 'reset' })
})

test('what our own client refused is told apart from it', async () => {
  await using web = await http2((stream) => {
    stream.respond({ ':status': 200, ...HEAD, 'content-length': 12 })
    stream.write('data: 1\n\n')
    stream.write('data: 2\n\n')
  })
  const told = await report(web.origin)
  expect(faults(told)).toEqual(['refused-body', 'content-length'])
  expect(told.end).toEqual({ how: 'refused' })
})

test('a head that HTTP/2 forbids is refused by our client', async () => {
  await using web = await tcp((socket) => {
    socket.once('data', () => {
      const block = Buffer.concat([
        Buffer.of(0x88),
        ...[
          ['content-type', 'text/event-stream'],
          ['connection', 'keep-alive'],
        ].map(([name = '', value = '']) =>
          Buffer.concat([
            Buffer.of(0, name.length),
            Buffer.from(name),
            Buffer.of(value.length),
            Buffer.from(value),
          ]),
        ),
      ])
      socket.write(
        Buffer.concat([
          Buffer.of(0, 0, 0, 4, 0, 0, 0, 0, 0),
          Buffer.of(0, 0, block.length, 1, 4, 0, 0, 0, 1),
          block,
        ]),
      )
    })
  })
  const told = await report(web.origin, '--http2-prior-knowledge', '--for', '3s')
  expect(faults(told)).toEqual(['refused-head'])
})

test('an HTTP/1.1 answer that can not be read is refused by our client', async () => {
  await using web = await tcp((socket) => {
    socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\nContent Type: text/event-stream\r\n\r\n'))
  })
  expect(faults(await report(web.origin))).toEqual(['refused-head'])
})

test('a connection that goes in mid-answer is broken, or cut in silence', async () => {
  await using web = await http((request, answer) => {
    answer.writeHead(200, HEAD)
    answer.write('data: 1\n\n')
    setTimeout(() => answer.socket?.destroy(), request.url === '/late' ? 1700 : 50)
  })
  expect(faults(await report(web.origin))).toEqual(['broken'])
  expect(faults(await report(`${web.origin}/late`))).toEqual(['cut-in-silence'])
})

test('a connection that is closed without an answer', async () => {
  await using web = await tcp((socket) => socket.end())
  expect(faults(await report(web.origin))).toEqual(['no-answer'])
})

test('a server that never answers, and one whose stream is silent', async () => {
  await using web = await http((request, answer) => {
    if (request.url === '/head') answer.writeHead(200, HEAD).flushHeaders()
  })
  const never = await report(web.origin, '--for', '300ms')
  expect(never).toMatchObject({ passed: false, end: { how: 'left', why: 'time' } })
  expect(faults(never)).toEqual(['no-head'])
  const silent = await report(`${web.origin}/head`, '--for', '2500ms')
  expect(silent.passed).toBe(true)
  expect(codes(silent)).toEqual(['no-bytes', 'http-1'].sort((a) => (a === 'http-1' ? -1 : 1)))
})

test('Ctrl-C ends it with a report', async () => {
  await using web = await http((_, answer) => {
    answer.writeHead(200, HEAD)
    answer.write('data: 1\n\n')
  })
  const stop = new AbortController()
  const options = readOptions([`${web.origin}`, '--for', '60s', '--json'])
  const pending = reportFor(options, stop.signal)
  setTimeout(() => stop.abort(), 300)
  expect(await pending).toMatchObject({ end: { how: 'left', why: 'you' }, body: { events: 1 } })
})

test('an answer of a byte at a time is read as well', async () => {
  await using web = await http(async (_, answer) => {
    answer.writeHead(200, HEAD)
    for (const byte of 'data: hello\r\n\r\n') {
      answer.write(byte)
      await new Promise((resolve) => setImmediate(resolve))
    }
    answer.end()
  })
  const told = await report(web.origin)
  expect(told).toMatchObject({ passed: true, body: { events: 1 } })
  expect(codes(told)).toContain('crlf-line-ends')
})

test('a flood ends at the limit', async () => {
  await using web = await http((request, answer) => {
    answer.writeHead(200, HEAD)
    const piece = 'data: x\n\n'.repeat(7000)
    const more = () => {
      while (answer.writable && answer.write(piece));
    }
    answer.on('drain', more)
    request.on('close', () => answer.destroy())
    more()
  })
  const told = await report(web.origin, '--for', '60s')
  expect(told.end).toEqual({ how: 'left', why: 'bytes' })
  expect(codes(told)).toContain('limit')
  expect(told.body.bytes).toBeLessThan(18e6)
})

test('a server that goes when it was asked leaves nothing open', async () => {
  await using web = await http((_, answer) => {
    answer.writeHead(200, HEAD)
    answer.write('data: 1\n\n')
  })
  const { promise: gone, resolve } = Promise.withResolvers<void>()
  await using watched = await tcp((socket) => {
    socket.write('HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\ndata: 1\n\n')
    socket.resume()
    void once(socket, 'close').then(() => resolve())
  })
  await report(watched.origin, '--events', '1')
  await report(web.origin, '--events', '1')
  await gone
})
