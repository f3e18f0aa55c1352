/** The file that runs alone: made, and run outside of the project, by the oldest Node that is at hand. */
import { execFile, spawnSync } from 'node:child_process'
import { truncate, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { root } from '../project/paths.ts'
import { type TemporaryFolder, temporaryFolder } from '../testing/folder.ts'
import { http, http2 } from '../testing/web.ts'
import { type Standalone, standalone } from './standalone.ts'

const HEAD = { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' }

/** A Node of this machine that is not the workshop's. */
function otherNode(): string {
  const folders = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.includes('node_modules'))
  const found = folders
    .map((folder) => join(folder, 'node'))
    .find((file) => {
      const { stdout } = spawnSync(file, ['--version'], { encoding: 'utf8' })
      return Number(/^v(\d+)/.exec(stdout ?? '')?.[1]) >= 20
    })
  if (!found)
    console.warn(
      'This machine has no Node of its own: sse-inspect.mjs is run with the Node of the workshop ALONE.',
    )
  return found ?? process.execPath
}

let folder: TemporaryFolder
let made: Standalone
let file: string
beforeAll(async () => {
  folder = await temporaryFolder()
  made = await standalone(root)
  file = join(folder.path, 'sse-inspect.mjs')
  await writeFile(file, made.text)
})
afterAll(() => folder[Symbol.asyncDispose]())

interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

function run(node: string, words: string[], input = ''): Promise<Ended> {
  const { INIT_CWD, NODE_OPTIONS, FORCE_COLOR, ...env } = process.env
  const options = { cwd: folder.path, env: { ...env, NO_COLOR: '1' }, timeout: 60_000, maxBuffer: 2 ** 26 }
  return new Promise((resolve) => {
    const child = execFile(node, words, options, (_, stdout, stderr) => {
      resolve({ code: child.exitCode, stdout, stderr })
    })
    child.stdin?.end(input)
  })
}

test('is one file of a size that nobody minds, and names its licences', () => {
  expect(made.size).toBe(Buffer.byteLength(made.text))
  expect(made.size).toBeLessThan(250_000)
  expect(made.checksum).toMatch(/^[0-9a-f]{64}$/)
  expect(made.text).toContain('Espen Hovland')
  expect(made.text).not.toContain(root)
  const imports = Array.from(made.text.matchAll(/^import .* from "([^"]+)"/gm), ([, name]) => name)
  expect(imports.filter((name) => !name?.startsWith('node:'))).toEqual([])
})

describe.each([
  ['of this machine', otherNode()],
  ['of the workshop', process.execPath],
])('with the Node %s', (_, node) => {
  test('a right stream, over HTTP/1.1 and HTTP/2', async () => {
    await using one = await http((_request, answer) => {
      answer.writeHead(200, HEAD).write('id: 7\ndata: hello\n\n: ping\n\n')
    })
    await using two = await http2((stream) => {
      stream.respond({ ':status': 200, ...HEAD })
      stream.write('data: hello\n\n')
    })
    const first = await run(node, [file, one.origin, '--for', '500ms'])
    expect(first).toMatchObject({ code: 0, stderr: '' })
    expect(first.stdout).toMatch(/message #7 {2}hello\n.*: ping {2}\(a comment: no event\)/)
    expect(first.stdout).toContain('✓ Nothing wrong. 1 note')
    expect(first.stdout.split('\n').filter((line) => line.length > 80)).toEqual([])
    const second = await run(node, [file, two.origin, '--events', '1'])
    expect(second).toMatchObject({ code: 0, stdout: expect.stringContaining('HTTP/2') })
  })

  test('a wrong one, as text, as JSON, and as annotations', async () => {
    await using web = await http((_request, answer) => {
      answer.writeHead(200, HEAD).end('Data: x\n\n')
    })
    const text = await run(node, [file, web.origin])
    expect(text.code).toBe(1)
    expect(text.stdout).toContain(
      [
        '  ✗ Field names are written in small letters. The parser does not know Data, so',
        '    it drops the line.',
        '      came       Data: x␊',
        '                 ^',
        '      should be  data: x␊',
        '      cure       Write data in small letters.',
        '      where      line 1, byte 0',
        '      standard   WHATWG HTML § 9.2.6',
      ].join('\n'),
    )
    const json = await run(node, [file, web.origin, '--json'])
    expect(JSON.parse(json.stdout)).toMatchObject({ schema: 1, passed: false, counts: { error: 1 } })
    const github = await run(node, [file, web.origin, '--github'])
    expect(github.stdout).toMatch(
      /^::error title=letter-case · GET http%3A\/\/localhost%3A\d+\/::Field names are .*%0Acame: Data: x␊%0A/,
    )
  })

  test('what is piped in, what is used wrongly, and what can not be reached', async () => {
    expect(await run(node, [file, '-'], 'data: 1\n\n')).toMatchObject({ code: 0 })
    expect(await run(node, [file, '-', '--lines'], 'data: 1\n\n')).toMatchObject({
      stdout: expect.stringContaining('data: 1␊\n'),
    })
    expect(await run(node, [file, '--hlep'])).toEqual({
      code: 2,
      stdout: '',
      stderr: 'inspect does not know --hlep. All that it knows: --help\n',
    })
    expect(await run(node, [file, 'http://localhost:1/'])).toEqual({
      code: 2,
      stdout: expect.stringMatching(/^\n {2}GET http:\/\/localhost:1\/\n {2}listens for 10 s or 20 events/),
      stderr: "localhost:1 can't be reached: nothing listens there.\n",
    })
    expect(await run(node, [file])).toMatchObject({
      code: 2,
      stdout: expect.stringContaining('sse-inspect.mjs URL'),
    })
  })

  describe('less than 200 MB is taken by a gigabyte', () => {
    test.each([
      ['of events', 'data: hello world\n\n'],
      ['of events without data', 'data\n\n'],
      ['of blank lines', '\n'],
      ['of one line', 'x'],
    ])('%s, sent at full speed', async (_, unit) => {
      await using web = await http((request, answer) => {
        answer.writeHead(200, HEAD)
        const piece = Buffer.from(unit.repeat(Math.ceil(65536 / unit.length)))
        let left = GIGABYTE
        const more = () => {
          while (left > 0 && answer.writable) {
            left -= piece.length
            if (!answer.write(piece)) return
          }
          answer.end()
        }
        answer.on('drain', more)
        request.on('close', () => answer.destroy())
        more()
      })
      expect(await peakOf(node, [web.origin, '--for', '60s'])).toBeLessThan(200e6)
    })

    test('in a file', async () => {
      const name = join(folder.path, 'gigabyte.txt')
      await writeFile(name, 'data: hello\n\n')
      // The rest of it is zeros, which take no room on the disk.
      await truncate(name, GIGABYTE)
      expect(await peakOf(node, [name])).toBeLessThan(200e6)
    })
  })
})

/** How much memory the file takes at most while it runs, in bytes. */
async function peakOf(node: string, words: string[]): Promise<number> {
  const measure = `
    process.on('exit', () => console.error('peak', process.resourceUsage().maxRSS))
    process.argv.splice(1, 0, 'sse-inspect.mjs')
    await import(${JSON.stringify(file)})`
  const { stderr } = await run(node, ['--input-type=module', '-e', measure, ...words])
  return Number(/peak (\d+)/.exec(stderr)?.[1]) * 1024
}

const GIGABYTE = 1e9
