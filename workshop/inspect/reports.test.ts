/** What people reported of their streams, built anew: each is called by its name, with its cure. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { temporaryFolder } from '../testing/folder.ts'
import { http, http2 } from '../testing/web.ts'
import { faults, HEAD, report, ticking } from './testing.ts'

interface Case {
  says: string
  stream: string | Uint8Array
  finds: string
  /** A word of the cure. */
  cure: RegExp
  /** Right by the standard: it is a note. */
  isRight?: boolean
}

const CASES: Case[] = [
  {
    says: 'a keep-alive comment is wrapped into data',
    stream: 'data: : keep-alive\n\ndata: {"n":1}\n\n',
    finds: 'comment-in-data',
    cure: /without "data: "/,
  },
  {
    says: 'a library adds data: to what has it already',
    stream: 'data: data: {"n":1}\ndata: \ndata: \n\n',
    finds: 'framed-twice',
    cure: /one place only/,
  },
  {
    says: 'a ping with empty data among JSON',
    stream: 'data: {"type":"start"}\n\nevent: ping\ndata: \n\n',
    finds: 'empty-data',
    cure: /comment/,
    isRight: true,
  },
  {
    says: 'the error is sent in a field called error',
    stream: 'data: {"n":1}\n\nerror: {"code":400}\n\n',
    finds: 'event-as-field',
    cure: /event: error/,
  },
  {
    says: 'the name of the event is the name of the field',
    stream: 'endpoint: /messages?session=1\n\n',
    finds: 'event-as-field',
    cure: /event: endpoint/,
  },
  {
    says: 'a compressed body is read as text',
    stream: gzipSync('data: hello\n\n'),
    finds: 'compressed-body',
    cure: /content-encoding: gzip/,
  },
  {
    says: 'a gateway puts its error page behind the events',
    stream: 'data: 1\n\n<html>\n<title>504 Gateway Time-out</title>\n</html>\n',
    finds: 'html-mid-stream',
    cure: /time-out/,
  },
  {
    says: 'an error comes as one JSON document',
    stream: '{\n  "error": {\n    "message": "no such key"\n  }\n}\n',
    finds: 'json-instead',
    cure: /application\/json/,
  },
  {
    says: 'a dict is written with str()',
    stream: "data: {'id': 7, 'ok': True}\n\n",
    finds: 'python-repr',
    cure: /json\.dumps/,
  },
  {
    says: 'each piece is decoded by itself',
    stream: 'data: {"text":"\uFFFD\uFFFDlang"}\n\n',
    finds: 'replacement-character',
    cure: /TextDecoder/,
  },
  {
    says: 'retry is meant as seconds',
    stream: 'retry: 5\ndata: hello\n\n',
    finds: 'short-retry',
    cure: /retry: 5000/,
  },
  {
    says: 'a token stream ends without its last event',
    stream: 'data: {"object":"chat.completion.chunk","choices":[{"delta":{},"finish_reason":"stop"}]}\n\n',
    finds: 'no-good-end',
    cure: /\[DONE\]/,
  },
  {
    says: 'a token stream is cut off',
    stream:
      'data: {"object":"chat.completion.chunk","choices":[{"delta":{"content":"Hel"},"finish_reason":null}]}\n\n',
    finds: 'no-good-end',
    cure: /cut off/,
  },
  {
    says: 'CRLF everywhere',
    stream: 'data: {"n":1}\r\n\r\n',
    finds: 'crlf-line-ends',
    cure: /clients other than browsers/,
    isRight: true,
  },
  {
    says: 'a byte order mark at the start',
    stream: '\uFEFFdata: first\n\n',
    finds: 'leading-bom',
    cure: /clients other than browsers/,
    isRight: true,
  },
  {
    says: 'no space behind the colon',
    stream: 'data:{"n":1}\n\n',
    finds: 'no-space',
    cure: /one space/,
    isRight: true,
  },
]

describe('bytes', () => {
  test.each(CASES)('$says', async ({ stream, finds, cure, isRight = false }) => {
    await using folder = await temporaryFolder()
    const path = join(folder.path, 'stream.bin')
    await writeFile(path, stream)
    const told = await report(path)
    expect(told.findings.map(({ code }) => code)).toEqual([finds])
    expect(told.findings[0]?.fix).toMatch(cure)
    expect(faults(told)).toEqual(isRight ? [] : [finds])
  })
})

describe.concurrent('heads, times and what comes when it is asked again', () => {
  test('content-length: 0, and messages behind it', async () => {
    await using web = await http2((stream) => {
      stream.respond({ ':status': 200, ...HEAD, 'content-length': 0 })
      stream.write('data: 1\n\n')
    })
    const told = await report(web.origin, '--for', '2s')
    expect(faults(told)).toContain('empty-length')
  })

  test('content-length copied from another server', async () => {
    await using web = await http2((stream) => {
      stream.respond({ ':status': 200, ...HEAD, 'content-length': 20 })
      const timer = setInterval(() => stream.write('data: 1\n\n'), 50)
      stream.on('close', () => clearInterval(timer))
    })
    expect(faults(await report(web.origin))).toEqual(['refused-body', 'content-length'])
  })

  test('the page of a login in place of the stream', async () => {
    await using web = await http((_, answer) => {
      answer
        .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
        .end('<!doctype html><title>Log in</title>')
    })
    const told = await report(web.origin)
    expect(faults(told)).toEqual(['other-content-type'])
    expect(told.findings[0]?.fix).toContain('login')
  })

  test('a token in the query is missing', async () => {
    await using web = await http((_, answer) => {
      answer.writeHead(401, { 'content-type': 'application/json' }).end('{"error":"no token"}')
    })
    const told = await report(web.origin)
    expect(faults(told)).toEqual(['status-denied'])
    expect(told.findings[0]?.fix).toContain('token in the query')
  })

  test('a page of another origin is not let in', async () => {
    await using web = await http((_, answer) => {
      answer.writeHead(200, HEAD).write('data: 1\n\n')
    })
    const told = await report(web.origin, '--events', '1', '--origin', 'https://app.example.com')
    expect(told.findings[0]).toMatchObject({
      code: 'no-allow-origin',
      fix: 'Send access-control-allow-origin: https://app.example.com',
    })
  })

  test('ids are sent, and last-event-id is ignored', async () => {
    await using web = await http((request, answer) => {
      answer.writeHead(200, HEAD)
      ticking(request, answer, 30, (count) => `id: ${count + 1}\ndata: event ${count + 1}\n\n`)
    })
    const told = await report(web.origin, '--events', '4', '--again')
    expect(faults(told)).toEqual(['repeats'])
    expect(told.findings[0]?.fix).toContain('last-event-id')
  })

  test('the connection of a session is destroyed after a while', async () => {
    await using web = await http2((stream) => {
      stream.respond({ ':status': 200, ...HEAD })
      const timer = setInterval(() => stream.write('data: 1\n\n'), 50)
      stream.on('close', () => clearInterval(timer))
      setTimeout(() => stream.session?.destroy(), 600)
    })
    expect(faults(await report(web.origin))).toEqual(['broken'])
  })

  test('the page listens to message alone', async () => {
    await using web = await http((_, answer) => {
      answer.writeHead(200, HEAD).write('event: TICKER\ndata: 1\n\n')
    })
    const told = await report(web.origin, '--events', '1')
    expect(told.findings.find(({ code }) => code === 'named-events')?.fix).toContain(
      "addEventListener('TICKER', …)",
    )
  })
})
