import { execFileSync } from 'node:child_process'
import { lstat, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { temporaryFolder } from '../testing/folder.ts'
import { latest } from './backup.ts'
import { filesIn } from './files.ts'
import { resetLesson, undoReset } from './reset.ts'

/** What the system refuses: with a full disk, a file is made and not filled; a file that a program holds open, as on Windows, can't be moved. */
const disk = vi.hoisted(() => ({ isFull: false, renames: 0, refused: 0 }))
vi.mock(import('node:fs/promises'), async (load) => {
  const original = await load()
  const refuse = (code: string) => {
    throw Object.assign(new Error(`${code}: refused`), { code })
  }
  const copyFile: typeof original.copyFile = async (from, to, mode) => {
    if (!disk.isFull) return original.copyFile(from, to, mode)
    await original.writeFile(to, '')
    refuse('ENOSPC')
  }
  const rename: typeof original.rename = async (from, to) => {
    if (++disk.renames === disk.refused) refuse('EBUSY')
    return original.rename(from, to)
  }
  return { ...original, copyFile, rename }
})

const slug = '05-client-page'
const starter = { 'server.ts': 'the starter\n', 'page.html': '<ul>\n' }
const learned = {
  'server.ts': 'learned\r\n\0\ufeff',
  'notes/ü.md': 'keep me',
  '.hidden': 'me too',
  'page.html': '<ul>\n',
}

const project = (own: Record<string, string> = learned) => {
  const under = (folder: string, files: Record<string, string>) =>
    Object.entries(files).map(([name, text]) => [`lessons/${slug}/${folder}${name}`, text])
  return temporaryFolder(Object.fromEntries([...under('starter/', starter), ...under('', own)]))
}

async function read(folder: string): Promise<Record<string, string>> {
  const files = filesIn(folder, ['starter'])
  return Object.fromEntries(
    await Promise.all(files.map(async (file) => [file, await readFile(join(folder, file), 'utf8')])),
  )
}

test('reset and undo bring everything back, byte for byte; undo can be undone', async () => {
  await using folder = await project()
  const lesson = join(folder.path, 'lessons', slug)

  const kept = await resetLesson(slug, folder.path)
  expect(await read(lesson)).toEqual(starter)
  expect(await read(kept?.folder ?? '')).toEqual(learned)

  expect((await undoReset(undefined, folder.path)).restored).toEqual(kept)
  expect(await read(lesson)).toEqual(learned)
  await undoReset(slug, folder.path)
  expect(await read(lesson)).toEqual(starter)
  await undoReset(slug, folder.path)
  expect(await read(lesson)).toEqual(learned)
  expect(await read(join(lesson, 'starter'))).toEqual(starter)
})

test('a second reset at once keeps no copy of the starter, so undo still brings your code back', async () => {
  await using folder = await project()
  await resetLesson(slug, folder.path)
  expect(await resetLesson(slug, folder.path)).toBeUndefined()
  await undoReset(slug, folder.path)
  expect(await read(join(folder.path, 'lessons', slug))).toEqual(learned)
})

test('backups of one moment do not collide, and stay in order', async () => {
  await using folder = await project()
  const file = join(folder.path, 'lessons', slug, 'server.ts')
  for (const text of ['one', 'two', 'three']) {
    await writeFile(file, text)
    await resetLesson(slug, folder.path)
  }
  const home = join(folder.path, '.workshop/backups', slug)
  const times = (await readdir(home)).sort()
  const texts = await Promise.all(times.map((time) => readFile(join(home, time, 'server.ts'), 'utf8')))
  expect(texts).toEqual(['one', 'two', 'three'])
  expect(latest(slug, folder.path)?.time).toBe(times.at(-1))
})

test('a clock that was set back does not hide the latest backup', async () => {
  await using folder = await project()
  const future = join(folder.path, '.workshop/backups', slug, '2999-12-31T23-59-59.999Z')

  await mkdir(future, { recursive: true })
  const kept = await resetLesson(slug, folder.path)
  expect(latest(slug, folder.path)).toEqual(kept)
  expect(kept?.time).toBe('3000-01-01T00-00-00.000Z')
})

test('two resets at once lose nothing', async () => {
  await using folder = await project()
  const kept = await Promise.all([resetLesson(slug, folder.path), resetLesson(slug, folder.path)])
  const backups = kept.filter((each) => each !== undefined)
  expect(await Promise.all(backups.map((each) => read(each.folder)))).toEqual([learned])
  expect(await read(join(folder.path, 'lessons', slug))).toEqual(starter)
})

test('a lesson without files of its own gets its starter', async () => {
  await using folder = await project({})
  expect(await resetLesson(slug, folder.path)).toBeUndefined()
  expect(await read(join(folder.path, 'lessons', slug))).toEqual(starter)
})

test('what can not be done is said, and nothing is touched', async () => {
  await using folder = await project()
  await expect(undoReset(undefined, folder.path)).rejects.toThrow(
    /^There is nothing to undo: no backup was made yet\./,
  )
  await expect(undoReset(slug, folder.path)).rejects.toThrow(/no backup of 05-client-page was made yet/)
  await expect(resetLesson('09-none', folder.path)).rejects.toHaveProperty('name', 'UsageError')
  await writeFile(join(folder.path, '.workshop/backups'), 'in the way')
  await expect(resetLesson(slug, folder.path)).rejects.toThrow(
    /can't be written: a file stands where a folder must be/,
  )
  expect(await read(join(folder.path, 'lessons', slug))).toEqual(learned)
})

test('on a full disk nothing is reset, and no half of a backup is left', async () => {
  await using folder = await project()
  disk.isFull = true
  const failed = await resetLesson(slug, folder.path).catch((error: Error) => error)
  disk.isFull = false
  expect(failed).toMatchObject({ name: 'UsageError', message: expect.stringContaining('the disk is full') })
  expect(await read(join(folder.path, 'lessons', slug))).toEqual(learned)
  expect(await readdir(join(folder.path, '.workshop/backups', slug))).toEqual([])
})

test('whichever file can not be moved, all of them are back where they were', async () => {
  await using folder = await project()
  const lesson = join(folder.path, 'lessons', slug)
  const home = join(folder.path, '.workshop/backups', slug)
  for (const command of [resetLesson, undoReset]) {
    const before = await read(lesson)
    const backups = command === undoReset ? await readdir(home) : []
    for (disk.refused = 1; ; disk.refused++) {
      disk.renames = 0
      const failed = await command(slug, folder.path).catch((error: Error) => error)
      if (!(failed instanceof Error)) break
      expect(failed.message).toContain('another program is using it')
      expect(await read(lesson)).toEqual(before)
      expect(await readdir(home)).toEqual(backups)
    }
    expect(disk.refused).toBeGreaterThan(6)
    disk.refused = 0
  }
  expect(await read(lesson)).toEqual(learned)
})

const hasPipes = process.platform === 'linux'
if (!hasPipes) console.warn('NOT tested here: files that are pipes, and names that are not UTF-8.')

test.skipIf(!hasPipes)(
  'a pipe, a link to itself and a name that is not UTF-8 come and go as well',
  async () => {
    await using folder = await project()
    const lesson = join(folder.path, 'lessons', slug)
    execFileSync('mkfifo', [join(lesson, 'pipe')])
    await rm(join(lesson, 'server.ts'))
    await symlink('server.ts', join(lesson, 'server.ts'))
    const odd = Buffer.concat([Buffer.from(`${lesson}/`), Buffer.of(0x66, 0xff, 0xfe)])
    await writeFile(odd, 'odd')
    const names = async () => (await readdir(lesson, 'latin1')).sort()
    const before = await names()

    const kept = await resetLesson(slug, folder.path)
    expect(await names()).toEqual(['page.html', 'server.ts', 'starter'])
    expect((await readdir(kept?.folder ?? '')).length).toBe(before.length - 1)
    await undoReset(slug, folder.path)
    expect(await names()).toEqual(before)
    expect((await lstat(join(lesson, 'pipe'))).isFIFO()).toBe(true)
    expect(await readFile(odd, 'utf8')).toBe('odd')
  },
)
