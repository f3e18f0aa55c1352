/** The linter's rules about the head of an answer: whether an event stream follows, and what may happen to it. Pure. */

import { type ByteExcerpt, visible } from './bytes.ts'
import { HEAD_WORDS, type HeadCode } from './head-words.ts'
import { type Reference, type Severity, STANDARD, type Words } from './wording.ts'

export interface ResponseHead {
  status: number
  /** `1.0`, `1.1` or `2`. */
  version: string
  /** Every field line as it came, in order, without pseudo-header fields. */
  fields: readonly (readonly [name: string, value: string])[]
}

/** What is known besides. */
export interface HeadContext {
  /** The request's method: GET by default, as of an EventSource. */
  method?: string
  /** The length of a body that ended well, in bytes as they were sent. */
  ended?: number
}

/** One thing worth saying about a head. */
export interface HeadFinding {
  code: HeadCode
  severity: Severity
  says: string
  fix: string
  standard?: Reference
  /** The line of the head, with its first wrong character. */
  field?: ByteExcerpt
}

/** What a rule finds; the words are added to it. */
interface Spot {
  code: HeadCode
  severity?: Severity
  /** The name of the field as it came. */
  name?: string
  /** What `{value}` and `{meant}` stand for. */
  value?: string
  meant?: string
  /** The line's whole value, where `value` is another text. */
  whole?: string
  /** Where it goes wrong: in characters from the start of the value; -1 for the name. */
  at?: number
  /** The line as it should be; undefined for one that should not be there. */
  should?: string
}

/** The media type that a browser reads events from: WHATWG HTML § 9.2.3. */
const EVENT_STREAM = 'text/event-stream'

/** Whether a browser reads events from an answer: WHATWG HTML § 9.2.3. */
export function opensStream({ status, fields }: Pick<ResponseHead, 'status' | 'fields'>): boolean {
  return status === 200 && mediaType(fieldOf(fields, 'content-type') ?? '') === EVENT_STREAM
}

/** Lints a head. A right one gives no error and no warning. */
export function lintHead(head: ResponseHead, context: HeadContext = {}): HeadFinding[] {
  const status = statusSpot(head)
  if (status) return [toFinding(status)]
  const get = ['GET', 'HEAD'].includes(context.method ?? 'GET')
  const spots = [
    ...typeSpots(head),
    ...lengthSpots(head, context),
    ...encodingSpots(head),
    ...connectionSpots(head),
    ...(get ? cacheSpots(head) : []),
    ...bufferSpots(head),
    ...(get && head.version !== '2' ? [{ code: 'http-1', value: head.version } as const] : []),
  ]
  return spots.map(toFinding)
}

/** The first value that a field has, without the spaces around it. */
export function fieldOf(fields: ResponseHead['fields'], name: string): string | undefined {
  return fields.find(([given]) => given.toLowerCase() === name)?.[1].trim()
}

function statusSpot({ status }: ResponseHead): Spot | undefined {
  if (status === 200) return undefined
  const value = String(status)
  const named: Record<number, HeadCode> = {
    204: 'status-stop',
    401: 'status-denied',
    403: 'status-denied',
    404: 'status-not-found',
    410: 'status-not-found',
    405: 'status-method',
    406: 'status-accept',
    502: 'status-gateway',
    503: 'status-gateway',
    504: 'status-gateway',
  }
  const isMoved = [301, 302, 303, 307, 308].includes(status)
  return { value, code: isMoved ? 'status-moved' : (named[status] ?? 'status-other') }
}

function typeSpots({ fields }: ResponseHead): Spot[] {
  const value = fieldOf(fields, 'content-type')
  const should = `content-type: ${EVENT_STREAM}`
  if (value === undefined) return [{ code: 'no-content-type' }]
  const type = mediaType(value)
  if (type !== EVENT_STREAM)
    return [{ code: 'other-content-type', name: 'content-type', value: type, whole: value, should }]
  const charset = CHARSET.exec(value)
  const named = charset?.[2] ?? 'utf-8'
  if (!charset || named.toLowerCase() === 'utf-8') return []
  const at = charset.index + (charset[1] ?? '').length
  const line = { name: 'content-type', whole: value, at, should: `${should}; charset=utf-8` }
  return [{ code: 'other-charset', value: named, ...line }]
}

function lengthSpots({ fields }: ResponseHead, { ended }: HeadContext): Spot[] {
  const value = fieldOf(fields, 'content-length')
  if (value === undefined) return []
  if (fieldOf(fields, 'transfer-encoding') !== undefined)
    return [{ code: 'two-lengths', name: 'content-length', value }]
  if (Number(value) === 0) return [{ code: 'empty-length', name: 'content-length', value }]
  if (Number(value) === ended) return []
  return [{ code: 'content-length', name: 'content-length', value }]
}

