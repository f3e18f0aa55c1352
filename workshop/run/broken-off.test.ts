import { expect, test } from 'vitest'
import { withoutBrokenOff } from './broken-off.ts'

test('rows of lines on streams that were broken off are one line each', () => {
  const text = `Listening on https://localhost:PORT
A stream failed: Stream closed with error code NGHTTP2_INTERNAL_ERROR
A stream failed: Session closed with error code 2
someone came
Error: read ECONNRESET
    at TLSWrap.onStreamRead (node:internal/stream_base_commons:216:20) {
  errno: -104,
  code: 'ECONNRESET'
}
someone left
`
  expect(withoutBrokenOff(text)).toBe(`Listening on https://localhost:PORT
… 2 lines on streams that the checks broke off …
someone came
… 5 lines on streams that the checks broke off …
someone left
`)
})

test('what tells of nothing of the kind stays as it is', () => {
  for (const text of ['', 'aborted\n', 'a\n  at home\n}\n', 'no line end'])
    expect(withoutBrokenOff(text)).toBe(text)
})
