import { readFile, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline, Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { cureOf } from './cures.ts'

const response = new Writable({ write: (_chunk, _encoding, done) => done() })

// Types would catch most of these mistakes: a learner's program runs without.
// biome-ignore lint/suspicious/noExplicitAny: see above
const stream = response as any
// biome-ignore lint/suspicious/noExplicitAny: see above
const nothing = undefined as any

/** The cure of the error that a piece of code really throws. */
function cureFor(code: () => unknown) {
  try {
    code()
  } catch (error) {
    return cureOf(error as Error)
  }
  throw new Error('nothing was thrown')
}

/** An expression as a learner may have it, with names that are not there. */
const evaluate = (expression: string) => () => new Function(`return ${expression}`)()

test.each<[string, () => unknown, fix: string]>([
  ['what a call gave, for a timer', () => setInterval(stream.write('x'), 1000), 'setInterval(() =>'],
  ['what a call gave, for a listener', () => stream.on('close', nothing), 'Put () =>'],
  ['a path from nowhere', () => readFileSync('page.html'), "new URL('page.html', import.meta.url)"],
  [
    'an address as a text',
    () => readFileSync(`${import.meta.url}page.html`),
    'new URL("page.html", import.meta.url)',
  ],
  ['a whole path', () => readFileSync(join(import.meta.dirname, 'page.html')), 'Compare the path'],
  ['HTTP/1.1: writeHead', () => stream.writeHead(200), "stream.respond({ ':status': 200"],
  ['HTTP/1.1: setHeader', () => stream.setHeader('a', 'b'), 'stream.respond('],
  ['Express: json', () => stream.json({}), 'JSON.stringify(value)'],
  ["the response of 'request'", () => stream.respond({}), "server.on('stream'"],
  ['a misspelt function', () => stream.wrte('x'), 'Check the spelling of wrte, and look at what stream is'],
  ['a forgotten await', () => response.write(Promise.resolve('x')), 'Write await'],
  ['a date', () => response.write(new Date()), 'toISOString()'],
  ['an object', () => response.write({}), 'JSON.stringify()'],
  ['nothing', () => response.write(nothing), 'it is undefined'],
  ['the other pipeline()', () => pipeline(stream, stream), "'node:stream/promises'"],
  ['a forgotten callback', () => readFile('x', nothing), 'ends with Sync'],
  ['a forgotten import', evaluate('readFileSync(1)'), "import { readFileSync } from 'node:fs'"],
  ['another one', evaluate('createSecureServer()'), "import { createSecureServer } from 'node:http2'"],
  [
    'require',
    () => {
      throw new ReferenceError('require is not defined in ES module scope')
    },
    'Use import',
  ],
  [
    '__dirname',
    () => {
      throw new ReferenceError('__dirname is not defined')
    },
    'import.meta.dirname',
  ],
  ['a misspelt name', evaluate('tikc'), 'Check the spelling of tikc'],
  ['the res of older guides', evaluate('res.write(1)'), 'call stream.respond(), write() and end()'],
  ['the req of older guides', evaluate('req.url'), "headers[':path']"],
  ['too early', evaluate('(() => { early; const early = 1 })()'), 'declares early above'],
  ['a constant', evaluate('(() => { const a = 1; a = 2 })()'), 'write === in place of ='],
  ['undefined', evaluate('(() => { let a; return a.split })()'), 'before .split is undefined there'],
])('%s', (_, code, fix) => {
  expect(cureFor(code)?.fix).toContain(fix)
})

test('what has no better words than its own is left alone', () => {
  expect(cureOf(new Error('my own'))).toBeUndefined()
  expect(cureOf(Object.assign(new Error('x'), { code: 'EPIPE' }))).toBeUndefined()
})
