/** A request over HTTP/2, by the client that the checks have. */
import { connect } from 'node:http2'
import { Client } from '../../checks/support/client/client.ts'
import { connectionOf } from '../../checks/support/client/connection.ts'
import type { Exchange } from '../../checks/support/client/exchange.ts'
import type { Answer, Ending, Listener } from './answer.ts'
import { pairs } from './ask-http1.ts'
import type { Opened } from './connect.ts'
import { FrameTap } from './frame-tap.ts'
import type { Ask } from './target.ts'

export function askHttp2({ socket }: Opened, ask: Ask, headers: Ask['headers'], listener: Listener): Answer {
  const sent = performance.now()
  const ms = () => performance.now() - sent
  const tap = new FrameTap(socket)
  const session = connect(ask.url.origin, { createConnection: () => tap, settings: { enablePush: false } })
  const client = new Client(ask.url.origin, session, socket)
  const fields = Object.fromEntries(
    headers.map(([name, value]) => [name === 'host' ? ':authority' : name, value]),
  )
  const exchange = client.request(
    {
      ...fields,
      ':method': ask.method,
      ':scheme': ask.url.protocol.slice(0, -1),
      ':path': ask.url.pathname + ask.url.search,
    },
    ask.body,
  )
  // What is kept is kept by whoever listens.
  exchange.keep = 0
  // Node may hand on bytes before the head that they came with.
  let early: [bytes: Uint8Array, at: number][] | undefined = []
  exchange.stream.once('response', ({ ':status': status = 0 }, _flags, raw) => {
    const rest = pairs(raw).filter(([name]) => !name.startsWith(':'))
    const [first] = early ?? []
    listener.head({ status, version: '2', fields: rest, ms: Math.min(ms(), first?.[1] ?? Infinity) })
    for (const [bytes, at] of early ?? []) listener.bytes(bytes, at)
    early = undefined
  })
  let isLeft = false
  exchange.eachChunk(({ bytes }) => {
    if (isLeft) return
    if (early) early.push([bytes, ms()])
    else listener.bytes(bytes, ms())
  })
  void exchange.done.then(async () => {
    if (!isLeft) listener.end(endingOf(exchange, tap))
    client.destroy()
  })
  return {
    leave() {
      if (isLeft || exchange.over) return
      isLeft = true
      listener.end({ how: 'left' })
      exchange.reset()
      client.destroy()
    },
  }
}

function endingOf(exchange: Exchange, tap: FrameTap): Ending {
  if (tap.ended) return { how: 'ended' }
  if (tap.resetCode !== undefined) return { how: 'reset', code: tap.resetCode }
  const error = connectionOf(exchange.session)?.error
  if (error) return { how: 'refused', why: error }
  // Nobody but our own client has reset it.
  if (exchange.resetCode !== undefined && exchange.resetCode !== 0)
    return {
      how: 'refused',
      why: tap.answered
        ? 'fields that HTTP/2 forbids, or a wrong length'
        : 'a frame that does not belong here',
    }
  return { how: 'broken' }
}
