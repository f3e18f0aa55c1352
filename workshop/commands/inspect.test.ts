/** The command as it is typed, in a copy of the project. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Copy, copyProject } from '../testing/copy.ts'
import { http } from '../testing/web.ts'

const HEAD = { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' }

let copy: Copy
beforeAll(async () => {
  copy = await copyProject()
})
afterAll(() => copy[Symbol.asyncDispose]())

test('Ctrl-C ends it with the report of what came by then', async () => {
  await using web = await http((_, answer) => {
    answer.writeHead(200, HEAD).write('data: hello\n\n')
  })
  const running = copy.start(['inspect', web.origin, '--for', '50s'])
  await running.prints('hello')
  running.child.kill('SIGINT')
  const { code, stdout, stderr } = await running.ended
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout).toContain('It was still open when you left.')
  expect(stdout).toContain('✓ Nothing wrong. 1 note')
})

test('the exit code follows --fail-on, and JUnit is written where the command was typed', async () => {
  const file = join(copy.root, 'stream.txt')
  await writeFile(file, 'retry: 3\ndata: hello\n\n')
  const env = { INIT_CWD: copy.root }
  expect(await copy.run(['inspect', 'stream.txt'], env)).toMatchObject({ code: 0, stderr: '' })
  const strict = ['--fail-on', 'warning', '--junit', 'out.xml']
  expect(await copy.run(['inspect', 'stream.txt', ...strict], env)).toMatchObject({ code: 1 })
  const junit = await readFile(join(copy.root, 'out.xml'), 'utf8')
  expect(junit).toContain('<testsuite name="stream.txt" tests="8" failures="1"')
  expect(junit).toContain('<failure type="short-retry" message="retry counts milliseconds.')
  const github = await copy.run(['inspect', 'stream.txt', '--github'], env)
  expect(github.stdout).toMatch(
    /^::warning file=stream\.txt,line=1,title=short-retry · stream\.txt::retry counts/,
  )
})

test('what can not be reached is one line', async () => {
  expect(await copy.run(['inspect', 'http://localhost:1/', '--json'])).toEqual({
    code: 2,
    stdout: '',
    stderr: "localhost:1 can't be reached: nothing listens there.\n",
  })
  const help = await copy.run(['inspect', '--help'])
  expect(help).toMatchObject({ code: 0, stdout: expect.stringContaining('--direct URL') })
})

test('what a server sends does not get at the terminal', async () => {
  await using web = await http((_, answer) => {
    answer.writeHead(200, HEAD).end('event: \u001b[2J\ndata: \u001b]0;x\u0007\n\nD\u001b[31mata: 1\n\n')
  })
  const { stdout } = await copy.run(['inspect', web.origin])
  expect(stdout).not.toContain('\u001b')
  expect(stdout).toContain('␛[2J')
})
