import { describe, expect, test } from 'vitest'
import { lintSmuggled } from './lint.ts'

const encode = (text: string) => new TextEncoder().encode(text)

describe('smuggled line ends', () => {
  const smuggled = (stream: string, sent: string[]) => lintSmuggled(encode(stream), sent)

  test.each([
    ['data: hi\nevent: evil\n\n', 'hi\nevent: evil', 9, ['event: evil␊', '^', 'data: event: evil␊']],
    ['data: hi\n\ndata: evil\n\n', 'hi\n\ndata: evil', 9, ['␊', '^', 'data: ␊']],
    ['data: \r\rid: 9\r\n\r\n', '\r\rid: 9', 7, ['␍', '^', 'data: ␍']],
    ['data:a\rb\n\n', 'a\rb', 7, ['b␊', '^', 'data: b␊']],
  ])('%j', (stream, sent, offset, picture) => {
    const [finding] = smuggled(stream, ['other', sent])
    expect(finding).toMatchObject({ code: 'smuggled-line-end', severity: 'error', offset })
    const { line = '', caret = 0, should } = finding?.excerpt ?? {}
    expect([line, `${' '.repeat(caret)}^`, should]).toEqual(picture)
  })

  test('are not found in what was sent right', () => {
    const sent = ['hi\nevent: evil', 'a\n\ndata: b', 'x', 'x\r\n', 'data: c']
    const stream = sent.map(
      (text) =>
        `${text
          .split(/\r?\n/)
          .map((line) => `data: ${line}\n`)
          .join('')}\n`,
    )
    expect(smuggled(stream.join(''), sent)).toEqual([])
  })

  test('are not found where two texts only look alike', () => {
    expect(smuggled('data: a\ndata: b\n\n', ['a\ndata: b', 'a\nb'])).toEqual([])
  })
})
