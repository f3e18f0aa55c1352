/** Any address: each kind of connection, what is sent, and what is told of it. Real servers, on localhost. */
import { expect, test } from 'vitest'
import { h2c, http, http2, https } from '../testing/web.ts'
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