function encodingSpots({ fields }: ResponseHead): Spot[] {
  const value = fieldOf(fields, 'content-encoding')
  if (value === undefined || value === '') return []
  const codings = value.toLowerCase().split(/\s*,\s*/)
  const name = 'content-encoding'
  if (codings.every((coding) => NO_CODING.has(coding))) return [{ code: 'encoding-none', name, value }]
  const unknown = codings.find((coding) => !CODINGS.has(coding))
  if (unknown !== undefined) return [{ code: 'unknown-encoding', name, value }]
  return [{ code: 'content-encoding', name, value }]
}

function connectionSpots({ version, fields }: ResponseHead): Spot[] {
  if (version !== '2') {
    const value = fieldOf(fields, 'transfer-encoding')
    return value?.toLowerCase() === 'identity'
      ? [{ code: 'identity-transfer', name: 'transfer-encoding', value }]
      : []
  }
  return fields.flatMap(([name, value]): Spot[] => {
    if (CONNECTION_FIELDS.has(name.toLowerCase())) return [{ code: 'connection-field', name, value, at: -1 }]
    const meant = name.toLowerCase()
    if (name === meant) return []
    return [{ code: 'capital-name', name, value, at: -1, meant, should: `${meant}: ${value}` }]
  })
}

function cacheSpots({ fields }: ResponseHead): Spot[] {
  const value = fieldOf(fields, 'cache-control')
  if (value === undefined) return [{ code: 'no-cache-control' }]
  const directives = new Map(
    value.split(',').map((part) => {
      const [name = '', seconds = ''] = part.trim().toLowerCase().split('=')
      return [name, Number(seconds.replaceAll('"', ''))]
    }),
  )
  if (directives.has('no-cache') || directives.has('no-store')) return []
  const line = { name: 'cache-control', whole: value, should: 'cache-control: no-cache' }
  const own = directives.get('max-age') ?? 0
  if (own > 0) return [{ code: 'cacheable', value: seconds(own), ...line }]
  const shared = directives.get('s-maxage') ?? 0
  return shared > 0 ? [{ code: 'shared-cache', value: seconds(shared), ...line }] : []
}

function bufferSpots({ fields }: ResponseHead): Spot[] {
  const value = fieldOf(fields, 'x-accel-buffering')
  return value?.toLowerCase() === 'yes' ? [{ code: 'buffering-on', name: 'x-accel-buffering', value }] : []
}

function toFinding(spot: Spot): HeadFinding {
  const words: Words = HEAD_WORDS[spot.code]
  const values = { name: spot.name?.toLowerCase(), value: spot.value, meant: spot.meant }
  return {
    code: spot.code,
    severity: spot.severity ?? words.severity,
    says: fillIn(words.says, values),
    fix: fillIn(words.fix, values),
    ...(words.standard && { standard: STANDARD[words.standard] }),
    ...(spot.name !== undefined && { field: excerptOf(spot) }),
  }
}

/** Puts values in the place of `{names}`. They are made visible, and cut when they are long. */
export function fillIn(text: string, values: Record<string, string | undefined>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name]
    if (value === undefined) return whole
    const shown = visible(value)
    return shown.length > LONGEST ? `${shown.slice(0, LONGEST)}…` : shown
  })
}

function excerptOf({ name = '', value = '', whole = value, at = 0, should = '' }: Spot): ByteExcerpt {
  const line = visible(`${name}: ${whole}`)
  const caret = at < 0 ? 0 : visible(`${name}: ${whole.slice(0, at)}`).length
  return { line: line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line, caret, should }
}

/** `text/event-stream` of `Text/Event-Stream; charset=utf-8`. */
function mediaType(value: string): string {
  return (value.split(';')[0] ?? '').trim().toLowerCase()
}

function seconds(count: number): string {
  return count === 1 ? 'a second' : `${count} seconds`
}

const CHARSET = /(;\s*charset\s*=\s*"?)([^";\s]*)/i

/** Fields that belong to a connection, not to an answer: RFC 9113 § 8.2.2. */
const CONNECTION_FIELDS: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'upgrade',
])

/** Content codings that clients unpack: RFC 9110 § 8.4.1, RFC 7932, RFC 8878. */
const CODINGS: ReadonlySet<string> = new Set(['gzip', 'x-gzip', 'deflate', 'br', 'zstd'])

const NO_CODING: ReadonlySet<string> = new Set(['none', 'identity', 'utf-8', 'utf8'])

/** So many characters of a value are shown. */
const LONGEST = 60
