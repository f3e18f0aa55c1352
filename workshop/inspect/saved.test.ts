import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../testing/folder.ts'
import { http } from '../testing/web.ts'
import { BlockCutter } from './blocks.ts'
import { bytesOfLink } from './link.ts'
import { reportLines } from './render/text.ts'
import { codes, faults, report } from './testing.ts'

async function saved(content: string | Uint8Array) {
  await using folder = await temporaryFolder()
  const path = join(folder.path, 'stream.txt')
  await writeFile(path, content)
  return report(path)
}

const HEAD = 'HTTP/2 200 \r\ncontent-type: text/event-stream\r\ncache-control: no-cache\r\n'

test('a body alone', async () => {
  const told = await saved('data: 1\n\ndata: 2\n\n')
  expect(told).toMatchObject({ passed: true, body: { events: 2 }, end: { how: 'ended' } })
  expect(told.head).toBeUndefined()
  expect(codes(told)).toEqual([])
})

test('head and body, as curl -i writes them', async () => {
  const told = await saved(`${HEAD}\r\ndata: 1\n\nData: 2\n\n`)
  expect(told.head).toMatchObject({ status: 200, version: '2' })
  expect(faults(told)).toEqual(['letter-case'])
  expect(told.findings[0]).toMatchObject({ offset: 9, line: 3 })
})

test.each([
  ['redirects', 'HTTP/1.1 302 Found\r\nlocation: /x\r\n\r\n'],
  ['a hint', 'HTTP/1.1 100 Continue\r\n\r\n'],
  ['a tunnel', 'HTTP/1.1 200 Connection established\r\n\r\n'],
])('the heads of %s come before the one that counts', async (_, before) => {
  expect(codes(await saved(`${before}${HEAD}\r\ndata: 1\n\n`))).toEqual([])
})

test('a head with LF alone, and one without a body', async () => {
  expect(codes(await saved('HTTP/1.1 200 OK\ncontent-type: text/html\n\n<html></html>'))).toContain(
    'other-content-type',
  )
  expect(codes(await saved('HTTP/1.1 404 Not Found\r\n\r\n'))).toEqual(['status-not-found'])
})

test('a compressed body is unpacked, and one that curl has unpacked is read as it is', async () => {
  const head = Buffer.from(`${HEAD}content-encoding: gzip\r\n\r\n`)
  const packed = await saved(Buffer.concat([head, gzipSync('data: 1\n\n')]))
  expect(packed.body).toMatchObject({ events: 1, bytes: 9 })
  const plain = await saved(Buffer.concat([head, Buffer.from('data: 1\n\n')]))
  expect(plain.body.events).toBe(1)
  for (const told of [packed, plain]) expect(faults(told)).toEqual(['content-encoding'])
})

test('a link to the playground where one can hold it, without secrets, and no unfinished block that may be fine', async () => {
  const told = await saved(`${HEAD}set-cookie: sid=9753\r\n\r\nData: 1\n\n`)
  const linked = async ({ playground = '' }) => {
    expect(playground).toMatch(/^http:\/\/localhost:4321\/playground\/#[sz]=/)
    return new TextDecoder().decode(await bytesOfLink(new URL(playground).hash))
  }
  const fields = 'content-type: text/event-stream\ncache-control: no-cache\nset-cookie: …\n'
  expect(await linked(told)).toBe(`HTTP/2 200\n${fields}\nData: 1\n\n`)
  expect((await saved('data: x\n\n'.repeat(1e6))).playground).toBeUndefined()

  await using web = await http((_request, answer) => {
    answer.writeHead(200, { 'content-type': 'text/event-stream' }).write('Data: 1\n\ndata: 2\n\ndata: half')
  })
  const cut = await report(web.origin, '--events', '1')
  expect(await linked(cut)).toMatch(/data: 2\n\n$/)
  const text = reportLines(cut, { width: 80, paint: (_, text) => text }).join('\n')
  expect(text).toContain(`  These bytes in the playground, which npm run site shows:\n  ${cut.playground}`)
  const right = await saved('data: 1\n\n')
  expect(reportLines(right, { width: 80, paint: (_, text) => text }).join('\n')).not.toContain('playground')
})

test('a stream that only looks like a head', async () => {
  expect(faults(await saved('HTTP is a protocol\n\n'))).toEqual(['no-field-name'])
  expect(codes(await saved(''))).toEqual([])
})

test('nothing is there, or a folder', async () => {
  await using folder = await temporaryFolder()
  await expect(report('no-such-file')).rejects.toThrow(
    '"no-such-file" is no address, and no file is called so.',
  )
  await expect(report(folder.path)).rejects.toThrow('is a folder. Name a file, or an address.')
})

test.each([
  ['LF', 'data: 1\n\n\n: x\ndata: 2\n\nrest'],
  ['CRLF', 'data: 1\r\n\r\n\r\n: x\r\ndata: 2\r\n\r\nrest'],
  ['CR', 'data: 1\r\r\r: x\rdata: 2\r\rrest'],
  ['all kinds', 'data: 1\r\n\n\r: x\ndata: 2\r\r\nrest'],
])('blocks are the same however the bytes are cut: %s', (_, text) => {
  const bytes = new TextEncoder().encode(text)
  const whole = new BlockCutter()
  const blocks = whole.feed(bytes).map((block) => new TextDecoder().decode(block).trim())
  expect(blocks).toEqual([
    'data: 1',
    '',
    ': x\ndata: 2'.replace('\n', text.includes(': x\r\n') ? '\r\n' : text.includes(': x\r') ? '\r' : '\n'),
  ])
  for (const size of [1, 2, 3, 5]) {
    const cutter = new BlockCutter()
    const cut: string[] = []
    for (let at = 0; at < bytes.length; at += size)
      for (const block of cutter.feed(bytes.subarray(at, at + size)))
        cut.push(new TextDecoder().decode(block).trim())
    expect(cut, `${size} at a time`).toEqual(blocks)
    expect(new TextDecoder().decode(cutter.rest())).toBe('rest')
  }
})
