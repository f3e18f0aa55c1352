/** A request over HTTP/1.1. */
import { type IncomingMessage, request } from 'node:http'
import type { Answer, Ending, Listener } from './answer.ts'
import type { Opened } from './connect.ts'
import type { Ask } from './target.ts'

export function askHttp1({ socket }: Opened, ask: Ask, headers: Ask['headers'], listener: Listener): Answer {
  const sent = performance.now()
  const ms = () => performance.now() - sent
  const outgoing = request({
    createConnection: () => socket,
    host: ask.url.host,
    method: ask.method,
    path: ask.url.pathname + ask.url.search,
    setHost: false,
    headers: headersOf(ask, headers),
  })
  let isOver = false
  const end = (ending: Ending) => {
    if (isOver) return
    isOver = true
    socket.destroy()
    listener.end(ending)
  }
  outgoing.on('error', (error) => end(endingOf(error)))
  outgoing.on('close', () => end({ how: 'broken' }))
  outgoing.on('response', (answer: IncomingMessage) => {
    const { statusCode = 0, httpVersion, rawHeaders } = answer
    listener.head({ status: statusCode, version: httpVersion, fields: pairs(rawHeaders), ms: ms() })
    answer.on('data', (bytes: Buffer) => {
      if (!isOver) listener.bytes(bytes, ms())
    })
    answer.on('end', () => end(answer.complete ? { how: 'ended' } : { how: 'broken' }))
    answer.on('error', (error) => end(endingOf(error)))
  })
  outgoing.end(ask.body)
  return { leave: () => end({ how: 'left' }) }
}

function headersOf(ask: Ask, headers: Ask['headers']): string[] {
  const flat = headers.flat()
  if (!headers.some(([name]) => name === 'host')) flat.unshift('host', ask.url.host)
  // Browsers keep the connection; some servers answer otherwise to those that do not.
  flat.push('connection', 'keep-alive')
  if (ask.body) flat.push('content-length', String(ask.body.length))
  return flat
}

/** Node's parser names what it can't read: `HPE_…`. */
function endingOf(error: NodeJS.ErrnoException): Ending {
  const { code = '', message } = error
  return code.startsWith('HPE_')
    ? { how: 'refused', why: message.replace(/^Parse Error: /, '') }
    : { how: 'broken' }
}

export function pairs(flat: readonly string[]): [name: string, value: string][] {
  return flat.flatMap((name, index) =>
    index % 2 === 0 ? [[name, flat[index + 1] ?? ''] as [string, string]] : [],
  )
}
