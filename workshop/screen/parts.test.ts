/** The small parts of the screen: keys, widths, editors, browsers, and what the wire view says of bytes. */
import { chmod } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { editorCommand, editorOf, installedEditors } from '../machine/editor.ts'
import { readKeys } from '../terminal/keys.ts'
import { clip, clipMiddle, columnsOf, fill, fold, rowsOf, windowOf } from '../terminal/layout.ts'
import { type Received, shownBytes } from '../terminal/received.ts'
import { wireRows, wireView } from '../terminal/wire-view.ts'
import { temporaryFolder } from '../testing/folder.ts'

const ESCAPE = '\u001b'

test.each([
  ['a', ['a']],
  ['é🙂', ['é', '🙂']],
  [`${ESCAPE}`, ['escape']],
  [`${ESCAPE}${ESCAPE}`, ['escape', 'escape']],
  [`${ESCAPE}[A${ESCAPE}OBq`, ['up', 'down', 'q']],
  [`${ESCAPE}[5~${ESCAPE}[1;5C\r\u007f`, ['pageup', 'enter', 'backspace']],
  ['\u0003\u001a', ['ctrl-c', 'ctrl-z']],
  ['\u0000\u0001', []],
])('keys of %j', (input, keys) => {
  expect(readKeys(input)).toEqual(keys)
})

describe('widths', () => {
  test('colours take no column, wide letters two', () => {
    expect(columnsOf(`${ESCAPE}[31mred${ESCAPE}[39m`)).toBe(3)
    expect(columnsOf('日本')).toBe(4)
    expect(columnsOf('🙂é␊')).toBe(4)
    expect(rowsOf('x'.repeat(80), 80)).toBe(1)
    expect(rowsOf('x'.repeat(81), 80)).toBe(2)
  })

  test('what is cut ends in a sign, and never in the middle of a colour', () => {
    expect(clip('abcdef', 4)).toBe('abc…')
    expect(clip('日本語', 4)).toBe('日…')
    expect(clip(`${ESCAPE}[31mabcdef${ESCAPE}[39m`, 4)).toBe(`${ESCAPE}[31mabc…${ESCAPE}[0m`)
    expect(fill('ab', 4)).toBe('ab  ')
    expect(clipMiddle('abcdefgh', 5)).toBe('ab…gh')
    expect(clipMiddle('日本語日本語', 6)).toBe('日…語')
    expect(clipMiddle('abcde', 5)).toBe('abcde')
  })

  test('code that is folded keeps every sign', () => {
    const code = "    stream.respond({ ':status': 200, 'content-type': 'text/event-stream' })"
    const lines = fold(code, 40)
    expect(lines.length).toBe(2)
    expect(lines.every((line) => line.length <= 40)).toBe(true)
    expect(lines.join(' ')).toBe(code)
    expect(fold('x'.repeat(100), 40).join('')).toBe('x'.repeat(100))
  })

  test('a window says how much it hides', () => {
    const lines = ['a', 'b', 'c', 'd', 'e']
    expect(windowOf(lines, { columns: 80, rows: 5 }, 0)).toEqual({ lines, last: 0 })
    expect(windowOf(lines, { columns: 80, rows: 3 }, 0)).toEqual({ lines: ['a', 'b', '  ↓ 3 more'], last: 3 })
    expect(windowOf(lines, { columns: 80, rows: 3 }, 9)).toEqual({
      lines: ['d', 'e', '  ↑ 3 above'],
      last: 3,
    })
  })
})

test.each([
  [{ EDITOR: 'vim' }, { program: 'vim', args: ['+7', 'a.ts'], needsTerminal: true }],
  [{ EDITOR: 'vi' }, { program: 'vi', args: ['+7', 'a.ts'], needsTerminal: true }],
  [
    { EDITOR: 'vim', VISUAL: 'code -w' },
    { program: 'code', args: ['-w', '-g', 'a.ts:7'], needsTerminal: false },
  ],
  [
    { TERM_PROGRAM: 'vscode', EDITOR: 'vim' },
    { program: 'code', args: ['-g', 'a.ts:7'], needsTerminal: false },
  ],
  [{ VISUAL: '/opt/bin/hx' }, { program: '/opt/bin/hx', args: ['a.ts:7'], needsTerminal: true }],
  [{ EDITOR: 'ed' }, { program: 'ed', args: ['a.ts'], needsTerminal: true }],
])('the editor of %j', (env, command) => {
  expect(editorCommand({ file: 'a.ts', line: 7 }, editorOf(env))).toEqual(command)
})

