import { PassThrough } from 'node:stream'
import { finished } from 'node:stream/promises'
import { expect, test } from 'vitest'
import { Output } from './output.ts'

test('little output is kept as it came', () => {
  const output = new Output()
  output.add('one\n')
  output.add('two\n')
  expect(output.text).toBe('one\ntwo\n')
})

test('64 KiB are kept whole; past that, the middle is cut', () => {
  const output = new Output()
  output.add('a'.repeat(32 * 1024))
  output.add('b'.repeat(32 * 1024))
  expect(output.text).toHaveLength(64 * 1024)
  output.add('c')
  expect(output.text).toMatch(/^a{32768}\n… 1 characters are not shown …\nb{32767}c$/)
  for (let i = 0; i < 1000; i++) output.add('d'.repeat(1024))
  expect(output.text).toMatch(/^a{32768}\n… 1024001 characters are not shown …\nd{32768}$/)
})

test('a letter that is split between two chunks stays whole, and both streams are read', async () => {
  let heard = ''
  const output = new Output()
  output.onText = (text) => {
    heard += text
  }
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  output.follow(stdout)
  output.follow(stderr)
  const bytes = Buffer.from('é')
  stdout.write(bytes.subarray(0, 1))
  stderr.end('error ')
  await finished(stderr)
  stdout.end(bytes.subarray(1))
  await finished(stdout)
  expect(output.text).toBe('error é')
  expect(heard).toBe('error é')
})
