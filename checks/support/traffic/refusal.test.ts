import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createServer } from 'node:tls'
import { afterAll, expect, test } from 'vitest'
import { connect } from '../client/client.ts'
import { END_HEADERS, frame, HEADERS, literal, reset, SETTINGS } from '../client/frames.ts'
import { Project } from '../fixtures/project.ts'
import type { CheckContext } from '../subject.ts'
import { answerTo } from './events.ts'
import { sendsHead } from './refusal.ts'

const project = new Project()
afterAll(() => project[Symbol.dispose]())

const PROTOCOL_ERROR = 1

/** Status 200, and a field by its name: no Node server sends it over HTTP/2. */
const keepAlive = Buffer.concat([Buffer.of(0x88, 0x00), literal('connection'), literal('keep-alive')])

/** A server that says the same frame to each request, whatever it is. */
async function saying(answer: Buffer) {
  const read = (name: string) => readFileSync(join(project.root, 'certs', name))
  const tls = { key: read('privkey.pem'), cert: read('cert.pem'), ALPNProtocols: ['h2'] }
  const server = createServer(tls, (socket) => {
    socket.on('error', () => {})
    socket.write(frame(SETTINGS, 0, 0, Buffer.alloc(0)))
    let received = Buffer.alloc(0)
    let isAnswered = false
    socket.on('data', (bytes: Buffer) => {
      received = Buffer.concat([received, bytes])
      if (isAnswered || !asks(received)) return
      isAnswered = true
      socket.write(answer)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, resolve))
  const origin = `https://localhost:${(server.address() as AddressInfo).port}`
  return { origin, [Symbol.dispose]: () => void server.close() }
}

/** Whether a HEADERS frame has come behind the 24 bytes of the preface. */
function asks(bytes: Buffer): boolean {
  for (let at = 24; at + 9 <= bytes.length; at += 9 + bytes.readUIntBE(at, 3)) {
    if (bytes[at + 3] === HEADERS) return true
  }
  return false
}

test.for([
  { name: 'a head that our client refuses', answer: frame(HEADERS, END_HEADERS, 1, keepAlive), came: true },
  { name: 'a reset by the server', answer: reset(1, PROTOCOL_ERROR), came: false },
])('$name', async ({ answer, came }) => {
  using server = await saying(answer)
  await using client = await connect(server.origin)
  expect(await answerTo(() => client.get('/events'))).toMatchObject({
    resetCode: 1,
    seen: { received: 'no answer, and a reset with code 1 (PROTOCOL_ERROR)' },
  })
  const context = { origin: server.origin, signal: new AbortController().signal } as CheckContext
  expect(await sendsHead(context, '/events')).toBe(came)
})
