/** The playground says of an answer what `inspect` says of the same bytes in a file. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { vectorBytes } from '../../../checks/wire/vector.ts'
import { BYTE_EXAMPLES, HEAD_EXAMPLES } from '../../../workshop/inspect/examples.ts'
import { report } from '../../../workshop/inspect/testing.ts'
import { type TemporaryFolder, temporaryFolder } from '../../../workshop/testing/folder.ts'
import en from '../content/i18n/en.json' with { type: 'json' }
import { speak } from '../lib/say.ts'
import { readAnswer } from './answer.ts'
import { headView } from './head-view.ts'
import { bytesOf, typedFor } from './notation.ts'
import { presets } from './presets.ts'
import { remarksOn } from './remarks.ts'
import { remarksView, summaryOf } from './remarks-view.ts'
import { fromHash } from './share.ts'

const encode = (text: string) => new TextEncoder().encode(text)

const RIGHT = 'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncache-control: no-cache\r\n'

let folder: TemporaryFolder
beforeAll(async () => {
  speak({ lang: 'en', words: en })
  folder = await temporaryFolder()
})
afterAll(() => folder[Symbol.asyncDispose]())

async function inspected(bytes: Uint8Array) {
  const path = join(folder.path, 'stream.txt')
  await writeFile(path, bytes)
  return report(path)
}

const CHAT = `${RIGHT}\r\ndata: {"object":"chat.completion.chunk","choices":[]}\n\ndata: nonsense\n\n`

const ANSWERS: [string, Uint8Array][] = [
  ...presets.map(({ id, typed }): [string, Uint8Array] => [id, bytesOf(typed)]),
  ...Object.entries(BYTE_EXAMPLES).map(([code, stream]): [string, Uint8Array] => [
    code,
    vectorBytes({ stream }),
  ]),
  ...Object.entries(HEAD_EXAMPLES).map(([code, head]): [string, Uint8Array] => [
    code,
    encode(`${head}\n\ndata: 1\n\n`),
  ]),
  ['a dialect', encode(CHAT)],
  ['redirects before it', encode(`HTTP/1.1 302 Found\r\nlocation: /x\r\n\r\n${RIGHT}\r\nData: 1\n\n`)],
  ['a length that is right', encode(`${RIGHT}content-length: 9\r\n\r\ndata: 1\n\n`)],
  ['no blank line behind the head', encode(RIGHT)],
  ['a text that only looks like a head', encode('HTTP is a protocol\n\n')],
]

test.each(ANSWERS)('the same findings as in a file: %s', async (_, bytes) => {
  const told = await inspected(bytes)
  // What is typed stands for the same bytes as what is dropped.
  const { shown } = remarksOn(readAnswer(bytesOf(typedFor(bytes))))
  const sorted = <Item extends { code: string }>(items: readonly Item[]) =>
    [...items].sort((a, b) => a.code.localeCompare(b.code))
  expect(sorted(shown)).toEqual(sorted(told.findings))
})

test.each(ANSWERS)('a report leads to a playground that says the same: %s', async (_, bytes) => {
  const { playground = '', findings } = await inspected(bytes)
  const typed = await fromHash(new URL(playground).hash)
  const { shown } = remarksOn(readAnswer(bytesOf(typed ?? '')))
  expect(shown.map(({ code }) => code).sort()).toEqual(findings.map(({ code }) => code).sort())
})

test('a head at which a browser gives up: its lines, and no event', () => {
  const answer = readAnswer(encode('HTTP/2 200\r\ncontent-type: text/plain\r\nx: <b>\r\n\r\ndata: 1\n\n'))
  expect(answer.stream.state.events).toBe(0)
  const view = headView(answer)
  expect(view).toContain('a browser gives up here')
  expect(view).toContain('<span class="pg-name">x</span>')
  expect(view).toContain('&lt;b&gt;')
  const remarks = remarksOn(answer)
  expect(remarksView(remarks, 0)).toContain('Wrong, in the head.')
  expect(summaryOf(answer, remarks)).toMatch(/^A head, 9 bytes, 0 events, \d remarks?\.$/)
})
