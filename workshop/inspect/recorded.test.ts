/** The heads of real servers, before what they sent: nothing is wrong with any of them. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { RIGHT } from '../../checks/wire/recorded.ts'
import { vectorBytes } from '../../checks/wire/vectors.ts'
import { temporaryFolder } from '../testing/folder.ts'
import { codes, faults, report } from './testing.ts'

/** Of each server: how its line in the list of streams begins, and its head. Dates and names of products are left out. */
const HEADS: Record<string, string> = {
  'Go net/http':
    'HTTP/1.1 200 OK|Cache-Control: no-cache|Connection: keep-alive|Content-Type: text/event-stream|Transfer-Encoding: chunked',
  Flask:
    'HTTP/1.1 200 OK|Content-Type: text/event-stream; charset=utf-8|Transfer-Encoding: chunked|Connection: close',
  aiohttp:
    'HTTP/1.1 200 OK|Content-Type: text/event-stream|Cache-Control: no-cache|Transfer-Encoding: chunked',
  h3: 'HTTP/1.1 200 |cache-control: private, no-cache, no-store, no-transform, must-revalidate, max-age=0|content-type: text/event-stream|x-accel-buffering: no|Connection: keep-alive|Keep-Alive: timeout=5|Transfer-Encoding: chunked',
  hono: 'HTTP/1.1 200 OK|cache-control: no-cache|connection: keep-alive|content-type: text/event-stream|transfer-encoding: chunked',
  'better-sse':
    'HTTP/2 200 |cache-control: private, no-cache, no-store, no-transform, must-revalidate, max-age=0|content-type: text/event-stream|pragma: no-cache|x-accel-buffering: no',
  express:
    'HTTP/1.1 200 OK|X-Powered-By: Express|Content-Type: text/event-stream|Cache-Control: no-cache|Connection: keep-alive|Vary: Accept-Encoding|Transfer-Encoding: chunked',
  '@fastify/sse':
    'HTTP/1.1 200 OK|content-type: text/event-stream|cache-control: no-cache|connection: keep-alive|x-accel-buffering: no|Transfer-Encoding: chunked',
  'fastify-sse-v2':
    'HTTP/2 200 |content-type: text/event-stream; charset=utf-8|cache-control: no-cache,no-transform|x-no-compression: 1',
  FastAPI:
    'HTTP/1.1 200 OK|content-type: text/event-stream; charset=utf-8|cache-control: no-cache|x-accel-buffering: no|Transfer-Encoding: chunked',
  'sse-starlette':
    'HTTP/1.1 200 OK|cache-control: no-store|connection: keep-alive|x-accel-buffering: no|content-type: text/event-stream; charset=utf-8|Transfer-Encoding: chunked',
  PHP: 'HTTP/1.1 200 OK|Connection: close|Content-type: text/event-stream;charset=UTF-8|Cache-Control: no-cache',
  Sinatra:
    'HTTP/1.1 200 OK|Content-Type: text/event-stream;charset=utf-8|X-Content-Type-Options: nosniff|Transfer-Encoding: chunked',
  'sse-channel':
    'HTTP/1.1 200 OK|Content-Type: text/event-stream;charset=UTF-8|Cache-Control: no-cache|Connection: keep-alive|Transfer-Encoding: chunked',
  'sse-pubsub':
    'HTTP/1.1 200 OK|Content-Type: text/event-stream|Cache-Control: s-maxage=29, max-age=0, stale-while-revalidate=0, stale-if-error=0, no-transform|Connection: keep-alive|Transfer-Encoding: chunked',
  ssestream:
    'HTTP/1.1 200 OK|Content-Type: text/event-stream; charset=utf-8|Transfer-Encoding: identity|Cache-Control: no-cache|Connection: keep-alive',
  'graphql-sse':
    'HTTP/1.1 200 OK|connection: keep-alive|cache-control: no-cache|content-encoding: none|content-type: text/event-stream; charset=utf-8|Transfer-Encoding: chunked',
  '@modelcontextprotocol':
    'HTTP/1.1 200 OK|Content-Type: text/event-stream|Cache-Control: no-cache, no-transform|Connection: keep-alive|X-Accel-Buffering: no|Transfer-Encoding: chunked',
  Response:
    'HTTP/1.1 200 OK|Content-Type: text/event-stream|Connection: keep-alive|Cache-Control: no-cache, no-transform|Transfer-Encoding: chunked',
  ai: 'HTTP/1.1 200 OK|cache-control: no-cache|connection: keep-alive|content-type: text/event-stream|x-accel-buffering: no|x-vercel-ai-ui-message-stream: v1|Transfer-Encoding: chunked',
  'a server of chat':
    'HTTP/1.1 200 OK|content-type: text/event-stream; charset=utf-8|cache-control: no-cache|Connection: keep-alive|Keep-Alive: timeout=5|Transfer-Encoding: chunked',
}

const DIALECTS: Record<string, string> = {
  'graphql-sse': 'graphql-sse',
  '@modelcontextprotocol': 'mcp',
  ai: 'ai-sdk',
  'a server of chat': 'openai',
}

/** What is right with a server, and worth a note. */
const NOTES: Record<string, string> = {
  'graphql-sse': 'encoding-none',
  ssestream: 'identity-transfer',
  'sse-pubsub': 'shared-cache',
  Flask: 'no-cache-control',
  aiohttp: 'crlf-line-ends',
  'better-sse': 'no-space',
}

describe('a right stream with its head has no fault', () => {
  test.each(Object.entries(HEADS))('%s', async (name, head) => {
    const recorded = RIGHT.filter(
      ({ from }) => from.startsWith(name) && !/^[\w-]/.test(from.slice(name.length)),
    )
    expect(recorded).not.toEqual([])
    for (const each of recorded) {
      await using folder = await temporaryFolder()
      const path = join(folder.path, 'stream.txt')
      const begin = Buffer.from(`${head.replaceAll('|', '\r\n')}\r\n\r\n`)
      await writeFile(path, Buffer.concat([begin, vectorBytes(each)]))
      const told = await report(path)
      expect(faults(told), each.from).toEqual([])
      expect(told.dialect).toBe(DIALECTS[name])
      if (NOTES[name]) expect(codes(told)).toContain(NOTES[name])
    }
  })
})
