import { expect, test } from 'vitest'
import { saysUtf8 } from './charset.ts'

test.each([
  ['<meta charset="utf-8">', true],
  ["<META CHARSET='UTF8' />", true],
  ['<meta http-equiv=Content-Type content="text/html; charset=UTF-8">', true],
  ['\ufeff<!doctype html>', true],
  ['<meta name="viewport" content="charset=utf-8"><meta charset=utf-8>', true],
  ['<meta charset="iso-8859-1"><meta charset="utf-8">', false],
  ['<!-- <meta charset="utf-8"> -->', false],
  [`${' '.repeat(1024)}<meta charset="utf-8">`, false],
  ['<title>charset=utf-8</title>', false],
])('a page that begins with %j says that it is UTF-8: %j', (html, isUtf8) => {
  expect(saysUtf8('text/html', new TextEncoder().encode(html))).toBe(isUtf8)
})

test('what the head says goes before what the page says', () => {
  expect(saysUtf8('text/html; charset=iso-8859-1', new TextEncoder().encode('<meta charset="utf-8">'))).toBe(
    false,
  )
})
