import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyDiffs, readPatch, writePatch } from './patch.ts'

const SERVER = `import { createServer } from 'node:http2'

const server = createServer()

server.on('stream', (stream) => {
  stream.respond()
})

server.on('error', (error) => {
  console.error(error)
})
`

const wrong = { says: 'It says nothing.', caught: '03-headers/stays-open' }

describe('a patch as it is written', () => {
  test('reads well: who, what, and the change with its neighbours', () => {
    expect(write({ 'server.ts': SERVER.replace('stream.respond()', 'stream.close()') })).toBe(
      `says: It says nothing.
caught: 03-headers/stays-open

--- server.ts
+++ server.ts
@@ -5,3 +5,3 @@
 server.on('stream', (stream) => {
-  stream.respond()
+  stream.close()
 })
`,
    )
  })

  test('shows as many neighbours as tell the place from others, and no more', () => {
    const once = SERVER.replace('(stream) => {\n', '(stream) => {\n  // Here.\n')
    expect(write({ 'server.ts': once })).toContain(`@@ -5,2 +5,3 @@
 server.on('stream', (stream) => {
+  // Here.
   stream.respond()
`)
    const [before, after] = ['a\n})\n\nb\n})\n\nc\n', 'a\n})\n// Here.\n\nb\n})\n\nc\n']
    const patch = writePatch(wrong, new Map([['server.ts', after]]), new Map([['server.ts', before]]))
    expect(patch).toContain('@@ -1,4 +1,5 @@\n a\n })\n+// Here.\n \n b\n')
  })

  test('has files that are new, and leaves out those that are as in the solution', () => {
    const patch = write({ 'list.js': 'export {}\n', 'server.ts': SERVER })
    expect(patch).toContain('--- /dev/null\n+++ list.js\n@@ -0,0 +1,1 @@\n+export {}\n')
    expect(patch).not.toContain('server.ts')
    expect(write({ 'server.ts': SERVER })).toBeUndefined()
  })
})

describe('what was written comes back byte for byte', () => {
  test.each([
    ['LF', SERVER.replace('respond', 'close')],
    ['CR LF in every line', SERVER.replaceAll('\n', '\r\n')],
    ['CR LF in one line', SERVER.replace('respond()\n', 'respond()\r\n')],
    ['CR within a line', SERVER.replace('respond()', "write('data: a\rdata: b')")],
    ['CR alone for line ends', SERVER.replaceAll('\n', '\r')],
    ['no line end in the last line', SERVER.trimEnd()],
    ['more empty lines at the end', `${SERVER}\n\n`],
    ['an empty file', ''],
    ['spaces at the end of a line', SERVER.replace('respond()', 'respond()  ')],
    ['letters beyond ASCII, and a byte order mark', `\uFEFF${SERVER}// né\u2028 🦊\n`],
    [
      'lines that look like a diff',
      `${SERVER}--- server.ts\n+++ server.ts\n@@ -1,1 +1,1 @@\n\\ No newline\n`,
    ],
  ])('%s', (_what, after) => {
    expect(cycle(SERVER, after)).toBe(after)
  })

  test('any change of any text', () => {
    const line = fc.constantFrom('a', 'b', '', '})', '\r', 'a\rb', '-- a', '++ b', ' ', '\\ a', 'says: no')
    const end = fc.constantFrom('\n', '\r\n', '')
    const text = fc.array(fc.tuple(line, end)).map((lines) => lines.flat().join(''))
    fc.assert(
      fc.property(text, text, (before, after) => {
        if (before !== after) expect(cycle(before, after)).toBe(after)
      }),
    )
  })
})

