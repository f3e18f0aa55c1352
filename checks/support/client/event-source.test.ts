import type { ServerHttp2Stream } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { Project } from '../fixtures/project.ts'
import { Front } from '../proxy/front.ts'
import { EventSourceClient, isEventStream } from './event-source.ts'

const project = new Project()
afterAll(() => project[Symbol.dispose]())

/** A server that answers with the next of `bodies`, and then ends the stream. */
let front: Front
let origin: string
let bodies: string[]
let stop: AbortController
beforeEach(async () => {
  stop = new AbortController()
  front = await Front.listen(project.root)
  origin = `https://localhost:${(front.server.address() as AddressInfo).port}`
  front.server.on('stream', (stream: ServerHttp2Stream) => {
    const body = bodies.shift()
    stream.respond({ 'content-type': body === undefined ? 'text/html' : 'text/event-stream' })
    stream.end(body)
  })
})
afterEach(async () => {
  stop.abort()
  await front[Symbol.asyncDispose]()
})

/** What was sent as `Last-Event-ID` each time, until an answer was no event stream. */
async function lastEventIds(source: EventSourceClient): Promise<string[]> {
  const sent: string[] = []
  for await (const { lastEventId } of source.connections(stop.signal)) sent.push(lastEventId)
  return sent
}

test('comes back with the last id, until an answer is no event stream', async () => {
  bodies = ['id: 1\nretry: 5\ndata: a\n\nid: 2\ndata: b\n\n', 'data: c\n\n', 'id\n\n']
  const source = new EventSourceClient(origin, '/events')
  expect(await lastEventIds(source)).toEqual(['', '2', '2', ''])
  expect(source.reconnectionTime).toBe(5)
})

test('a browser reads events from status 200 with the media type of an event stream', async () => {
  bodies = ['retry: 5\n\n']
  const source = new EventSourceClient(origin, '/events')
  const seen: [string | undefined, boolean][] = []
  for await (const { head, isStream } of source.connections(stop.signal)) {
    seen.push([head.headers['content-type'], isStream])
  }
  expect(seen).toEqual([
    ['text/event-stream', true],
    ['text/html', false],
  ])
})

test('a server that is away is asked again', async () => {
  bodies = []
  let attempts = 0
  front.server.on('connection', (socket) => {
    if (++attempts < 3) socket.destroy()
  })
  const source = new EventSourceClient(origin, '/events')
  source.reconnectionTime = 5
  expect(await lastEventIds(source)).toEqual([''])
  expect(attempts).toBe(3)
})

test('ends with its signal', async () => {
  bodies = ['retry: 600000\n\n']
  let answers = 0
  for await (const _ of new EventSourceClient(origin, '/events').connections(stop.signal)) {
    answers++
    stop.abort()
  }
  expect(answers).toBe(1)
})

// The facts of web-platform-tests' format-mime-*, and of format-utf-8: the charset changes nothing.
test.each([
  ['text/event-stream', true],
  ['text/event-stream;', true],
  ['text/event-stream;charset=windows-1252', true],
  ['x bogus', false],
  ['text/x-bogus', false],
  ['text/event-streams', false],
  [undefined, false],
])('an answer of type %s is an event stream: %s', (type, isStream) => {
  expect(isEventStream({ status: 200, headers: { 'content-type': type } })).toBe(isStream)
})
