import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders, OutgoingHttpHeaders, ServerHttp2Stream } from 'node:http2'
import { MOST } from './body.ts'

/** Origins whose pages may read and send, beside our own, for example https://app.example. Never * and never null. */
const origins = new Set(
  (process.env.ALLOWED_ORIGINS ?? '')
    .split(',')
    .map((origin) => origin.trim())
    .filter((origin) => origin.includes('://')),
)

/** What clients have to show. Empty when they have to show nothing. */
const token = process.env.ACCESS_TOKEN ?? ''

/** How many streams may be open at a time. */
const places = Number(process.env.MAX_STREAMS ?? 1000)

/** What a page may send. The browser asks for it with OPTIONS, and shows no token there. */
const preflight = {
  ':status': 204,
  'access-control-allow-methods': 'GET, POST',
  'access-control-allow-headers': 'authorization, content-type, last-event-id',
}

/** What an answer tells the browser about the page that asks: whether it may read it. */
export function corsOf({ origin }: IncomingHttpHeaders): OutgoingHttpHeaders {
  // TODO 1: Vary with the origin. Allow one that is among the origins, with credentials, and no other.
  return {}
}

/** The answer to those who only ask what they may, and to those who may not. Undefined for everyone else. */
export function refusalOf(headers: IncomingHttpHeaders): OutgoingHttpHeaders | undefined {
  // TODO 3: OPTIONS gets the preflight answer. A foreign POST gets 403, nobody without the token passes (401), and
  // a body whose content-length is more than MOST gets 413.
  return undefined
}

/** Whether the request comes from a page of another origin. Programs other than browsers name none. */
function isForeign({ origin, ':authority': authority }: IncomingHttpHeaders): boolean {
  // TODO 4: It is neither ours, https:// and the authority, nor one of the origins.
  return false
}

/** Whether the request shows the token, in the cookie named token or as a bearer. */
function hasToken({ authorization, cookie }: IncomingHttpHeaders): boolean {
  if (token === '') return true
  const bearer = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1]
  const kept = /(?:^|; )token=([^;]*)/.exec(cookie ?? '')?.[1]
  return isToken(bearer) || isToken(kept)
}

/** Compares in the same time, however much of it is right. */
function isToken(text = ''): boolean {
  // TODO 5: Compare with timingSafeEqual(). It throws when the two are not of one length.
  return false
}

/** Gives a stream a place, until it closes. Answers false when there is none. */
export function takePlace(stream: ServerHttp2Stream): boolean {
  // TODO 6: Count the streams that are open.
  return true
}
