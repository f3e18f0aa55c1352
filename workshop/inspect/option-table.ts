/** Every option of `inspect`, by its name. */
import type { parseArgs } from 'node:util'

const text = { type: 'string' } as const
const many = { type: 'string', multiple: true } as const
const flag = { type: 'boolean' } as const

/** Options that curl has, by curl's names. */
const CURL = {
  request: { ...text, short: 'X' },
  header: { ...many, short: 'H' },
  data: { ...many, short: 'd' },
  'data-raw': many,
  'data-ascii': many,
  'data-binary': many,
  'data-urlencode': many,
  get: { ...flag, short: 'G' },
  cookie: { ...many, short: 'b' },
  user: { ...text, short: 'u' },
  'user-agent': { ...text, short: 'A' },
  referer: { ...text, short: 'e' },
  url: many,
  'max-time': { ...text, short: 'm' },
  cacert: text,
  insecure: { ...flag, short: 'k' },
  'http1.1': flag,
  http2: flag,
  'http2-prior-knowledge': flag,
} as const

/** Those that say what is done here anyway. */
const SILENT = {
  location: { ...flag, short: 'L' },
  include: { ...flag, short: 'i' },
  'no-buffer': { ...flag, short: 'N' },
  silent: { ...flag, short: 's' },
  'show-error': { ...flag, short: 'S' },
  fail: { ...flag, short: 'f' },
  verbose: { ...flag, short: 'v' },
  globoff: { ...flag, short: 'g' },
  compressed: flag,
} as const

const OWN = {
  for: text,
  events: text,
  lines: flag,
  direct: text,
  again: flag,
  origin: text,
  credentials: flag,
  dialect: text,
  json: flag,
  github: flag,
  junit: text,
  'fail-on': text,
} as const

export const ALL = { ...CURL, ...SILENT, ...OWN }

/** The values of the options that were typed. */
export type Values = ReturnType<typeof parseArgs<{ options: typeof ALL }>>['values']
