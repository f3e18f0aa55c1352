/** Messages that are too long, and messages that look like something else than a message. */
import type { Client } from '../support/client/client.ts'
import { connectionOf } from '../support/client/connection.ts'
import type { Exchange, Head } from '../support/client/exchange.ts'
import type { Report } from '../support/failure.ts'
import type { CheckContext } from '../support/subject.ts'
import { gather, haveReceived, type Listener, textsOf } from '../support/traffic/audience.ts'
import { eventsOf, fateOf, show } from '../support/traffic/events.ts'
import { beginMessage, sendMessage } from '../support/traffic/messages.ts'
import { seenInstead } from '../support/traffic/silence.ts'
import { visible } from '../wire/bytes.ts'
import { createEventReader, type ParsedEvent } from '../wire/parse.ts'
import { ask, MESSAGE, PATIENCE_MS, statusFault } from './asking.ts'
import { varies } from './cors.ts'

/** How many bytes a message may have. */
const MOST = 64 * 1024

/** A frame has 16 KiB at most, and a message of that length comes in several. */
const PIECE = 'x'.repeat(16 * 1024)

/** So many more pieces are more than a stream has room for while nobody reads it. */
const REST = 16

const PLAIN = { 'content-type': 'text/plain' }

const TOO_LONG = `more than ${MOST} bytes`

const AT = { call: 'respond', path: '/messages' } as const

/** Each character has three bytes: too many of them, and fewer characters than a message may have bytes. */
const EUROS = '€'.repeat(Math.ceil(MOST / 3) + 1)

/** A long message is refused while it comes, and nothing else suffers of it. */
export async function judgeTooLong(context: CheckContext): Promise<Report | undefined> {
  const [listener] = (await gather(context, [1])) as [Listener]
  const { client } = listener
  const unended = (await refuseWhileItComes(client)) ?? (await refuseByLength(client))
  if (unended) return unended
  const declared = client.begin({
    ':method': 'POST',
    ':path': '/messages',
    ...PLAIN,
    'content-length': String(64 * PIECE.length),
  })
  for (let i = 0; i < 64; i++) declared.stream.write(PIECE)
  declared.stream.end()
  const wrong =
    (await tooLongFault(declared, `POST /messages with content-length: ${64 * PIECE.length}`)) ??
    (await tooLongFault(
      sendMessage(client, EUROS),
      `POST /messages with ${EUROS.length} times "€"`,
      'characters',
    ))
  if (wrong) return wrong
  return restFault(listener)
}

/** What becomes of a message that has no end yet, and is too long already. */
async function refuseWhileItComes(client: Client): Promise<Report | undefined> {
  const exchange = beginMessage(client)
  for (let sent = 0; sent < MOST; sent += PIECE.length) exchange.stream.write(PIECE)
  exchange.stream.write('x')
  const expected = `POST /messages → status 413 when ${TOO_LONG} have come`
  const head = await exchange.headWithin(PATIENCE_MS)
  if (!head && !exchange.over) {
    exchange.stream.end()
    const late = await exchange.headWithin(PATIENCE_MS)
    const received = late ? `status ${late.status}, when the body had come to its end` : 'no answer'
    return { expected, received, fault: late?.status === 413 ? 'late' : late ? undefined : 'silent', at: AT }
  }
  return (await answerFault(exchange, head, expected)) ?? (await keptFault(exchange))
}

/** A server may end the stream, or read the rest and drop it. What it neither ends nor reads stays open. */
async function keptFault(exchange: Exchange): Promise<Report | undefined> {
  const { stream } = exchange
  for (let i = 0; i < REST && !exchange.over; i++) stream.write(PIECE)
  if (!exchange.over) stream.end()
  await exchange.until(({ over }) => over, PATIENCE_MS)
  if (exchange.over) return undefined
  const expected = 'the end of the stream when status 413 was sent, or that the rest of the body is read'
  return { expected, received: 'an open stream, whose body nobody reads', fault: 'kept', at: AT }
}

/** What becomes of a message that says how long it will be, and of which nothing has come yet. */
async function refuseByLength(client: Client): Promise<Report | undefined> {
  const length = 900_000_000
  const exchange = client.begin({
    ':method': 'POST',
    ':path': '/messages',
    ...PLAIN,
    'content-length': String(length),
  })
  const head = await exchange.headWithin(PATIENCE_MS)
  const expected = `POST /messages with content-length: ${length} → status 413 before any of it comes`
  const wrong =
    head || exchange.over
      ? await answerFault(exchange, head, expected)
      : { expected, received: 'no answer', fault: 'length' }
  if (!exchange.over) exchange.reset()
  return wrong
}

async function tooLongFault(
  exchange: Exchange,
  name: string,
  fault?: 'characters',
): Promise<Report | undefined> {
  const head = await exchange.headWithin(PATIENCE_MS)
  const wrong = await answerFault(exchange, head, `${name} → status 413`)
  return wrong && { ...wrong, fault: wrong.fault ?? fault }
}

