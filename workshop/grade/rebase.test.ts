/** Patches after a solution was reworded, in a real repository. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { lessons } from '../../checks/lessons.ts'
import { temporaryFolder } from '../testing/folder.ts'
import { surveyCases } from './cases.ts'
import { writePatch } from './patch.ts'
import { rebasePatches } from './rebase.ts'

const BEFORE = `import { createServer } from 'node:http2'

// A server.
const server = createServer()

server.on('stream', (stream) => {
  stream.respond()
  stream.end()
})
`

const AFTER = `import { createServer } from 'node:http2'
import { log } from './log.ts'

// A server for everyone.
const server = createServer()

server.on('stream', (stream) => {
  log('a stream')
  stream.respond({ ':status': 200 })
  stream.end()
})
`

/** Beside the line that is reworded. */
const NEIGHBOUR = BEFORE.replace('server = createServer()', 'server = undefined')

test('a patch whose context was reworded is merged, line ends and all', async () => {
  await using project = await repository()
  project.add('plain', { 'server.ts': NEIGHBOUR })
  project.add('with-cr', { 'server.ts': NEIGHBOUR.replace('undefined', "'a\rb'\r"), 'list.js': 'a\r\nb' })
  project.add('no-end', { 'server.ts': NEIGHBOUR.trimEnd() })
  project.commit()
  project.write(SERVER, AFTER)

  expect(await project.rebase()).toEqual({ plain: 'merged', 'with-cr': 'merged', 'no-end': 'merged' })
  const merged = AFTER.replace('server = createServer()', 'server = undefined')
  expect(project.cases()).toEqual({
    plain: { 'server.ts': merged },
    'with-cr': { 'server.ts': merged.replace('undefined', "'a\rb'\r"), 'list.js': 'a\r\nb' },
    'no-end': { 'server.ts': merged.trimEnd() },
  })
  expect(project.read('plain')).toBe(`says: It is plain.

--- server.ts
+++ server.ts
@@ -4,3 +4,3 @@
 // A server for everyone.
-const server = createServer()
+const server = undefined
 
`)
  expect(await project.rebase()).toEqual({})
})

test('a patch that fits is not touched, wherever its place is now', async () => {
  await using project = await repository()
  project.add('at-the-end', { 'server.ts': `${BEFORE}// The end.\n` })
  const patch = project.read('at-the-end')
  project.commit()
  project.write(SERVER, AFTER)
  expect(await project.rebase()).toEqual({})
  expect(project.read('at-the-end')).toBe(patch)
})

test('what can not be merged is named, and left', async () => {
  await using project = await repository()
  project.add('conflict', { 'server.ts': BEFORE.replace('stream.respond()', 'stream.respond({})') })
  project.add('same-now', { 'server.ts': AFTER })
  project.add('elsewhere', { 'server.ts': NEIGHBOUR })
  project.write(`${CASES}/elsewhere.patch`, project.read('elsewhere').replace('// A server', '// Another'))
  project.write(`${CASES}/no-diff.patch`, 'says: It has no diff.\n')
  const names = ['conflict', 'same-now', 'elsewhere', 'no-diff']
  const patches = names.map(project.read)
  project.commit()
  project.write(SERVER, AFTER)

  expect(await project.rebase()).toEqual({
    conflict: 'the solution and the case changed the same lines',
    'same-now': 'the solution now does the same',
    elsewhere:
      'it did not fit in that revision either: what it shows of server.ts from line 3 on is not in the solution',
    'no-diff': 'there is no diff in it',
  })
  expect(names.map(project.read)).toEqual(patches)
  const [conflict] = await rebasePatches('HEAD', project.root)
  expect(conflict?.conflict?.get('server.ts')).toContain(`
<<<<<<< the solution now
  log('a stream')
  stream.respond({ ':status': 200 })
||||||| the solution then
  stream.respond()
=======
  stream.respond({})
>>>>>>> the case
  stream.end()
`)
})

test('a solution that is committed already is compared with the revision before', async () => {
  await using project = await repository()
  project.add('plain', { 'server.ts': NEIGHBOUR })
  project.commit()
  project.write(SERVER, AFTER)
  project.commit()
  expect(await project.rebase()).toEqual({
    plain: expect.stringMatching('it did not fit in that revision either: '),
  })
  expect(await project.rebase('HEAD~1')).toEqual({ plain: 'merged' })
  expect(await project.rebase('nowhere')).toEqual({})
  project.write(SERVER, BEFORE)
  await expect(project.rebase('nowhere')).rejects.toThrow(/\nfatal: .*nowhere/)
})

const SLUG = '03-headers'
const SERVER = `solutions/${SLUG}/server.ts`
const CASES = `checks/${SLUG}/cases/right`

/** A project with one solution and no case yet, in a folder of a repository. */
async function repository() {
  const folder = await temporaryFolder()
  const root = join(folder.path, 'project')
  const write = (name: string, text: string) => {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), text)
  }
  const read = (name: string) => readFileSync(join(root, CASES, `${name}.patch`), 'utf8')
  const git = (...words: string[]) => execFileSync('git', words, { cwd: folder.path, stdio: 'ignore' })
  write(SERVER, BEFORE)
  git('init')
  return {
    root,
    read,
    write,
    add(name: string, files: Record<string, string>) {
      const solution = new Map([['server.ts', BEFORE]])
      const patch = writePatch({ says: `It is ${name}.` }, new Map(Object.entries(files)), solution)
      write(`${CASES}/${name}.patch`, patch ?? '')
    },
    commit() {
      git('add', '--all')
      git(
        '-c',
        'user.name=A',
        '-c',
        'user.email=a@localhost',
        '-c',
        'commit.gpgSign=false',
        'commit',
        '-m',
        'One step',
      )
    },
    /** What became of each patch, by name. */
    async rebase(revision = 'HEAD') {
      const rebased = await rebasePatches(revision, root)
      return Object.fromEntries(rebased.map(({ place, open }) => [place.name, open ?? 'merged']))
    },
    /** The files of each case that can be put together. */
    cases() {
      const { cases } = surveyCases(lessons, root)
      return Object.fromEntries(cases.map(({ name, files }) => [name, Object.fromEntries(files)]))
    },
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  }
}
