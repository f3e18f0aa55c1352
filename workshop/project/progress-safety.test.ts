/** Progress that can't be lost: two terminals, a full disk, lessons that were renumbered. */
import { execFile } from 'node:child_process'
import { chmod, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test, vi } from 'vitest'
import { lessons } from '../../checks/lessons.ts'
import { temporaryFolder } from '../testing/folder.ts'
import { root } from './paths.ts'
import { currentLesson, markDone, readProgress } from './progress.ts'

const file = '.workshop/progress.json'
const done = { '01-certs': '2026-01-01T00:00:00.000Z', '07-headers': '2026-01-02T00:00:00.000Z' }

const disk = vi.hoisted(() => ({ isFull: false }))
vi.mock(import('node:fs/promises'), async (load) => {
  const original = await load()
  const open: typeof original.open = async (...args) => {
    const handle = await original.open(...args)
    if (!disk.isFull) return handle
    handle.writeFile = () =>
      Promise.reject(Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' }))
    return handle
  }
  return { ...original, open }
})

test('two programs that write at once lose nothing', async () => {
  await using folder = await temporaryFolder()
  const mark = async (slugs: string[]) => {
    const code = `
      const { markDone } = await import('./workshop/project/progress.ts')
      for (const slug of ${JSON.stringify(slugs)}) await markDone(slug, ${JSON.stringify(folder.path)})`
    const args = ['--import', 'tsx', '--input-type=module', '-e', code]
    await promisify(execFile)(process.execPath, args, { cwd: root })
  }
  const slugs = Array.from({ length: 20 }, (_, index) => `${index}-lesson`)
  await Promise.all([mark(slugs.slice(0, 10)), mark(slugs.slice(10))])
  expect(Object.keys((await readProgress(folder.path)).done).sort()).toEqual(slugs.sort())
  expect(await readdir(join(folder.path, '.workshop'))).toEqual(['progress.json', 'progress.lock'])
})

test('a full disk is one clear line, and what was there stays', async () => {
  const text = JSON.stringify({ version: 1, done })
  await using folder = await temporaryFolder({ [file]: text })
  disk.isFull = true
  const failed = await markDone('02-http2-server', folder.path).catch((error: Error) => error)
  disk.isFull = false
  expect(failed).toMatchObject({
    name: 'UsageError',
    message: `${file} can't be written: the disk is full. Make some room first.`,
  })
  expect(await readFile(join(folder.path, file), 'utf8')).toBe(text)
  expect(await readdir(join(folder.path, '.workshop'))).toEqual(['progress.json', 'progress.lock'])
  await markDone('02-http2-server', folder.path)
  expect(Object.keys((await readProgress(folder.path)).done)).toContain('02-http2-server')
})

test.each([
  ['cut off', (text: string) => text.slice(0, -12)],
  ['with a conflict', (text: string) => text.replace('"done"', '<<<<<<< HEAD\n"done"')],
])('what can be read of a file %s goes on', async (_, damage) => {
  const text = JSON.stringify(
    { version: 1, current: '02-http2-server', done: { ...done, z: '' } },
    undefined,
    2,
  )
  await using folder = await temporaryFolder({ [file]: damage(text) })
  const told: string[] = []
  const read = await readProgress(folder.path, (line) => told.push(line))
  expect(read).toEqual({ version: 1, current: '02-http2-server', done })
  expect(told.join('')).toMatch(/It is kept as .*; what could be read of it goes on: 2 done\.$/)
  expect(await readProgress(folder.path)).toEqual(read)
})

test('lessons that were renumbered, added or removed take nothing away', async () => {
  const text = JSON.stringify({ version: 1, current: '07-headers', done, added: 'by a newer workshop' })
  await using folder = await temporaryFolder({ [file]: text })
  expect((await currentLesson(folder.path)).slug).toBe(lessons[1]?.slug)
  await markDone('02-http2-server', folder.path)
  const kept = JSON.parse(await readFile(join(folder.path, file), 'utf8'))
  expect(kept).toMatchObject({ current: '07-headers', added: 'by a newer workshop' })
  expect(Object.keys(kept.done).sort()).toEqual(['01-certs', '02-http2-server', '07-headers'])
})

test.skipIf(process.getuid?.() === 0)('a folder that may not be written is one clear line', async () => {
  await using folder = await temporaryFolder({ [file]: JSON.stringify({ version: 1, done }) })
  await chmod(join(folder.path, '.workshop'), 0o500)
  await expect(markDone('02-http2-server', folder.path)).rejects.toHaveProperty('name', 'UsageError')
  await chmod(join(folder.path, '.workshop'), 0o700)
})
