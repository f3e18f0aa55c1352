import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { lessons } from '../../checks/lessons.ts'
import { temporaryFolder } from '../testing/folder.ts'
import { currentLesson, markDone, readProgress, setCurrent } from './progress.ts'

const file = '.workshop/progress.json'

test('nothing is known at first, and nothing is written by asking', async () => {
  await using folder = await temporaryFolder()
  expect(await readProgress(folder.path)).toEqual({ version: 1, done: {} })
  expect((await currentLesson(folder.path)).slug).toBe('01-certs')
  expect(await readdir(folder.path)).toEqual([])
})

test('the current lesson is the chosen one, or else the first that is not done', async () => {
  await using folder = await temporaryFolder()
  await markDone('01-certs', folder.path)
  expect((await currentLesson(folder.path)).slug).toBe('02-http2-server')
  await setCurrent('04-message-format', folder.path)
  expect((await currentLesson(folder.path)).slug).toBe('04-message-format')
  await setCurrent('77-from-a-newer-workshop', folder.path)
  expect((await currentLesson(folder.path)).slug).toBe('02-http2-server')
})

test('when everything is done, the last lesson is the current one', async () => {
  await using folder = await temporaryFolder()
  for (const { slug } of lessons) await markDone(slug, folder.path)
  expect(await currentLesson(folder.path)).toBe(lessons.at(-1))
})

test('the first time is kept, and so are slugs that are not known', async () => {
  const done = { '01-certs': '2026-01-01T00:00:00.000Z', '77-unknown': '2026-01-02T00:00:00.000Z' }
  await using folder = await temporaryFolder({
    [file]: JSON.stringify({ version: 1, current: '01-certs', done }),
  })
  await markDone('01-certs', folder.path)
  await markDone('02-http2-server', folder.path)
  expect((await readProgress(folder.path)).done).toEqual({ ...done, '02-http2-server': expect.any(String) })
})

test('many at once lose nothing, and leave no half of one', async () => {
  await using folder = await temporaryFolder()
  const slugs = Array.from({ length: 20 }, (_, i) => `slug-${i}`)
  await Promise.all(
    slugs.map((slug, i) => (i % 3 === 0 ? setCurrent(slug, folder.path) : markDone(slug, folder.path))),
  )
  const { done } = await readProgress(folder.path)
  expect(Object.keys(done).sort()).toEqual(slugs.filter((_, i) => i % 3 !== 0).sort())
  expect(await readdir(join(folder.path, '.workshop'))).toEqual(['progress.json', 'progress.lock'])
})

test.each(['', '{', '[]', 'null', '{"version":2,"done":{}}', '{"version":1,"done":{"a":1}}', '\0\0\0'])(
  'the damaged file %j is set aside with a word',
  async (text) => {
    await using folder = await temporaryFolder({ [file]: text })
    const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    await markDone('01-certs', folder.path)
    expect(write.mock.calls.flat().join('')).toMatch(
      /^Your progress file was damaged\. It is kept as .*; a new one begins\.\n$/,
    )
    write.mockRestore()
    const names = await readdir(join(folder.path, '.workshop'))
    const aside = names.find((name) => name.startsWith('progress.damaged-')) ?? ''
    expect(await readFile(join(folder.path, '.workshop', aside), 'utf8')).toBe(text)
    expect(Object.keys((await readProgress(folder.path)).done)).toEqual(['01-certs'])
  },
)

test('a place that can not be written is one clear line', async () => {
  await using folder = await temporaryFolder({ '.workshop': 'a file, where the folder must be' })
  await expect(markDone('01-certs', folder.path)).rejects.toThrow(
    ".workshop/progress.json can't be written: a file stands where a folder must be. Rename that file first.",
  )
  await rm(join(folder.path, '.workshop'))
  await writeFile(join(folder.path, '.workshop'), '')
  await expect(setCurrent('01-certs', folder.path)).rejects.toHaveProperty('name', 'UsageError')
})
