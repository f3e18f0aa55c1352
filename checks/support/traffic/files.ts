/** Asking for a file as a browser does, and comparing its head with what a browser needs. */

import type { Client } from '../client/client.ts'
import type { Exchange } from '../client/exchange.ts'
import type { Call } from '../server/types.ts'
import { answerTo, HEAD_MS, mediaType } from './events.ts'
import type { Seen } from './silence.ts'

/** A file that a browser asks for. */
export interface WantedFile {
  method?: 'GET' | 'HEAD'
  path: string
  /** As a message shows it: `text/html; charset=utf-8`. A charset in it is wanted too. */
  type: string
}

/** An answer, and what is wrong with it, if anything. */
export interface FileAnswer extends Seen {
  wrong?: 'silent' | 'status' | 'type' | 'charset'
  expected: string
  at?: Call
  exchange?: Exchange
}

/** Asks for a file, and compares status and content type. */
export async function askFor(client: Client, wanted: WantedFile): Promise<FileAnswer> {
  const { method = 'GET', path, type } = wanted
  const expected = `${method} ${path} → status 200, content-type: ${type}`
  const answer = await answerTo(() => client.request({ ':method': method, ':path': path }))
  if (!answer.head) {
    const seen = answer.seen.why ? answer.seen : { received: `no answer within ${HEAD_MS} ms` }
    return { wrong: 'silent', expected, ...seen }
  }
  const { exchange, head } = answer
  const found = head.headers['content-type']
  const received = `status ${head.status}, content-type: ${found ?? '(none)'}`
  const wrong = head.status === 200 ? typeFault(found, type) : 'status'
  return { wrong, expected, received, at: { call: 'respond', path }, exchange }
}

function typeFault(found: string | undefined, wanted: string): 'type' | 'charset' | undefined {
  const name = mediaType(found) ?? ''
  const isSame = wanted === SCRIPT ? SCRIPTS.test(name) : name === mediaType(wanted)
  if (!isSame) return 'type'
  const wantsUtf8 = wanted.includes('charset')
  const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(found ?? '')?.[1]
  return wantsUtf8 && !/^utf-?8$/i.test(charset ?? '') ? 'charset' : undefined
}

/** The media type of scripts, which has had other names: WHATWG MIME Sniffing, "JavaScript MIME type". */
export const SCRIPT = 'text/javascript'
const SCRIPTS = /^(text|application)\/(x-)?(javascript|ecmascript)$/
