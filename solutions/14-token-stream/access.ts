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

/** The page may read the answer also when it sent the cookie of its user along. */
const credentials = { 'access-control-allow-credentials': 'true' }

/** What an answer tells the browser about the page that asks: whether it may read it. */
export function corsOf({ origin }: IncomingHttpHeaders): OutgoingHttpHeaders {
  const vary = { vary: 'origin' } // a cache must not give one origin's answer to another
  if (origin === undefined || !origins.has(origin)) return vary
  return { ...vary, 'access-control-allow-origin': origin, ...credentials }
}

/** The answer to those who only ask what they may, and to those who may not. Undefined for everyone else. */
export function refusalOf(headers: IncomingHttpHeaders): OutgoingHttpHeaders | undefined {
  const { ':method': method, 'content-length': length } = headers
  if (method === 'OPTIONS') return preflight
  // The browser sends a foreign page's POST all the same, and only hides the answer.
  if (method === 'POST' && isForeign(headers)) return { ':status': 403 }
  if (!hasToken(headers)) return { ':status': 401, 'www-authenticate': 'Bearer' }
  if (Number(length) > MOST) return { ':status': 413 }
  return undefined
}

/** Whether the request comes from a page of another origin. Programs other than browsers name none. */
function isForeign({ origin, ':authority': authority }: IncomingHttpHeaders): boolean {
  return origin !== undefined && origin !== `https://${authority}` && !origins.has(origin)
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
  const hash = (value: string) => createHash('sha256').update(value).digest()
  return timingSafeEqual(hash(text), hash(token)) // hashes have the same length
}

/** How many of the places are taken. */
let taken = 0

/** Gives a stream a place, until it closes. Answers false when there is none. */
export function takePlace(stream: ServerHttp2Stream): boolean {
  if (taken >= places) return false
  taken++
  stream.on('close', () => taken--) // however the client leaves
  return true
}
