import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { asWritten } from './printed.ts'

/** What a program that ends of an error prints on stderr, Node's own words with it. */
function printedBy(code: string): string {
  const { stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  })
  return stderr
}

test("an error without a listener has nothing of Node's around it", () => {
  const output = printedBy(`
    import { EventEmitter } from 'node:events'
    console.error('before')
    setImmediate(() => new EventEmitter().emit('error', Object.assign(new Error('gone'), { code: 'EGONE', deep: { a: 1 } })))
  `)
  expect(output).toContain('Node.js v')
  expect(output).toContain('\n}\n')
  const lines = asWritten(output, 0).split('\n')
  expect(lines.filter((line) => !line.includes('at Immediate'))).toEqual(['before', 'Error: gone', ''])
})

test("of an error's calls, those in the learner's own code stay", () => {
  const output = `/home/me/server.ts:3
    broken()
    ^

TypeError: broken is not a function
    at Http2Server.<anonymous> (/home/me/server.ts:3:5)
    at ServerHttp2Stream.respond (file:///home/me/sse/checks/support/probe/calls.mjs:40:12)
    at Http2Server.emit (node:events:514:20)
    at onSessionHeaders (node:internal/http2/core:1:2) {
  code: 'X'
}

Node.js v26.0.0
after
`
  expect(asWritten(output, 1)).toBe(
    'TypeError: broken is not a function\n    at Http2Server.<anonymous> (/home/me/server.ts:3:5)\nafter\n',
  )
})

test('the port of the checks has no number', () => {
  const output = 'Listening on https://localhost:40123\n40123\n1401234 and 8080\n'
  expect(asWritten(output, 40123)).toBe('Listening on https://localhost:PORT\nPORT\n1401234 and 8080\n')
})

test('what a program prints by itself is left alone', () => {
  const own = "{\n  method: 'GET',\n  path: '/'\n}\n\n/home/me:3\nnot thrown\n    at last\n"
  expect(asWritten(own, 1)).toBe(own)
})
