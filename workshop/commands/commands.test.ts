/** The commands from end to end, in a copy of the project without git, typed as a newcomer would type them. */
import { execFile } from 'node:child_process'
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { appendFile, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lessons } from '../../checks/lessons.ts'
import { takePort } from '../../checks/support/server/ports.ts'
import { filesIn } from '../project/files.ts'
import { type Copy, copyProject } from '../testing/copy.ts'

let copy: Copy
beforeAll(async () => {
  copy = await copyProject()
})
afterAll(() => copy[Symbol.asyncDispose]())

const last = lessons.length

describe('what can not work is answered in one line, with exit code 2', () => {
  test.each([
    [
      [],
      'Which command? There are: lesson, check, list, reset, undo, diff, demo, doctor, certs, start, inspect, case, grade, check-lessons, help.',
    ],
    [['lsit'], 'There is no command "lsit". Did you mean "list"?'],
    [
      ['toString'],
      'There is no command "toString". There are: lesson, check, list, reset, undo, diff, demo, doctor, certs, start, inspect, case, grade, check-lessons, help.',
    ],
    [['list', 'all'], 'npm run list does not take "all". It takes no words.'],
    [['doctor', '-v'], 'npm run doctor does not take "-v". It takes no words.'],
    [['certs', 'localhost'], 'npm run certs does not take "localhost". It takes no words.'],
    [['start', '3'], 'npm run start does not take "3". It takes redis, or no words.'],
    [['reset', 'all'], 'npm run reset does not take "all". It takes a lesson (3, or its name).'],
    [['reset', '99'], `There is no lesson 99: lessons go from 1 to ${last}.`],
    [
      ['undo', '3'],
      'There is nothing to undo: no backup of 03-headers was made yet. A backup is made by: npm run reset',
    ],
    [['diff', '3', '4'], 'One lesson at a time: diff can\'t take "4" as well.'],
    [['diff', 'haeders'], '"haeders" is no lesson and no folder. Did you mean "headers"?'],
    [
      ['demo', 'http://localhost:8080'],
      'Browsers speak HTTP/2 only over TLS, so the address must begin with https:// (https://localhost:8080). To take any stream apart: npm run inspect http://localhost:8080',
    ],
  ])('%j', async (words, line) => {
    expect(await copy.run(words)).toEqual({ code: 2, stdout: '', stderr: `${line}\n` })
  })

  test('a port that is none, or that is taken', async () => {
    expect(await copy.run(['start'], { PORT: 'abc' })).toEqual({
      code: 2,
      stdout: '',
      stderr: 'PORT is "abc", but a port is a number from 1 to 65535, such as 8080.\n',
    })
    await using taken = await takePort()
    for (const command of ['start', 'demo 2']) {
      const { code, stderr } = await copy.run(command.split(' '), { PORT: String(taken.port) })
      expect(code).toBe(2)
      expect(stderr).toMatch(/^Port \d+ is taken.*\. Stop that program, or set PORT to another number\.\n$/)
    }
  })
})

describe('what is shown fits 80 columns', () => {
  test.each(['list', 'doctor', 'certs'])('%s', async (command) => {
    const { code, stdout, stderr } = await copy.run([command])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    // A path can't be broken into lines.
    const tooLong = stdout.split('\n').filter((line) => line.length > 80 && !line.includes(copy.root))
    expect(tooLong).toEqual([])
  })
})

test('list shows every lesson, and the state in words and signs', async () => {
  await using fresh = await copyProject()
  const { stdout } = await fresh.run(['list'])
  for (const { title } of lessons) expect(stdout).toContain(title)
  expect(stdout).toContain(`0 of ${last} done`)
  expect(stdout).toMatch(/→ +1 {3}· open {3}/)
})

test('doctor says what is missing and what is broken, and makes nothing', async () => {
  await using fresh = await copyProject()
  await writeFile(join(fresh.root, 'certs/cert.pem'), 'half a pair')
  const { code, stdout } = await fresh.run(['doctor'], { PATH: fresh.root, CHROME_PATH: '/no/such/browser' })
  expect(code).toBe(1)
  expect(stdout).toContain('  ✗ Certificate  can not be used\n')
  expect(stdout).toMatch(/To be mended: Certificate\n$/)
  for (const name of ['openssl', 'git    ']) expect(stdout).toContain(`  – ${name}      not found\n`)
  expect(stdout).toContain('  – Browser      /no/such/browser is no program\n')
  expect(filesIn(join(fresh.root, 'certs')).filter((name) => name.endsWith('.pem'))).toEqual(['cert.pem'])
})