describe('a patch is applied strictly', () => {
  const change = `--- server.ts\n+++ server.ts\n@@ -5,3 +5,3 @@
 server.on('stream', (stream) => {
-  stream.respond()
+  stream.close()
 })
`
  const apply = (diff: string, server = SERVER) =>
    applyDiffs(readPatch(`says: So.\n\n${diff}`).diffs, new Map([['server.ts', server]])).get('server.ts')

  test('its line numbers may be old, as long as its lines stand there once', () => {
    expect(apply(change, `// New.\n\n${SERVER}`)).toBe(`// New.\n\n${SERVER.replace('respond', 'close')}`)
  })

  test('an editor may have cut off the space of an empty line', () => {
    const diff = `--- server.ts\n+++ server.ts\n@@ -2,3 +2,3 @@\n\n-const server = createServer()\n+let server\n\n`
    expect(apply(diff)).toBe(SERVER.replace('const server = createServer()', 'let server'))
    expect(apply(diff.slice(0, -1))).toBe(SERVER.replace('const server = createServer()', 'let server'))
  })

  test.each([
    [
      'a line that was reworded',
      change,
      SERVER.replace('(stream)', '(s)'),
      'what it shows of server.ts from line 5 on is not in the solution',
    ],
    [
      'a place that there is twice',
      change,
      SERVER + SERVER,
      'what it shows of server.ts from line 5 on stands 2 times in the solution',
    ],
    [
      'an insertion that shows no place',
      '--- server.ts\n+++ server.ts\n@@ -2,0 +3,1 @@\n+x\n',
      SERVER,
      'what it shows of server.ts from line 3 on stands 11 times in the solution',
    ],
    [
      'changes in another order',
      `--- server.ts\n+++ server.ts\n@@ -5,1 +5,1 @@\n-b\n+B\n@@ -9,1 +9,1 @@\n-a\n+A\n`,
      'a\nb\n',
      'its changes of server.ts have another order, or another end of the file',
    ],
    [
      'an end of the file that is another',
      `--- server.ts\n+++ server.ts\n@@ -1,1 +1,1 @@\n-a\n\\ No newline at end of file\n+b\n`,
      'a\n',
      'its changes of server.ts have another order, or another end of the file',
    ],
    [
      'other line ends',
      change.replaceAll('\n', '\r\n'),
      SERVER,
      'what it shows of server.ts from line 5 on is not in the solution',
    ],
    ['another file', change.replaceAll('server.ts', 'page.js'), SERVER, 'the solution has no page.js'],
    [
      'two files for one',
      change.replace('--- server.ts', '--- solutions/server.ts'),
      SERVER,
      '"--- solutions/server.ts" and "+++ server.ts" should name the same file',
    ],
    [
      'a new file that is there',
      '--- /dev/null\n+++ server.ts\n@@ -0,0 +1,1 @@\n+a\n',
      SERVER,
      'the solution has a server.ts as well',
    ],
    ['a file that is named twice', change + change, SERVER, 'it names a file twice'],
    [
      'a wrong number of lines',
      change.replace('+5,3', '+5,4'),
      SERVER,
      'its diff can not be read: Removed line count did not match for hunk at line 5',
    ],
    [
      'a hunk without its first line',
      change.replace('@@ -5', '-5'),
      SERVER,
      'it has lines that are part of no change',
    ],
    ['no diff', 'nothing', SERVER, 'there is no diff in it'],
  ])('%s', (_what, diff, server, says) => {
    expect(() => apply(diff, server)).toThrow(says)
  })
})

test.each([
  ['a line of another kind', 'says: So.\nAnd so.\n', '"And so." is neither "says: …" nor "caught: …"'],
  ['Windows line ends', 'says: So.\r\n', 'its first lines end with CR LF; save it with LF'],
])('what stands before the diff: %s', (_what, about, says) => {
  expect(() => readPatch(`${about}\n--- server.ts\n`)).toThrow(says)
})

function write(files: Record<string, string>): string | undefined {
  return writePatch(wrong, new Map(Object.entries(files)), new Map([['server.ts', SERVER]]))
}

/** Writes a patch from one text to another, reads it, and applies it. */
function cycle(before: string, after: string): string | undefined {
  const solution = new Map([['server.ts', before]])
  const written = writePatch(wrong, new Map([['server.ts', after]]), solution)
  const { about, diffs } = readPatch(written ?? '')
  expect(about).toEqual(wrong)
  return applyDiffs(diffs, solution).get('server.ts')
}
