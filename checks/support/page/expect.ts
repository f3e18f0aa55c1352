/** What the checks of the page expect of it, each failing in the same words wherever it is asked. */

import type { Place } from '../../verdict.ts'
import type { Client } from '../client/client.ts'
import type { Exchange } from '../client/exchange.ts'
import type { CheckContext } from '../subject.ts'
import { HEAD_MS, mediaType, promptHead } from '../traffic/events.ts'
import type { PageSight } from './hook.ts'
import type { LearnerPage, PageError } from './page.ts'

/** A file that a browser asks for. */
export interface WantedFile {
  method?: 'GET' | 'HEAD'
  path: string
  /** As a message shows it: `text/html; charset=utf-8`. A charset in it is wanted too. */
  type: string
}

/** An answer, and what is wrong with it, if anything. */
export interface FileAnswer {
  wrong?: 'silent' | 'status' | 'type' | 'charset'
  expected: string
  received: string
  at?: Place
  exchange?: Exchange
}

/** Asks for a file, and compares status and content type. */
export async function askFor(context: CheckContext, client: Client, wanted: WantedFile): Promise<FileAnswer> {
  const { method = 'GET', path, type } = wanted
  const expected = `${method} ${path} → status 200, content-type: ${type}`
  const answer = await promptHead(() => client.request({ ':method': method, ':path': path }))
  if (!answer) return { wrong: 'silent', expected, received: `no answer within ${HEAD_MS} ms` }
  const { exchange, head } = answer
  const found = head.headers['content-type']
  const received = `status ${head.status}, content-type: ${found ?? '(none)'}`
  const wrong = head.status === 200 ? typeFault(found, type) : 'status'
  const at = wrong && (await context.shared?.where('respond', path))
  return { wrong, expected, received, at, exchange }
}

function typeFault(found: string | undefined, wanted: string): 'type' | 'charset' | undefined {
  const name = mediaType(found) ?? ''
  const isSame = wanted === SCRIPT ? SCRIPTS.test(name) : name === mediaType(wanted)
  if (!isSame) return 'type'
  const wantsUtf8 = wanted.includes('charset')
  const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(found ?? '')?.[1]
  return wantsUtf8 && charset?.toLowerCase() !== 'utf-8' ? 'charset' : undefined
}

/** The media type of scripts, which has had other names: WHATWG MIME Sniffing, "JavaScript MIME type". */
export const SCRIPT = 'text/javascript'
const SCRIPTS = /^(text|application)\/(x-)?(javascript|ecmascript)$/

/** Fails when the console has an error that `counts`. */
export function failOnError(
  context: CheckContext,
  page: LearnerPage,
  expected: string,
  counts: (error: PageError) => boolean = () => true,
): void {
  const error = page.errors.find(counts)
  if (!error) return
  const file = error.url && new URL(error.url).pathname
  const place = file ? ` (${file}${error.line === undefined ? '' : `:${error.line}`})` : ''
  context.fail({ expected, received: `${error.text}${place}`, at: error.at })
}

/** Waits until the page shows `state`. `faults` has the names of the words for showing another one. */
export async function expectState(
  context: CheckContext,
  page: LearnerPage,
  { state, when, faults = {} }: { state: string; when: string; faults?: Record<string, string> },
): Promise<void> {
  const { met, sight } = await page.until((sight) => sight.state === state)
  if (met) return
  const received = sight.state === undefined ? 'no element with id="state"' : quote([sight.state])
  context.fail({ expected: `"${state}" ${when}`, received, fault: faults[sight.state ?? ''] })
}

/** Where in `data` the items begin, when they are a run of it: 0 when they have the first. Undefined when they are none. */
export function runOf(items: string[] = [], data: string[]): number | undefined {
  const begin = data.indexOf(items[0] ?? '')
  const isRun = begin >= 0 && items.length >= 3 && items.every((text, i) => text === data[begin + i])
  return isRun ? begin : undefined
}

/** What is wrong with the list, which should begin with `data`: nothing, or what it shows, and the words for that. */
export function itemsFault(
  items: string[] | undefined,
  data: string[],
): { received: string; fault?: 'silent' | 'order' | 'twice' } | undefined {
  if (!items) return { received: 'no <ul id="list"> in the page', fault: 'silent' }
  if (items.length === 0) return { received: 'no item', fault: 'silent' }
  if (data.every((text, i) => text === items[i])) return undefined
  const received = `items ${quote(items.slice(0, 3))}`
  if (items.length > 1 && items.at(-1) === data[0]) return { received, fault: 'order' }
  return items[0] === data[0] && items[1] === data[0] ? { received, fault: 'twice' } : { received }
}

/** How many of the page's EventSources are not closed. */
export function openCount(sources: PageSight['sources']): number {
  return sources.filter(({ readyState }) => readyState !== 2).length
}

/** Texts as a message shows them. */
export function quote(texts: (string | undefined)[]): string {
  return texts.map((text) => (text === undefined ? 'nothing' : `"${text.slice(0, 60)}"`)).join(', ')
}