test('a damaged progress file is set aside, and the command goes on', async () => {
  await using fresh = await copyProject()
  expect((await fresh.run(['reset', '3'])).code).toBe(0)
  await writeFile(join(fresh.root, '.workshop/progress.json'), '{"version":1,')
  const { code, stdout, stderr } = await fresh.run(['list'])
  expect(code).toBe(0)
  expect(stdout).toContain(`0 of ${last} done`)
  expect(stderr).toMatch(
    /^Your progress file was damaged\. It is kept as \.workshop\/progress\.damaged-.*; a new one begins\.\n$/,
  )
})

test('a place that can not be written is one line, and nothing is lost', async () => {
  await using fresh = await copyProject()
  const mine = join(fresh.root, 'lessons/03-headers/server.ts')
  await writeFile(mine, 'mine')
  await writeFile(join(fresh.root, '.workshop'), 'in the way')
  const { code, stdout, stderr } = await fresh.run(['reset', '3'])
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toMatch(
    /can't be written: a file stands where a folder must be\. Rename that file first\.\n$/,
  )
  expect(await readFile(mine, 'utf8')).toBe('mine')
})

test('prepare, diff, reset, undo: a learner goes back and forth', async () => {
  await using fresh = await copyProject()
  const folder = join(fresh.root, 'lessons/03-headers')
  expect(await prepare(fresh)).toEqual({ stdout: '', stderr: '' })
  for (const { slug, entry } of lessons)
    expect(filesIn(join(fresh.root, 'lessons', slug), ['starter'])).toContain(entry)

  const untouched = await fresh.run(['diff', '3'])
  expect(untouched.stdout).toContain('starter → solution\nYou have not changed the starter yet.')
  expect(untouched.stdout).toContain('+++ solutions/03-headers/server.ts')

  await appendFile(join(folder, 'server.ts'), '// mine\r\n')
  await writeFile(join(folder, 'notes.md'), 'mine')
  const own = await readFile(join(folder, 'server.ts'))
  const changed = await fresh.run(['diff', 'headers'])
  expect(changed.stdout).toContain('your code → solution')
  expect(changed.stdout).toMatch(/^-\/\/ mine$/m)
  expect(changed.stdout).toContain('Only in lessons/03-headers: notes.md')

  const reset = await fresh.run(['reset', 'lessons/03-headers/'])
  expect(reset.stdout).toMatch(
    /^Lesson 3 is back at its starter: lessons\/03-headers\/\nYour files are kept in \.workshop\/backups\/03-headers\/.*\/\nTo have them back, type: npm run undo 3\n$/,
  )
  expect(filesIn(folder, ['starter'])).toEqual(['server.ts'])
  expect((await fresh.run(['reset', '3'])).stdout).toBe(
    'Lesson 3 is back at its starter: lessons/03-headers/\n',
  )

  expect((await fresh.run(['undo'])).stdout).toMatch(
    /^lessons\/03-headers\/ is as it was, from \.workshop\/backups\//,
  )
  expect(await readFile(join(folder, 'server.ts'))).toEqual(own)
  expect(filesIn(folder, ['starter'])).toEqual(['notes.md', 'server.ts'])
})

test('an install never fails because of prepare', async () => {
  await using fresh = await copyProject()
  await rm(join(fresh.root, 'lessons'), { recursive: true })
  expect(await prepare(fresh)).toEqual({ stdout: '', stderr: '' })
})

test('two at once make one certificate, which is then left alone', async () => {
  await using fresh = await copyProject()
  const both = await Promise.all([fresh.run(['certs']), fresh.run(['certs'])])
  expect(both.map(({ code, stderr }) => ({ code, stderr }))).toEqual([
    { code: 0, stderr: '' },
    { code: 0, stderr: '' },
  ])
  const first = both.map(({ stdout }) => stdout.split('\n')[0]).sort()
  expect(first).toEqual([
    'Made a certificate for localhost.',
    'The certificate is there already. Nothing was changed.',
  ])
  const [cert, key] = await readPair(fresh)
  expect(new X509Certificate(cert).checkPrivateKey(createPrivateKey(key))).toBe(true)

  await rm(join(fresh.root, 'certs/cert.pem'))
  const half = await fresh.run(['certs'])
  expect(half.code).toBe(0)
  expect(half.stdout).toContain('certs/privkey.pem is there, but certs/cert.pem is not. It is kept in')
  const [folder = ''] = (await readdir(join(fresh.root, 'certs'))).filter((name) => name.startsWith('old-'))
  expect(await readFile(join(fresh.root, 'certs', folder, 'privkey.pem'), 'utf8')).toBe(key)
})

/** What npm runs at the end of an install. Rejects when it fails. */
function prepare({ root }: Copy) {
  return promisify(execFile)(process.execPath, [join('workshop', 'prepare.mjs')], { cwd: root })
}

function readPair({ root }: Copy): Promise<[string, string]> {
  const read = (name: string) => readFile(join(root, 'certs', name), 'utf8')
  return Promise.all([read('cert.pem'), read('privkey.pem')])
}
