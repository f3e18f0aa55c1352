/** Streams as the servers and SDKs of these APIs send them, and what goes wrong with them. */
import { describe, expect, test } from 'vitest'
import { parseEvents } from '../../../checks/wire/parse.ts'
import { checkDialect } from './index.ts'
import type { DialectName } from './names.ts'

function judge(
  stream: string,
  {
    ended = true,
    method = 'POST',
    head = [] as [string, string][],
    named = undefined as DialectName | undefined,
  } = {},
) {
  const { events } = parseEvents(new TextEncoder().encode(stream))
  const { dialect, remarks } = checkDialect({ events, ended, method, head: { fields: head } }, named)
  return [dialect?.name, ...remarks.map(({ code }) => code)]
}

const chunk = (content: string, reason: string | null = null) =>
  `data: ${JSON.stringify({ object: 'chat.completion.chunk', choices: [{ index: 0, delta: { content }, finish_reason: reason }] })}\n\n`
const named = (type: string, more = {}) => `event: ${type}\ndata: ${JSON.stringify({ type, ...more })}\n\n`
const rpc = (message: object) => `event: message\ndata: ${JSON.stringify({ jsonrpc: '2.0', ...message })}\n\n`
const part = (type: string, more = {}) => `data: ${JSON.stringify({ type, ...more })}\n\n`

const DONE = 'data: [DONE]\n\n'
const UI: [string, string][] = [['x-vercel-ai-ui-message-stream', 'v1']]
const CLAUDE = [
  named('message_start', { message: { id: 'm1' } }),
  named('content_block_start', { index: 0 }),
  named('ping'),
  named('content_block_delta', { index: 0, delta: { type: 'text_delta', text: 'Hi' } }),
].join('')

describe('openai', () => {
  const begun = `: PROCESSING\n\n${chunk('Hel')}${chunk('lo')}`
  test.each([
    ['right', begun + chunk('', 'stop') + DONE, {}, ['openai']],
    ['cut off', begun, {}, ['openai', 'no-good-end']],
    ['without [DONE]', begun + chunk('', 'stop'), {}, ['openai', 'no-good-end']],
    ['still going', begun, { ended: false }, ['openai', 'not-finished']],
    [
      'something behind the end',
      begun + chunk('', 'stop') + DONE + chunk('x'),
      {},
      ['openai', 'behind-the-end'],
    ],
    [
      'an error',
      `${begun}data: {"error":{"message":"overloaded"}}\n\n${DONE}`,
      {},
      ['openai', 'error-event'],
    ],
    ['a text in between', `${begun}data: OK\n\n${DONE}`, {}, ['openai', 'not-json']],
    [
      'the newer responses',
      named('response.created') +
        named('response.output_text.delta', { delta: 'Hi' }) +
        named('response.completed'),
      {},
      ['openai'],
    ],
    [
      'those, cut off',
      named('response.created') + named('response.output_text.delta', { delta: 'Hi' }),
      {},
      ['openai', 'no-good-end'],
    ],
  ] as const)('%s', (_, stream, options, expected) => expect(judge(stream, options)).toEqual(expected))
})

describe('anthropic', () => {
  test.each([
    ['right', CLAUDE + named('message_delta') + named('message_stop'), ['anthropic']],
    ['cut off', CLAUDE, ['anthropic', 'no-good-end']],
    [
      'an error',
      CLAUDE + named('error', { error: { type: 'overloaded_error', message: 'Overloaded' } }),
      ['anthropic', 'error-event', 'no-good-end'],
    ],
    ['an empty ping', `${CLAUDE}event: ping\ndata:\n\n${named('message_stop')}`, ['anthropic', 'not-json']],
    [
      'two names',
      `${CLAUDE}event: message\ndata: {"type":"message_delta"}\n\n${named('message_stop')}`,
      ['anthropic', 'other-name'],
    ],
  ])('%s', (_, stream, expected) => expect(judge(stream)).toEqual(expected))
})

describe('mcp', () => {
  const response = rpc({ id: 1, result: { content: [{ type: 'text', text: 'done' }] } })
  test.each([
    ['a response', response, {}, ['mcp']],
    [
      'notifications before it',
      rpc({ method: 'notifications/message', params: { level: 'info' } }) + response,
      {},
      ['mcp'],
    ],
    ['a priming event before it', `id: 1\ndata:\n\n${response}`, {}, ['mcp']],
    [
      'the older transport',
      'event: endpoint\ndata: /messages?sessionId=1\n\n',
      { method: 'GET', ended: false },
      ['mcp'],
    ],
    [
      'an error',
      rpc({ id: 1, error: { code: -32601, message: 'Method not found' } }),
      {},
      ['mcp', 'error-event'],
    ],
    ['no response', rpc({ method: 'notifications/message' }), {}, ['mcp', 'no-good-end']],
    ['no envelope', `${response}event: message\ndata: {"id":2,"result":{}}\n\n`, {}, ['mcp', 'no-envelope']],
    [
      'another event',
      `${response}event: update\ndata: {"jsonrpc":"2.0","method":"x"}\n\n`,
      {},
      ['mcp', 'unknown-event'],
    ],
  ] as const)('%s', (_, stream, options, expected) => expect(judge(stream, options)).toEqual(expected))
})

describe('graphql-sse', () => {
  const next = 'event: next\ndata: {"data":{"greetings":"Hi"}}\n\n'
  const complete = 'event: complete\ndata:\n\n'
  test.each([
    ['right', `:\n\n${next}${next}${complete}`, ['graphql-sse']],
    ['cut off', next, ['graphql-sse', 'no-good-end']],
    [
      'errors',
      `event: next\ndata: {"errors":[{"message":"no"}]}\n\n${complete}`,
      ['graphql-sse', 'error-event'],
    ],
    [
      'no result',
      `${next}event: next\ndata: {"greetings":"Hi"}\n\n${complete}`,
      ['graphql-sse', 'no-envelope'],
    ],
    ['another event', `${next}event: update\ndata: {}\n\n${complete}`, ['graphql-sse', 'unknown-event']],
  ])('%s', (_, stream, expected) => expect(judge(stream)).toEqual(expected))
})

describe('ai-sdk', () => {
  const text =
    part('start') +
    part('text-start', { id: 't1' }) +
    part('text-delta', { id: 't1', delta: 'Hi' }) +
    part('text-end', { id: 't1' })
  test.each([
    ['right', text + part('finish') + DONE, UI, ['ai-sdk']],
    ['without its header', text + DONE, [], ['ai-sdk', 'no-envelope']],
    ['cut off', text, UI, ['ai-sdk', 'no-good-end']],
    ['an error', text + part('error', { errorText: 'no' }) + DONE, UI, ['ai-sdk', 'error-event']],
  ] as const)('%s', (_, stream, head, expected) =>
    expect(judge(stream, { head: [...head] })).toEqual(expected),
  )
})

test.each([
  'data: 2026-01-01T00:00:00Z\n\n',
  'data: {"n":1}\n\n',
  'event: tick\ndata: {"type":"tick"}\n\n',
  'data: {"choices":[]}\n\n',
  '',
])('a stream of no dialect: %j', (stream) => expect(judge(stream)).toEqual([undefined]))

test('a dialect that is named is what it is held against', () => {
  expect(judge('data: hello\n\n', { named: 'openai' })).toEqual(['openai', 'not-json', 'no-good-end'])
})
