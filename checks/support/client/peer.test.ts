import { afterAll, beforeAll, expect, test } from 'vitest'
import { Project } from '../fixtures/project.ts'
import type { LearnerServer } from '../server/server.ts'
import { Peer, type PeerStream } from './peer.ts'

const SOON_MS = 3000

const project = new Project()
let server: LearnerServer
beforeAll(async () => {
  server = await project.start('piles-up.ts')
})
afterAll(async () => {
  await server.stop()
  project[Symbol.dispose]()
})

const waiting = async () => (await server.waiting()).map(({ bytes }) => bytes)

test('what a peer gives no room waits in the server, where it is counted', async ({ signal }) => {
  const peer = await Peer.connect({ signal }, server.origin, 0)
  const [one, other] = [peer.ask(), peer.ask()]
  await expect.poll(waiting, { timeout: SOON_MS }).toEqual([10_000, 10_000])
  expect(await server.waiting()).toContainEqual({ bytes: 10_000, counted: 5 * (1000 + 500) })
  peer.give(one, 4000)
  expect(await peer.until(() => bytesOf(one) === 4000, SOON_MS)).toBe(true)
  peer.give(one, 6000)
  expect(await peer.until(() => bytesOf(one) === 10_000, SOON_MS)).toBe(true)
  expect(bytesOf(other)).toBe(0)
  await expect.poll(waiting, { timeout: SOON_MS }).toEqual([0, 10_000])
  peer.leave()
  await expect.poll(waiting, { timeout: SOON_MS }).toEqual([])
  expect(peer.endedAt).toBeGreaterThan(0)
})

test.each([1, 126, 127, 254, 255, 5000])('an id of %i bytes arrives whole', async (length) => {
  const peer = await Peer.connect({ signal: AbortSignal.timeout(SOON_MS) }, server.origin)
  const stream = peer.ask('x'.repeat(length))
  expect(await peer.until(() => stream.ended, SOON_MS)).toBe(true)
  expect(Buffer.concat(stream.body).toString()).toBe(`last-event-id has ${length} bytes\n`)
  expect(stream.resetCode).toBeUndefined()
  peer.leave()
})

function bytesOf({ body }: PeerStream): number {
  return Buffer.concat(body).length
}
