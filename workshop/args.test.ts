import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { lessons } from '../checks/lessons.ts'
import { findLesson, readLesson, readWords, type Takes } from './args.ts'
import { root } from './project/paths.ts'
import { targetOf } from './run/target.ts'
import { temporaryFolder } from './testing/folder.ts'

const everything: Takes[] = ['lesson', 'all', 'target', 'reports']
const read = (...words: string[]) => readWords('check', words, everything)

afterEach(() => vi.unstubAllEnvs())

test.each(['3', '03', '003', '03-headers', 'headers', 'Headers', '03-h', 'head'])(
  '%s is lesson 3',
  (word) => {
    expect(findLesson(word)?.slug).toBe('03-headers')
    expect(readLesson('reset', [word])?.slug).toBe('03-headers')
  },
)

test('no words leave the choice to the command', () => {
  expect(read()).toEqual({ json: false, trace: false })
})

test('the order of words makes no difference', () => {
  const where = { kind: 'solution' }
  for (const words of [
    ['3', 'solutions'],
    ['solutions', '3'],
  ]) {
    const { lesson, ...rest } = read(...words)
    expect(lesson).toHaveProperty('slug', '03-headers')
    expect(rest).toEqual({ where, json: false, trace: false })
  }
  expect(read('solution', 'all')).toEqual({ lesson: 'all', where, json: false, trace: false })
})

test('an address keeps its origin alone', () => {
  expect(read('https://localhost:9000/events').where).toEqual({
    kind: 'address',
    origin: 'https://localhost:9000',
  })
})

test('flags stand anywhere; the report goes where the command was typed', () => {
  vi.stubEnv('INIT_CWD', '/somewhere')
  expect(read('--json', '3')).toMatchObject({ json: true })
  expect(read('3', '--junit', 'out.xml').junit).toBe(join('/somewhere', 'out.xml'))
})

test('a folder of the workshop names its lesson, as the Tab key completes it', () => {
  vi.stubEnv('INIT_CWD', root)
  expect(readLesson('reset', ['lessons/03-headers/'])?.slug).toBe('03-headers')
  expect(read('solutions/03-headers')).toMatchObject({
    lesson: { slug: '03-headers' },
    where: { kind: 'solution' },
  })
})

test('a folder is looked for where the command was typed', async () => {
  await using folder = await temporaryFolder({
    'my server/server.ts': '',
    'all of it/03-headers/server.ts': '',
  })
  vi.stubEnv('INIT_CWD', folder.path)
  const headers = lessons.find(({ slug }) => slug === '03-headers')
  if (!headers) throw new Error('no lesson 03')
  const where = { kind: 'folder', folder: join(folder.path, 'my server') } as const
  expect(read('3', './my server').where).toEqual(where)
  expect(targetOf(where, headers)).toEqual({ ...where, label: where.folder })
  expect(targetOf({ kind: 'folder', folder: join(folder.path, 'all of it') }, headers)).toMatchObject({
    folder: join(folder.path, 'all of it', '03-headers'),
  })
  await mkdir(join(folder.path, 'empty'))
  expect(() => targetOf({ kind: 'folder', folder: join(folder.path, 'empty') }, headers)).toThrow(
    'There is no server.ts in',
  )
})

test.each([
  [['0'], `There is no lesson 0: lessons go from 1 to ${lessons.length}.`],
  [['99'], `There is no lesson 99: lessons go from 1 to ${lessons.length}.`],
  [['hedaers'], '"hedaers" is no lesson and no folder. Did you mean "headers"?'],
  [['solutoins'], '"solutoins" is no lesson and no folder. Did you mean "solutions"?'],
  [
    ['banana'],
    `"banana" is no lesson and no folder. Type a lesson's number (1 to ${lessons.length}) or its name.`,
  ],
  [['0', 'x'], `There is no lesson 0: lessons go from 1 to ${lessons.length}.`],
  [['3', '4'], 'One lesson at a time: check can\'t take "4" as well.'],
  [['3', 'starter', 'solutions'], 'One target at a time: check can\'t take "solutions" as well.'],
  [
    ['http://localhost:8080'],
    /only over TLS.*\(https:\/\/localhost:8080\)\. To take any stream apart: npm run inspect http:\/\/localhost:8080$/,
  ],
  [['ftp://localhost'], /only over TLS/],
  [['https://'], /not a complete address/],
  [
    ['https://localhost:8221/sse'],
    /never for \/sse\. Type the address alone: https:\/\/localhost:8221 – or .*: npm run inspect https:\/\/localhost:8221\/sse$/,
  ],
  [
    ['https://localhost:8221/events?room=1'],
    /never for \/events\?room=1\..*: npm run inspect "https:\/\/localhost:8221\/events\?room=1"$/,
  ],
  [['localhost:8080'], 'An address begins with https://, so type https://localhost:8080'],
  [['3', './nowhere'], /^There is no folder \.\/nowhere in /],
  [['package.json'], 'package.json is a file. Give the folder that it is in: .'],
  [['3', '--jsno'], /^npm run check does not take "--jsno"\. It takes a lesson/],
  [['3', '--junit'], /^--junit wants the name of the file/],
  [['-3'], /does not take "-3"/],
])('%j is answered in one line', (words, message) => {
  vi.stubEnv('INIT_CWD', root)
  expect(() => read(...words)).toThrow(expect.objectContaining({ name: 'UsageError' }))
  expect(() => read(...words)).toThrow(message)
  expect(() => read(...words)).not.toThrow(/\n/)
})

test('a beginning that several lessons have is not guessed', () => {
  expect(() => read('h')).toThrow(/^"h" could be 02-http2-server or 03-headers.* Type more of it\.$/)
  expect(findLesson('')).toBeUndefined()
})

test('a command says what it takes', () => {
  const message = 'npm run reset does not take "all". It takes a lesson (3, or its name).'
  expect(() => readWords('reset', ['all'], ['lesson'])).toThrow(message)
  expect(() => readWords('list', ['3'], [])).toThrow('npm run list does not take "3". It takes no words.')
  expect(() => readWords('diff', ['solutions'], ['lesson'])).toThrow('does not take "solutions"')
})
