import { describe, expect, test } from 'vitest'
import { lintHead, opensStream, type ResponseHead } from './head-rules.ts'

/** A head as curl writes it. */
function head(text: string): ResponseHead {
  const [first = '', ...lines] = text.split('\n')
  const [, version = '', status = ''] = /^HTTP\/(\S+) (\d+)/.exec(first) ?? []
  return {
    version,
    status: Number(status),
    fields: lines.map(
      (line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)] as const,
    ),
  }
}

const codes = (text: string, context = {}) => lintHead(head(text), context).map(({ code }) => code)

const TYPE = 'content-type: text/event-stream'
const PLAIN = `HTTP/2 200\n${TYPE}\ncache-control: no-cache`

describe('a right head gives nothing', () => {
  test.each([
    PLAIN,
    `HTTP/2 200\ncontent-type: Text/Event-Stream;charset=UTF-8\ncache-control: private, no-cache, no-store, max-age=0`,
    `HTTP/2 200\ncontent-type: text/event-stream; charset="utf-8"\ncache-control: no-store`,
    `HTTP/2 200\n${TYPE}\ncache-control: no-cache,no-transform\nx-accel-buffering: no\nx-no-compression: 1`,
  ])('%s', (text) => {
    expect(codes(text)).toEqual([])
    expect(opensStream(head(text))).toBe(true)
  })
})

test.each([
  ['HTTP/2 204', ['status-stop']],
  ['HTTP/2 401', ['status-denied']],
  ['HTTP/2 403\ncontent-type: text/html', ['status-denied']],
  ['HTTP/2 404', ['status-not-found']],
  ['HTTP/2 405', ['status-method']],
  ['HTTP/2 406', ['status-accept']],
  ['HTTP/2 302', ['status-moved']],
  ['HTTP/2 504', ['status-gateway']],
  ['HTTP/2 500', ['status-other']],
  ['HTTP/2 201', ['status-other']],
  ['HTTP/2 200\ncache-control: no-cache', ['no-content-type']],
  ['HTTP/2 200\ncontent-type: text/html; charset=utf-8\ncache-control: no-cache', ['other-content-type']],
  ['HTTP/2 200\ncontent-type: text/event-stream-x\ncache-control: no-cache', ['other-content-type']],
  [`HTTP/2 200\n${TYPE}; charset=utf8\ncache-control: no-cache`, ['other-charset']],
  [`HTTP/2 200\n${TYPE}; charset=iso-8859-1\ncache-control: no-cache`, ['other-charset']],
  [`${PLAIN}\ncontent-length: 0`, ['empty-length']],
  [`${PLAIN}\ncontent-length: 120`, ['content-length']],
  [`${PLAIN}\ncontent-encoding: gzip`, ['content-encoding']],
  [`${PLAIN}\ncontent-encoding: none`, ['encoding-none']],
  [`${PLAIN}\ncontent-encoding: snappy`, ['unknown-encoding']],
  [`${PLAIN}\nconnection: keep-alive`, ['connection-field']],
  [`${PLAIN}\ntransfer-encoding: chunked`, ['connection-field']],
  [`${PLAIN}\nX-Powered-By: x`, ['capital-name']],
  [`HTTP/2 200\n${TYPE}\ncache-control: public, max-age=3600`, ['cacheable']],
  [`HTTP/2 200\n${TYPE}\ncache-control: s-maxage=29, max-age=0`, ['shared-cache']],
  [`HTTP/2 200\n${TYPE}`, ['no-cache-control']],
  [`${PLAIN}\nx-accel-buffering: yes`, ['buffering-on']],
  [
    `${PLAIN.replace('2', '1.1')}\nTransfer-Encoding: identity\nConnection: keep-alive`,
    ['identity-transfer', 'http-1'],
  ],
  [`${PLAIN.replace('2', '1.1')}\ncontent-length: 9\ntransfer-encoding: chunked`, ['two-lengths', 'http-1']],
] as const)('%s: %j', (text, expected) => {
  expect(codes(text)).toEqual(expected)
})

test('the length of a body that ended there is no fault', () => {
  expect(codes(`${PLAIN}\ncontent-length: 120`, { ended: 120 })).toEqual([])
  expect(codes(`${PLAIN}\ncontent-length: 120`, { ended: 119 })).toEqual(['content-length'])
})

test('caches and connections of a browser are no matter of a POST', () => {
  expect(codes(`HTTP/1.1 200\n${TYPE}`, { method: 'POST' })).toEqual([])
})

test('the line is shown with the first wrong character, and as it should be', () => {
  const [finding] = lintHead(head(`HTTP/2 200\ncontent-type: text/event-stream; charset=latin1`))
  expect(finding?.field).toEqual({
    line: 'content-type: text/event-stream; charset=latin1',
    caret: 41,
    should: 'content-type: text/event-stream; charset=utf-8',
  })
})

test('what a server wrote is made visible, and long values are cut', () => {
  const [finding] = lintHead(head(`HTTP/2 200\ncontent-type: ${'x'.repeat(500)}\u001b[2J`))
  expect(finding?.says.length).toBeLessThan(250)
  expect(JSON.stringify(finding)).not.toContain('\u001b')
})
