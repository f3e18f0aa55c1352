import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../testing/folder.ts'
import { filesIn } from './files.ts'
import { ensureLesson, ensureLessons } from './starters.ts'

const files = {
  'lessons/.gitignore': '',
  'lessons/01-a/starter/server.ts': 'a',
  'lessons/01-a/starter/lib/help.ts': 'help',
  'lessons/02-b/starter/server.ts': 'b',
}

test('every lesson gets the files of its starter, once', async () => {
  await using folder = await temporaryFolder(files)
  await ensureLessons(folder.path)
  expect(filesIn(join(folder.path, 'lessons'), [])).toEqual([
    '.gitignore',
    '01-a/lib/help.ts',
    '01-a/server.ts',
    '01-a/starter/lib/help.ts',
    '01-a/starter/server.ts',
    '02-b/server.ts',
    '02-b/starter/server.ts',
  ])
  expect(await ensureLesson('01-a', folder.path)).toBe(false)
})

test('nothing is overwritten, and a deleted file stays deleted', async () => {
  await using folder = await temporaryFolder(files)
  await writeFile(join(folder.path, 'lessons/02-b/notes.md'), 'mine')
  await ensureLessons(folder.path)
  await writeFile(join(folder.path, 'lessons/01-a/server.ts'), 'learned')
  await rm(join(folder.path, 'lessons/01-a/lib'), { recursive: true })
  await ensureLessons(folder.path)
  expect(filesIn(join(folder.path, 'lessons/01-a'), ['starter'])).toEqual(['server.ts'])
  expect(await readFile(join(folder.path, 'lessons/01-a/server.ts'), 'utf8')).toBe('learned')
  expect(filesIn(join(folder.path, 'lessons/02-b'), ['starter'])).toEqual(['notes.md', 'server.ts'])
})

test('an update brings its new starter to those who have changed nothing yet', async () => {
  await using folder = await temporaryFolder(files)
  await ensureLessons(folder.path)
  await writeFile(join(folder.path, 'lessons/02-b/server.ts'), 'begun')
  for (const slug of ['01-a', '02-b'])
    await writeFile(join(folder.path, 'lessons', slug, 'starter/server.ts'), 'new')
  await rm(join(folder.path, 'lessons/01-a/starter/lib'), { recursive: true })
  await ensureLessons(folder.path)
  expect(filesIn(join(folder.path, 'lessons/01-a'), ['starter'])).toEqual(['server.ts'])
  expect(await readFile(join(folder.path, 'lessons/01-a/server.ts'), 'utf8')).toBe('new')
  expect(await readFile(join(folder.path, 'lessons/02-b/server.ts'), 'utf8')).toBe('begun')
})
