/** What can be typed behind `inspect`: curl's names for what curl has, and a few words of its own. */
import { parseArgs } from 'node:util'
import type { Severity } from '../../checks/wire/wording.ts'
import { UsageError } from '../errors.ts'
import { nearest } from '../nearest.ts'
import { DIALECT_NAMES, type DialectName } from './dialects/names.ts'
import { ALL, type Values } from './option-table.ts'
import type { Limits } from './recording.ts'
import { type Ask, askFrom, looksLikeUrl } from './target.ts'

export interface Options extends Limits {
  /** What is read: an address, a file, or what is piped in. */
  from: Ask | { file: string } | 'stdin'
  /** Whether every line is shown as it came. */
  lines: boolean
  /** The same stream without the proxy in front of it. */
  direct?: Ask
  /** Whether it connects a second time, with the last event ID. */
  again: boolean
  /** The origin of a page that is to listen, and whether it sends cookies. */
  origin?: string
  credentials: boolean
  dialect?: DialectName
  output: 'text' | 'json' | 'github'
  junit?: string
  /** From which severity on the exit code is 1. */
  failOn: Severity
}

/** How long, and for how many events, a stream is listened to. */
const USUAL = { ms: 10_000, events: 20 }

/** How long it is listened to when a number of events is named, in milliseconds. */
const FOR_EVENTS_MS = 60_000

/** What answers a POST has an end, and the end matters. */
const OF_A_POST = { ms: 60_000, events: Infinity }

/** What is saved has an end. */
const SAVED = { ms: Infinity, events: Infinity }

/**
 * Reads the words behind the command.
 *
 * @throws UsageError for what it does not know, in one line
 */
export function readOptions(words: readonly string[]): Options {
  const typed = words[0] === 'curl' ? words.slice(1) : [...words]
  checkNames(typed)
  const { values, positionals } = parse(typed)
  const from = source([...positionals, ...(values.url ?? [])], values)
  const isSaved = typeof from !== 'object' || 'file' in from
  const origin = values.origin === undefined ? undefined : readOrigin(values.origin)
  if (isSaved) checkNeedsServer(values)
  if (values.credentials && !origin)
    throw new UsageError('--credentials goes with --origin: --origin https://app.example.com --credentials')
  if (values.json && values.github) throw new UsageError('One of --json and --github at a time.')
  return {
    from,
    ...limitsOf(values, isSaved ? SAVED : from.method === 'GET' ? USUAL : OF_A_POST),
    lines: values.lines === true,
    ...(values.direct !== undefined && { direct: directOf(values.direct, from as Ask, values) }),
    again: values.again === true,
    ...(origin && { origin }),
    credentials: values.credentials === true,
    ...(values.dialect !== undefined && { dialect: oneOf('--dialect', values.dialect, DIALECT_NAMES) }),
    output: values.json ? 'json' : values.github ? 'github' : 'text',
    ...(values.junit !== undefined && { junit: values.junit }),
    failOn: oneOf('--fail-on', values['fail-on'] ?? 'error', SEVERITIES),
  }
}

/** Says which word is none, before a value is taken for an address. */
function checkNames(words: string[]): void {
  const { tokens } = parseArgs({ args: words, options: ALL, strict: false, tokens: true })
  for (const token of tokens) {
    if (token.kind !== 'option') continue
    const option = ALL[token.name as keyof typeof ALL] as { type: string } | undefined
    if (!option) throw new UsageError(unknown(token.rawName))
    if (option.type === 'string' && (token.value === undefined || token.value === ''))
      throw new UsageError(`${token.rawName} wants a value behind it.`)
    if (option.type === 'boolean' && token.value !== undefined)
      throw new UsageError(`${token.rawName} takes no value.`)
  }
}

function unknown(name: string): string {
  const meant = nearest(name.replace(/^-+/, ''), Object.keys(ALL))
  const offer = meant ? `Did you mean --${meant}?` : 'All that it knows: --help'
  return `inspect does not know ${name}. ${offer}`
}

function parse(words: string[]): { values: Values; positionals: string[] } {
  try {
    // What checkNames() let pass is taken as it is: a value may begin with a dash.
    return parseArgs({ args: words, options: ALL, strict: false, allowPositionals: true }) as never
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

function source(words: string[], values: Values): Options['from'] {
  const [word, other] = words
  if (word === undefined) {
    throw new UsageError('Which stream? Type an address, a file, or - for what is piped in.')
  }
  if (other !== undefined) {
    throw new UsageError(`One stream at a time: ${shorten(word)} and ${shorten(other)} are two.`)
  }
  if (word === '-') return 'stdin'
  return looksLikeUrl(word) ? askFrom(word, values) : { file: word }
}

/** Another address for the same request. One without a path gets the path of the first. */
function directOf(word: string, from: Ask, values: Values): Ask {
  const direct = askFrom(word, values)
  if (direct.url.pathname === '/' && direct.url.search === '') {
    direct.url.pathname = from.url.pathname
    direct.url.search = from.url.search
  }
  return direct
}

function checkNeedsServer(values: Values): void {
  for (const name of ['direct', 'again', 'origin'] as const)
    if (values[name]) throw new UsageError(`--${name} asks a server: it goes with an address.`)
}

function limitsOf(values: Values, usual: Limits): Limits {
  const time = values.for ?? values['max-time']
  if (time === undefined && values.events === undefined) return usual
  return {
    ms: time === undefined ? Math.max(usual.ms, FOR_EVENTS_MS) : readTime(time),
    events: values.events === undefined ? Infinity : readCount(values.events),
  }
}

function readTime(word: string): number {
  const [, number, unit = 's'] = /^(\d+(?:\.\d+)?)(ms|s|m)?$/.exec(word) ?? []
  const ms = Number(number) * { ms: 1, s: 1000, m: 60_000 }[unit as 's']
  // Node's timers know no longer time.
  if (!(ms > 0 && ms < 2 ** 31))
    throw new UsageError(`"${shorten(word)}" is no time. Type it like 30s, 2m or 500ms.`)
  return ms
}

function readCount(word: string): number {
  if (!/^[1-9]\d{0,8}$/.test(word)) throw new UsageError(`"${shorten(word)}" is no number of events.`)
  return Number(word)
}

function readOrigin(word: string): string {
  const url = URL.canParse(word) ? new URL(word) : undefined
  if (!url || !/^https?:$/.test(url.protocol))
    throw new UsageError(`"${shorten(word)}" is no origin. Type it like https://app.example.com`)
  return url.origin
}

function oneOf<T extends string>(option: string, word: string, names: readonly T[]): T {
  const name = names.find((each) => each === word)
  if (name === undefined) throw new UsageError(`${option} takes one of ${names.join(', ')}.`)
  return name
}

/** A word as far as it helps: a long one may be a secret that stands in the wrong place. */
function shorten(word: string): string {
  return word.length > 40 ? `${word.slice(0, 20)}…` : word
}

const SEVERITIES = ['error', 'warning', 'note'] as const
