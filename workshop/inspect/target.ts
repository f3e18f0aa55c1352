/** What is asked for, and of whom: an address with method, headers and body, as curl's options name them. */
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { errorCode, UsageError } from '../errors.ts'
import { typedIn } from '../typed-in.ts'
import type { Values } from './option-table.ts'

/** A request, and how the connection for it is made. */
export interface Ask {
  url: URL
  method: string
  /** In small letters, as HTTP/2 has them; what is sent by itself is not in it. */
  headers: [name: string, value: string][]
  body?: Uint8Array
  /** `auto`: what the server agrees to; `h2c`: HTTP/2 without TLS, with prior knowledge. */
  http: 'auto' | '1.1' | 'h2c'
  /** Whether any certificate will do. */
  insecure: boolean
  /** Certificates of authorities to trust besides, as PEM. */
  ca?: string
}

/** Whether a word is an address, and not the name of a file. */
export function looksLikeUrl(word: string): boolean {
  if (/^https?:\/\//i.test(word)) return true
  if (/^[a-z][a-z\d+.-]*:\/\//i.test(word))
    throw new UsageError(
      `${word.split('://')[0]}:// is no address of a web server. Type http:// or https://.`,
    )
  if (existsSync(resolve(typedIn(), word))) return false
  return HOST.test(word)
}

/** The request that was typed. */
export function askFrom(word: string, values: Values): Ask {
  const url = readUrl(word)
  const data = bodyOf(values)
  if (values.get && data !== undefined) {
    url.search += `${url.search === '' ? '?' : '&'}${data}`
  }
  const body = values.get ? undefined : data
  const { user, cookie = [] } = values
  const headers = headersOf(values, body !== undefined)
  const add = (name: string, value: string | undefined) => {
    if (value !== undefined && !headers.some(([given]) => given === name)) headers.push([name, value])
  }
  const account = user ?? (url.username === '' ? undefined : decoded(`${url.username}:${url.password}`))
  url.username = ''
  url.password = ''
  add('authorization', account && `Basic ${Buffer.from(account).toString('base64')}`)
  add('cookie', cookie.length > 0 ? cookie.map(cookieText).join('; ') : undefined)
  add('user-agent', values['user-agent'])
  add('referer', values.referer)
  return {
    url,
    method: methodOf(values.request, body !== undefined),
    headers: headers.filter(([name, value]) => value !== '' && !OF_THE_CONNECTION.has(name)),
    ...(body !== undefined && { body: Buffer.from(body) }),
    http: httpOf(url, values),
    insecure: values.insecure === true,
    ...(values.cacert !== undefined && { ca: readText(values.cacert, '--cacert') }),
  }
}

function readUrl(word: string): URL {
  const full = /^https?:\/\//i.test(word) ? word : `http://${word}`
  if (!URL.canParse(full))
    throw new UsageError('This is not a complete address. Type it like http://localhost:3000/events')
  const url = new URL(full)
  url.hash = ''
  return url
}

function methodOf(typed: string | undefined, hasBody: boolean): string {
  const method = typed ?? (hasBody ? 'POST' : 'GET')
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(method)) throw new UsageError(`-X wants the name of a method: -X POST`)
  return method.toUpperCase()
}

function headersOf({ header = [] }: Values, hasBody: boolean): Ask['headers'] {
  const headers = header.map((line): [string, string] => {
    const [, name, value = ''] = /^([\w!#$%&'*+.^`|~-]+)\s*[:;]\s*(.*)$/s.exec(line) ?? []
    if (name === undefined || /[\r\n\0]/.test(value) || /[^\t -\u00ff]/.test(value))
      throw new UsageError(`-H wants a name, a colon and a value in one line: -H 'accept: text/event-stream'`)
    return [name.toLowerCase(), value.trim()]
  })
  const has = (name: string) => headers.some(([given]) => given === name)
  if (hasBody && !has('content-type')) headers.push(['content-type', 'application/x-www-form-urlencoded'])
  if (!has('accept')) headers.unshift(['accept', 'text/event-stream'])
  return headers
}

/** The pieces of the body, joined as curl joins them. */
function bodyOf(values: Values): string | undefined {
  const fromFile = (piece: string) =>
    piece.startsWith('@') ? readText(piece.slice(1), '-d').replace(/[\r\n]/g, '') : piece
  const pieces = [
    ...[...(values.data ?? []), ...(values['data-ascii'] ?? [])].map(fromFile),
    ...(values['data-raw'] ?? []),
    ...(values['data-binary'] ?? []).map((piece) =>
      piece.startsWith('@') ? readText(piece.slice(1), '--data-binary') : piece,
    ),
    ...(values['data-urlencode'] ?? []).map(urlEncoded),
  ]
  return pieces.length > 0 ? pieces.join('&') : undefined
}

function urlEncoded(piece: string): string {
  const [, name = '', value = piece] = /^([^=]*)=(.*)$/s.exec(piece) ?? []
  return `${name === '' ? '' : `${name}=`}${encodeURIComponent(value)}`
}

/** A text without `=` is the name of a file, for curl; here it most likely is a slip. */
function cookieText(text: string): string {
  if (!text.includes('=')) throw new UsageError(`-b wants a cookie as name=value.`)
  return text
}

function httpOf(url: URL, values: Values): Ask['http'] {
  if (values['http2-prior-knowledge']) return url.protocol === 'http:' ? 'h2c' : 'auto'
  if (values['http1.1']) return '1.1'
  if (values.http2 && url.protocol === 'http:')
    throw new UsageError('Without TLS, HTTP/2 takes prior knowledge: type --http2-prior-knowledge.')
  return 'auto'
}

function readText(path: string, option: string): string {
  try {
    return readFileSync(path === '-' ? 0 : resolve(typedIn(), path), 'utf8')
  } catch (error) {
    throw new UsageError(`${path}, named by ${option}, can't be read (${errorCode(error)}).`)
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** `localhost`, an IP address, a name with a port, or a name with a dot and a path. */
const HOST =
  /^(?:localhost|\d+\.\d+\.\d+\.\d+|\[[\da-f:.]+\])(?:[:/?]|$)|^[\w.-]+:\d+(?:[/?]|$)|^[\w-]+(?:\.[\w-]+)+\//i

/** Headers that this client sets by itself. */
const OF_THE_CONNECTION: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'upgrade',
  'http2-settings',
])
