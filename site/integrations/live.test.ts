import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, get, type IncomingMessage, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { createEventReader, type ParsedEvent } from '../../checks/wire/parse.ts'
import { verdictOn, writeLive } from '../test/verdicts.ts'
import { LOOK_MS, liveHandler } from './live.ts'

const folder = mkdtempSync(join(tmpdir(), 'live-'))
const file = join(folder, 'live.json')
const server = createServer((request, response) => {
  liveHandler(file)(request, response, () => response.writeHead(404).end())
})
let port = 0

beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  port = (server.address() as AddressInfo).port
})

afterAll(() => {
  server.close()
  server.closeAllConnections()
  rmSync(folder, { recursive: true })
})

beforeEach(() => rmSync(file, { force: true }))

const LIVE = '/live/events?lesson=03-headers'

async function open(headers: Record<string, string> = {}, path = LIVE): Promise<IncomingMessage> {
  const [response] = await once(get({ port, host: '127.0.0.1', path, headers }), 'response')
  return response
}

/** Reads until so many events have come. */
async function read(response: IncomingMessage, count: number): Promise<ParsedEvent[]> {
  const reader = createEventReader()
  const events: ParsedEvent[] = []
  for await (const bytes of response) {
    events.push(...reader.feed(bytes).events)
    if (events.length >= count) break
  }
  return events
}

const at = '2026-11-27T12:00:00.000Z'
const event = (id: string, failing?: string) => ({ id, at, verdict: verdictOn(failing) })
const end = (id: string) => ({ id, at, ended: '03-headers' })

test('an event stream, with the newest verdict first', async () => {
  writeLive(file, { events: [event('a-1', 'status'), event('a-2')] })
  const response = await open()
  expect(response.statusCode).toBe(200)
  expect(response.headers).toMatchObject({ 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
  expect(await read(response, 1)).toMatchObject([{ type: 'verdict', id: 'a-2' }])
})

test('a verdict that is written later arrives, also when there was no file', async () => {
  const response = await open()
  writeLive(file, { events: [event('b-1')] })
  const [first] = await read(response, 1)
  expect(JSON.parse(first?.data ?? '')).toEqual(verdictOn())
})

test('who comes back gets what was missed, and nothing twice', async () => {
  writeLive(file, { events: [event('c-1'), event('c-2', 'status'), event('c-3')] })
  const events = await read(await open({ 'last-event-id': 'c-1' }), 2)
  expect(events.map(({ id }) => id)).toEqual(['c-2', 'c-3'])
})

test('who comes back with an id of another run gets the newest', async () => {
  writeLive(file, { events: [event('d-1'), event('d-2')] })
  expect(await read(await open({ 'last-event-id': 'old' }), 1)).toMatchObject([{ id: 'd-2' }])
})

test('the end of the command, behind the newest verdict', async () => {
  writeLive(file, { events: [event('f-1'), end('f-2'), event('f-3'), end('f-4')] })
  const expected = [
    { type: 'verdict', id: 'f-3' },
    { type: 'ended', id: 'f-4', data: JSON.stringify({ at }) },
  ]
  expect(await read(await open(), 2)).toMatchObject(expected)
  expect(await read(await open({ 'last-event-id': 'f-3' }), 1)).toMatchObject(expected.slice(1))
})

test('verdicts of other lessons, and damaged files, are passed over', async () => {
  const other = { ...verdictOn(), lesson: { number: 4, slug: '04-message-format', title: 'Message format' } }
  writeLive(file, { events: [event('e-1'), { id: 'e-2', at, verdict: other }] })
  vi.useFakeTimers({ toFake: ['setInterval'] })
  onTestFinished(() => void vi.useRealTimers())
  const response = await open()
  writeLive(file, { events: 'none' } as never)
  vi.advanceTimersByTime(LOOK_MS)
  writeLive(file, { events: [event('e-1'), { id: 'e-2', at, verdict: other }, event('e-3')] })
  vi.advanceTimersByTime(LOOK_MS)
  const events = await read(response, 2)
  expect(events.map(({ id }) => id)).toEqual(['e-1', 'e-3'])
})

test.each([
  ['a page of another site', { origin: 'https://example.org' }],
  ['another port', { origin: 'http://127.0.0.1:1' }],
  ['a request across sites', { 'sec-fetch-site': 'cross-site' }],
  ['a request from the same site with another port', { 'sec-fetch-site': 'same-site' }],
  ['a name that leads here', { host: 'evil.example:4321' }],
  ['an address that only looks like this machine', { host: 'localhost.example' }],
])('%s is refused', async (_, headers) => {
  const response = await open(headers)
  expect(response.statusCode).toBe(403)
  response.resume()
})

test('other methods, other paths, and no lesson', async () => {
  const post = request({ port, host: '127.0.0.1', path: LIVE, method: 'POST' }).end()
  const [answer] = (await once(post, 'response')) as [IncomingMessage]
  expect([answer.statusCode, answer.headers.allow]).toEqual([405, 'GET'])
  expect((await open({}, '/live/events')).statusCode).toBe(400)
  expect((await open({}, '/live/events?lesson=../x')).statusCode).toBe(400)
  expect((await open({}, '/elsewhere')).statusCode).toBe(404)
})