async function answerFault(
  exchange: Exchange,
  head: Head | undefined,
  expected: string,
): Promise<Report | undefined> {
  if (!head) return lostFault(exchange, expected) ?? unansweredFault(exchange, expected)
  if (head.status !== 413) return { expected, received: `status ${head.status}`, at: AT }
  if (!varies(head.headers.vary)) {
    return {
      expected: 'status 413, vary: origin',
      received: `status 413, ${show('vary', head.headers.vary)}`,
      fault: 'vary',
      at: AT,
    }
  }
  await exchange.until(({ ended, over }) => ended || over, PATIENCE_MS)
  if (exchange.ended) return undefined
  const received = exchange.over ? `status 413, and then ${fateOf(exchange)}` : 'status 413, and no end'
  const fault = exchange.over ? 'reset' : 'open'
  return lostFault(exchange, expected) ?? { expected, received, fault, at: AT }
}

/** Where the whole connection ended, it is by chance how much of the answer came before. */
function lostFault(exchange: Exchange, expected: string): Report | undefined {
  const isGoing = connectionOf(exchange.session)?.isGoing
  if (!exchange.lost && !isGoing) return undefined
  const received = exchange.lost ? 'the end of the connection' : 'GOAWAY: no request is taken any more'
  return { expected, received, fault: 'connection' }
}

function unansweredFault(exchange: Exchange, expected: string): Report {
  return { expected, received: seenInstead(exchange).received, fault: exchange.over ? 'reset' : 'silent' }
}

/** The connection goes on, the longest message arrives, and nobody hears of those that were refused. */
async function restFault(listener: Listener): Promise<Report | undefined> {
  const { client, exchange } = listener
  const isOver = () => exchange.over || client.session.closed || client.session.destroyed
  const lost: Report = {
    expected: 'a connection that goes on when a message was too long',
    received: exchange.over ? fateOf(exchange) : 'the end of the connection',
    fault: 'connection',
  }
  if (isOver()) return lost
  const longest = 'y'.repeat(MOST)
  const head = await sendMessage(client, longest).headWithin(PATIENCE_MS)
  if (isOver()) return lost
  const expected = `POST /messages with ${MOST} bytes → status 204`
  if (head?.status !== 204) {
    return { expected, received: head ? `status ${head.status}` : 'no answer', fault: 'exact', at: AT }
  }
  await haveReceived([listener], [longest])
  const texts = textsOf(listener)
  const other = texts.find((text) => text !== longest)
  if (other !== undefined) {
    return {
      expected: 'no message that is too long',
      received: `a message of ${other.length} characters`,
      fault: 'sent',
    }
  }
  return texts.length === 1
    ? undefined
    : { expected: `the ${MOST} bytes in a message`, received: 'no such message', fault: 'exact' }
}

/** Messages that would end their event and begin another one, were their line ends those of the stream. */
const SMUGGLERS = ['\n', '\r\n', '\r'].flatMap((end) => [
  ['Hello', '', 'event: reset', 'data: smuggled', '', ''].join(end),
  ['Hello', 'id: smuggled', 'retry: 98765', 'event: tick'].join(end),
  [`${end}data: smuggled`, end].join(end),
])

/** NUL is a character like any other in data, and a line ends with CR, LF or both, and with nothing else. */
const ODD = ['one\0two', 'id: \0', ': no comment', 'data', 'end\n', 'one\u2028two\u2029three\u0085four\vfive']

/** What is sent becomes one message each, and nothing else comes. */
export async function judgeSmuggling(context: CheckContext): Promise<Report | undefined> {
  const [listener] = (await gather(context, [1])) as [Listener]
  const { client, exchange } = listener
  const texts = ['Before', ...SMUGGLERS, ...ODD, 'After']
  for (const text of texts) {
    const question = { ...MESSAGE, headers: PLAIN, body: text, detail: `with ${visible(text)}` }
    const refused = statusFault(await ask(client, question), 204)
    if (refused) return { ...refused, fault: 'lost' }
  }
  await haveReceived([listener], ['After'])
  const isClock = ({ type, data }: ParsedEvent) => type === 'tick' && /^\d{4}-/.test(data)
  const all = eventsOf(exchange).filter((event) => !isClock(event))
  const events = all.slice(all.findIndex(({ data }) => data === 'Before'))
  for (const [i, text] of texts.entries()) {
    const wanted = text.replace(/\r\n|\r/g, '\n')
    const event = events[i]
    if (event?.type === 'message' && event.data === wanted) continue
    const expected = `data ${visible(wanted)}, for a body of ${visible(text)}`
    if (!event) return { expected, received: 'no event', fault: 'lost' }
    const received =
      event.type === 'message'
        ? `data ${visible(event.data)}`
        : `event: ${visible(event.type)}, data ${visible(event.data)}`
    const isNext =
      event.type === 'message' &&
      texts.slice(i + 1).some((other) => other.replace(/\r\n|\r/g, '\n') === event.data)
    return {
      expected,
      received: isNext ? 'no such message' : received,
      fault: isNext ? 'lost' : /\0/.test(text) ? 'nul' : undefined,
      at: { call: 'write', path: '/events' },
    }
  }
  const { retry, lastEventId } = createEventReader().feed(exchange.bytes)
  if (retry === 98765) return { expected: 'no retry field of a message', received: 'retry: 98765' }
  if (lastEventId === 'smuggled') return { expected: 'no id of a message', received: 'id: smuggled' }
  return undefined
}
