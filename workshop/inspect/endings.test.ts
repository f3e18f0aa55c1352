/** How an answer comes to its end: who broke it off, and what there is by then. */
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { http, http2, tcp } from '../testing/web.ts'
import { readOptions } from './options.ts'
import { reportFor } from './run.ts'
import { codes, faults, HEAD, report } from './testing.ts'

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