test('nobody named an editor, or npm did', () => {
  expect(editorOf({})).toBe('')
  expect(editorOf({ EDITOR: 'vi', npm_lifecycle_event: 'lesson' })).toBe('')
  expect(editorOf({ EDITOR: 'vi', VISUAL: 'vi', npm_lifecycle_event: 'lesson' })).toBe('vi')
})

test.skipIf(process.platform === 'win32')('the editors of this machine are offered', async () => {
  await using folder = await temporaryFolder({ vi: '', nano: '', code: '', 'bin/gedit/file': '' })
  for (const name of ['vi', 'nano']) await chmod(join(folder.path, name), 0o755)
  const path = [folder.path, join(folder.path, 'bin')].join(delimiter)
  expect(installedEditors({ PATH: path })).toEqual(['nano', 'vi'])
  expect(installedEditors({})).toEqual([])
})

describe('the wire view', () => {
  const rows = (text: string) =>
    wireRows(new TextEncoder().encode(text)).map(({ bytes, event }) => [bytes, event])

  test.each([
    ['data: a\n\n', 'message: a'],
    ['event: tick\r\nid: 4\r\ndata: a\r\n\r\n', 'tick: a'],
    ['data\n\n', 'message:'],
    ['data: a\n', '… waits for a blank line'],
    ['Data: a\n\n', '(no data field: no event)'],
    [': a\n\n', '(a comment: no event)'],
    ['id: 1\n\n', '(sets the last event ID)'],
  ])('%j is %j', (text, event) => {
    expect(rows(text)[0]?.[1]).toBe(event)
  })

  test('an event has the id of its own block, and is missed when it was published before', () => {
    const bytes = new TextEncoder().encode('id: 4\ndata: a\ndata: b\n\ndata: c\n\nid: 5\ndata: d\n\n')
    const said = wireRows(bytes, { missed: new Set(['message 4', 'other 5']) }).filter(
      ({ kind }) => kind === 'event',
    )
    expect(said.map(({ event, id }) => [event, id])).toEqual([
      ['missed  message: a', '4'],
      ['                 b', undefined],
      ['message: c', undefined],
      ['message: d', '5'],
    ])
  })

  test('of what is over nobody waits for more, and a browser takes no body for a stream because it is empty', () => {
    const bytes = new Uint8Array()
    const shown = (received: Partial<Received>) =>
      wireView([{ head: '', bytes, ...received }], { paint: (_, text) => text, width: 80, rows: 8 }).join(
        '\n',
      )
    expect(shown({ isStream: true })).toContain('(open, and no byte came yet)')
    expect(shown({ isStream: true, over: 'ended' })).toContain('(no byte came)')
    expect(shown({ isStream: false })).toContain('(a browser would hang up here)')
    expect(shown({})).not.toContain('(')
  })

  test('line ends are visible, and nothing moves the cursor', () => {
    expect(rows(`data: ${ESCAPE}[2J\r\r`)).toEqual([
      ['data: ␛[2J␍', 'message: ␛[2J'],
      ['␍', ''],
    ])
  })

  test('of a long stream whole events are kept', () => {
    const bytes = new TextEncoder().encode('6789\n\ndata: 0123456789\n\ndata: ')
    const shown = (isWhole: boolean) => new TextDecoder().decode(shownBytes({ bytes, isWhole }))
    expect(shown(false)).toBe('data: 0123456789\n\ndata: ')
    expect(shown(true)).toBe('6789\n\ndata: 0123456789\n\ndata: ')
  })
})
