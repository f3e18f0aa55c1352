/** Whether a browser would let a page of another origin read the stream: WHATWG Fetch, CORS check and preflight. */
import { fieldOf, type ResponseHead } from '../../checks/wire/head-rules.ts'
import { Sending } from './ask.ts'
import { type Recording, record } from './recording.ts'
import { type Remark, remark } from './remark.ts'
import type { Fact } from './report.ts'
import type { Ask } from './target.ts'

/** How long the answer to a preflight is waited for, in milliseconds. */
const PREFLIGHT_MS = 5000

export interface Page {
  origin: string
  /** Whether it sends cookies. */
  credentials: boolean
}

/** The request as a page of that origin makes it. */
export function fromPage(ask: Ask, { origin }: Page): Ask {
  return { ...ask, headers: [...ask.headers.filter(([name]) => name !== 'origin'), ['origin', origin]] }
}

export async function checkOrigin(
  { head }: Recording,
  ask: Ask,
  page: Page,
  signal: AbortSignal,
): Promise<{ remarks: Remark[]; facts: Fact[] }> {
  if (!head) return { remarks: [], facts: [] }
  const remarks = [...corsRemarks(head, page), ...(await preflight(ask, page, signal))]
  const says = `A page of ${page.origin} would be let in${page.credentials ? ', with its cookies' : ''}.`
  return { remarks, facts: remarks.length === 0 ? [{ about: 'origin', says }] : [] }
}

function corsRemarks({ fields }: Pick<ResponseHead, 'fields'>, { origin, credentials }: Page): Remark[] {
  const all = fields.filter(([name]) => name.toLowerCase() === ALLOW_ORIGIN)
  const [, allowed] = all[0] ?? []
  const values = { value: origin, name: allowed?.trim() }
  if (allowed === undefined) return [remark('no-allow-origin', values)]
  if (all.length > 1 || allowed.includes(',')) {
    const times = Math.max(all.length, allowed.split(',').length)
    return [remark('allow-origin-twice', { value: String(times) })]
  }
  if (allowed.trim() === '*') return credentials ? [remark('star-with-credentials', values)] : []
  if (allowed.trim() !== origin) return [remark('other-allow-origin', values)]
  if (!credentials || fieldOf(fields, 'access-control-allow-credentials') === 'true') return []
  return [remark('no-allow-credentials', values)]
}

/** An EventSource needs none. fetch() does, for another method, another type, or a header of its own. */
async function preflight(ask: Ask, page: Page, signal: AbortSignal): Promise<Remark[]> {
  const names = ask.headers.filter(([name, value]) => !isSimple(name, value)).map(([name]) => name)
  const isSimpleMethod = ['GET', 'HEAD', 'POST'].includes(ask.method)
  if (names.length === 0 && isSimpleMethod) return []
  const { body: _, ...rest } = ask
  const headers: Ask['headers'] = [
    ['accept', '*/*'],
    ['origin', page.origin],
    ['access-control-request-method', ask.method],
    ...(names.length > 0 ? [['access-control-request-headers', names.join(',')] as [string, string]] : []),
  ]
  let sending: Sending | undefined
  const { head } = await record(
    async (listener) => {
      sending = await Sending.start({ ...rest, method: 'OPTIONS', headers }, listener, signal)
      return sending
    },
    { ms: PREFLIGHT_MS, events: 1 },
    signal,
  )
  const fault = head
    ? faultOf(head, {
        names,
        method: ask.method,
        isSimpleMethod,
        page,
        moved: (sending?.hops.length ?? 0) > 0,
      })
    : 'no answer came'
  return fault === undefined ? [] : [remark('preflight-refused', { value: fault })]
}

function faultOf(
  head: ResponseHead,
  wanted: { names: string[]; method: string; isSimpleMethod: boolean; page: Page; moved: boolean },
): string | undefined {
  const { names, method, isSimpleMethod, page, moved } = wanted
  if (moved) return 'it is a redirect'
  if (head.status < 200 || head.status > 299) return `its status is ${head.status}`
  const [cors] = corsRemarks(head, page)
  if (cors) return 'its access-control-allow-origin does not fit'
  const list = (name: string) =>
    head.fields
      .filter(([given]) => given.toLowerCase() === name)
      .flatMap(([, value]) => value.split(',').map((part) => part.trim()))
  const isOpen = (allowed: string[]) => allowed.includes('*') && !page.credentials
  const methods = list('access-control-allow-methods')
  if (!isSimpleMethod && !isOpen(methods) && !methods.includes(method))
    return `the method ${method} is not allowed`
  const headers = list('access-control-allow-headers').map((name) => name.toLowerCase())
  // A star does not stand for this one.
  const missing = names.find(
    (name) => !headers.includes(name) && (name === 'authorization' || !isOpen(headers)),
  )
  return missing === undefined ? undefined : `the header ${missing} is not allowed`
}

/** What a page may send without asking: Fetch, CORS-safelisted request-header; and what a browser sets by itself. */
function isSimple(name: string, value: string): boolean {
  if (name === 'content-type') return SIMPLE_TYPES.test(value)
  return SIMPLE.has(name) || name.startsWith('sec-') || name.startsWith('proxy-')
}

const SIMPLE: ReadonlySet<string> = new Set([
  'accept',
  'accept-encoding',
  'accept-language',
  'content-language',
  'cache-control',
  'pragma',
  'cookie',
  'dnt',
  'host',
  'last-event-id',
  'origin',
  'priority',
  'referer',
  'te',
  'user-agent',
])

const SIMPLE_TYPES = /^(?:application\/x-www-form-urlencoded|multipart\/form-data|text\/plain)\s*(?:;|$)/i
const ALLOW_ORIGIN = 'access-control-allow-origin'
