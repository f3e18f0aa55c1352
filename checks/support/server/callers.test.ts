import { expect, test } from 'vitest'
import { type Frame, giver } from './callers.ts'

const source = `server.on('stream', (stream, headers) => {
  if (headers[':path'] === '/') reply(stream, { ':status': 200 }, 'Hello')
  else if (headers[':path'] === '/page') answer(stream)
  else stream.respond({ ':status': 404 })
})

function reply(stream: ServerHttp2Stream, head: OutgoingHttpHeaders, body: string) {
  stream.respond(head)
  if (!stream.writableEnded) stream.end(body)
}

const send = (stream, status = 200, type) => {
  stream.respond({
    ':status': status,
    'content-type': type,
  })
}

function answer(stream) {
  const head = { ':status': 200 }
  stream.respond(head)
  send(stream, 200, 'text/html')
}`.split('\n')

/** The frame of a call that stands in a line once. */
function frame(call: string, name: string): Frame {
  const line = source.findIndex((text) => text.includes(call))
  return { file: 'server.ts', line: line + 1, column: source[line]?.indexOf(call) ?? 0, name }
}

const lineOf = (...frames: Frame[]) => giver(frames, () => source)?.line

test('a helper passes on what its caller gave', () => {
  const route = frame("reply(stream, { ':status'", '')
  expect(lineOf({ file: 'server.ts', line: 8, column: 9, name: 'reply' }, route)).toBe(2)
  expect(lineOf(frame('end(body)', 'reply'), route)).toBe(2)
})

test('also in an object, and over several helpers', () => {
  const route = frame('answer(stream)', '')
  expect(
    lineOf(
      { file: 'server.ts', line: 13, column: 9, name: 'send' },
      frame('send(stream, 200', 'answer'),
      route,
    ),
  ).toBe(22)
})

test('a function that has a value of its own gives it, whoever called', () => {
  const respond = { file: 'server.ts', line: 21, column: 9, name: 'answer' }
  expect(lineOf(respond, frame('answer(stream)', ''))).toBe(21)
})

test('what stands in no function with a name stays where it is', () => {
  expect(lineOf(frame("respond({ ':status': 404", ''))).toBe(4)
  expect(giver([], () => source)).toBeUndefined()
  expect(giver([{ file: 'gone.ts', line: 3, column: 0, name: 'reply' }], () => [])?.line).toBe(3)
})
