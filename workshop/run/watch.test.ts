import { writeFileSync } from 'node:fs'
import { rename, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { temporaryFolder } from '../testing/folder.ts'
import { needsPolling, type WatchOptions, watchFolder } from './watch.ts'

/** What chokidar is asked for; `isDeaf` makes it tell nothing, as on a network disk, but what `tell` lets it say. */
const chokidar = vi.hoisted(() => ({ isDeaf: false, tell: () => {} }))
vi.mock(import('chokidar'), async (load) => {
  const original = await load()
  const watch: typeof original.watch = (paths, options) => {
    const watcher = original.watch(paths, chokidar.isDeaf ? { ...options, ignored: () => true } : options)
    chokidar.tell = () => void watcher.emit('all', 'change', '')
    return watcher
  }
  return { ...original, watch }
})

/** Watches a folder with one file, and counts what it is told. */
async function watched(options: WatchOptions = {}, isDeaf = false) {
  const folder = await temporaryFolder({ 'server.ts': '1', 'starter/server.ts': '0' })
  const saves = vi.fn()
  chokidar.isDeaf = isDeaf
  const unwatch = await watchFolder(folder.path, saves, options)
  const dispose = async () => {
    await unwatch()
    await folder[Symbol.asyncDispose]()
  }
  return { file: join(folder.path, 'server.ts'), path: folder.path, saves, [Symbol.asyncDispose]: dispose }
}

const patient = { timeout: 20_000, interval: 20 }

test.each([
  ['the system tells', {}],
  ['polling', { polling: true }],
])('a save is told, also by rename: %s', async (_, options) => {
  await using folder = await watched(options)
  await writeFile(folder.file, '22')
  await expect.poll(() => folder.saves.mock.calls.length, patient).toBe(1)
  await writeFile(`${folder.file}~`, '333')
  await rename(`${folder.file}~`, folder.file)
  await expect.poll(() => folder.saves.mock.calls.length, patient).toBeGreaterThan(1)
})

test('a burst of saves is one, or two when the system tells of it late', async () => {
  await using folder = await watched()
  for (let turn = 0; turn < 50; turn++) writeFileSync(folder.file, `${turn}`)
  await expect.poll(() => folder.saves.mock.calls.length, patient).toBeGreaterThan(0)
  expect(folder.saves.mock.calls.length).toBeLessThan(3)
})

test('starters and temporary files are no saves', async () => {
  await using folder = await watched()
  for (const name of ['starter/server.ts', '.server.ts.swp', '4913', 'server.ts~', '.#server.ts']) {
    await writeFile(join(folder.path, name), 'new')
  }
  await writeFile(folder.file, '22') // what comes before this one would have been told before it
  await expect.poll(() => folder.saves.mock.calls.length, patient).toBe(1)
})

test('a save that the system does not tell of is found, once, and said', async () => {
  const missed = vi.fn()
  await using folder = await watched({ onMissed: missed }, true)
  await writeFile(folder.file, '22')
  await expect.poll(() => folder.saves.mock.calls.length, patient).toBe(1)
  await utimes(folder.file, new Date(), new Date(Date.now() + 5000))
  await expect.poll(() => folder.saves.mock.calls.length, patient).toBe(2)
  expect(missed).toHaveBeenCalledTimes(2)
})

test('a save that is not told, just after one that was, is found as well', async () => {
  await using folder = await watched({}, true)
  await writeFile(folder.file, '22')
  chokidar.tell()
  await expect.poll(() => folder.saves.mock.calls.length, patient).toBe(1)
  await writeFile(folder.file, '333')
  await expect.poll(() => folder.saves.mock.calls.length, patient).toBe(2)
})

test('a save while the watcher gets ready is found at once, and not called missed', async () => {
  await using folder = await temporaryFolder({ 'server.ts': '1' })
  const saves = vi.fn()
  const missed = vi.fn()
  chokidar.isDeaf = true // whether it is told of a file that changes while it looks around is a matter of luck
  const ready = watchFolder(folder.path, saves, { onMissed: missed })
  writeFileSync(join(folder.path, 'server.ts'), '22')
  const unwatch = await ready
  await expect.poll(() => saves.mock.calls.length, patient).toBe(1)
  await unwatch()
  expect(missed).not.toHaveBeenCalled()
})

test('a save that was told is not missed', async () => {
  const missed = vi.fn()
  await using folder = await watched({ onMissed: missed })
  const end = Date.now() + 3500 // longer than it takes to notice that one was missed
  while (Date.now() < end) {
    const before = folder.saves.mock.calls.length
    await writeFile(folder.file, `${end - Date.now()}`)
    await expect.poll(() => folder.saves.mock.calls.length, patient).toBeGreaterThan(before)
  }
  expect(missed).not.toHaveBeenCalled()
})

test('polling is for whoever asks, and for Windows disks seen from WSL', () => {
  expect(needsPolling({}, '/home/me/workshop', '6.1.0')).toBe(false)
  expect(needsPolling({ WORKSHOP_POLL: '1' }, '/home/me/workshop', '6.1.0')).toBe(true)
  expect(needsPolling({}, '/mnt/c/workshop', '5.15.90.1-microsoft-standard-WSL2')).toBe(true)
  expect(needsPolling({}, '/home/me/workshop', '5.15.90.1-microsoft-standard-WSL2')).toBe(false)
})
