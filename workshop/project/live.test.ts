import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Verdict } from '../../checks/verdict.ts'
import { temporaryFolder } from '../testing/folder.ts'
import { type LiveFile, recordEnd, recordLive } from './live.ts'

const verdict: Verdict = {
  schema: 1,
  lesson: { number: 3, slug: '03-headers', title: 'Headers' },
  target: { kind: 'lesson', label: 'lessons/03-headers' },
  passed: true,
  checks: [],
  notes: [],
  output: '',
  ms: 1,
}

async function read(project: string): Promise<LiveFile> {
  return JSON.parse(await readFile(join(project, '.workshop/live.json'), 'utf8')) as LiveFile
}

test('the newest verdict stands last, fifty are kept, and each has an id of its own', async () => {
  await using folder = await temporaryFolder()
  for (let ms = 0; ms < 55; ms++) await recordLive({ ...verdict, ms }, folder.path)
  const { events } = await read(folder.path)
  expect(events.map((event) => event.verdict?.ms)).toEqual(
    Array.from({ length: 50 }, (_, index) => index + 5),
  )
  expect(new Set(events.map(({ id }) => id)).size).toBe(50)
  for (const { id } of events) expect(id).toMatch(/^[\w.:-]+$/) // what a line of an event stream can carry
  expect(await readdir(join(folder.path, '.workshop'))).toEqual(['live.json', 'live.lock'])
})

test('two at once lose nothing', async () => {
  await using folder = await temporaryFolder()
  const numbers = Array.from({ length: 20 }, (_, index) => index)
  await Promise.all(numbers.map((ms) => recordLive({ ...verdict, ms }, folder.path)))
  const { events } = await read(folder.path)
  expect(events.map((event) => event.verdict?.ms ?? -1).sort((a, b) => a - b)).toEqual(numbers)
})

test('an end is noted once, with the time of the last verdict', async () => {
  await using folder = await temporaryFolder()
  await recordLive(verdict, folder.path)
  await recordEnd('03-headers', folder.path)
  await recordEnd('03-headers', folder.path)
  const { events } = await read(folder.path)
  expect(events).toMatchObject([{ verdict }, { ended: '03-headers', at: events[0]?.at }])
  expect(events[1]?.id).not.toBe(events[0]?.id)
})

test('no end is noted of a lesson without a verdict, nor where another run had the last word', async () => {
  await using folder = await temporaryFolder()
  await recordEnd('03-headers', folder.path)
  expect(await readdir(join(folder.path, '.workshop'))).not.toContain('live.json')
  const other: LiveFile = { events: [{ id: 'other-0', at: '2026-01-01T00:00:00.000Z', verdict }] }
  await writeFile(join(folder.path, '.workshop/live.json'), JSON.stringify(other))
  await recordEnd('03-headers', folder.path)
  expect(await read(folder.path)).toEqual(other)
})

test.each(['', '{', 'null', '{"events":1}'])('the damaged file %j begins anew', async (text) => {
  await using folder = await temporaryFolder({ '.workshop/live.json': text })
  await recordLive(verdict, folder.path)
  expect((await read(folder.path)).events).toHaveLength(1)
})

test('a place that can not be written is one clear line', async () => {
  await using folder = await temporaryFolder()
  await writeFile(join(folder.path, '.workshop'), '')
  await expect(recordLive(verdict, folder.path)).rejects.toHaveProperty('name', 'UsageError')
})
