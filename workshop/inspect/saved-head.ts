/** The head of an answer as `curl -i` writes it. Pure: the playground of the site reads heads with it too. */
import { latin1 } from '../../checks/wire/bytes.ts'
import type { ResponseHead } from '../../checks/wire/head-rules.ts'

/** The heads in front of a body, of which the last one counts. */
export interface Heads {
  head?: ResponseHead
  /** Where the body begins, in bytes. */
  length: number
}

/**
 * Reads the heads that come before a body: those of redirects, hints and a tunnel, and the answer's own.
 *
 * @param isAll whether these are all the bytes there will be
 * @returns undefined when more bytes are needed to tell
 */
export function readHeads(bytes: Uint8Array, isAll: boolean): Heads | undefined {
  let last: ResponseHead | undefined
  let from = 0
  for (;;) {
    const found = headAt(latin1(bytes.subarray(from, from + LONGEST)), isAll)
    if (found === 'begun') return undefined
    if (found === undefined) break
    last = found.head
    from += found.length
    // What comes behind a head that leads on, or goes before the answer, is another head.
    if (!isAll && from === bytes.length && leadsOn(last)) return undefined
  }
  return { ...(last && { head: last }), length: from }
}

function leadsOn({ status }: ResponseHead): boolean {
  return status < 200 || (status >= 300 && status < 400)
}

/** What stands at the start of a text: a head, the beginning of one, or neither. */
type Found = { head: ResponseHead; length: number } | 'begun' | undefined

/** @param text one character for each byte */
function headAt(text: string, isAll: boolean): Found {
  const status = STATUS_LINE.exec(text)
  if (!status) {
    const isBegun = 'HTTP/'.startsWith(text.slice(0, 5)) || BEGUN.test(text)
    return isBegun && !isAll ? 'begun' : undefined
  }
  // A head that was copied without its blank line is one all the same.
  const end = BLANK_LINE.exec(text) ?? (isAll && text.length < LONGEST ? { index: text.length, 0: '' } : null)
  if (!end) return text.length < LONGEST ? 'begun' : undefined
  const [, version = '', code = ''] = status
  const fields = text
    .slice(status[0].length, end.index)
    .split(/\r?\n/)
    .flatMap((line): [string, string][] => {
      const colon = line.indexOf(':')
      return colon > 0 ? [[line.slice(0, colon), utf8(line.slice(colon + 1).trim())]] : []
    })
  return {
    head: {
      status: Number(code),
      version: version.replace(/\.0$/, (zero) => (version === '1.0' ? zero : '')),
      fields,
    },
    length: end.index + end[0].length,
  }
}

function utf8(text: string): string {
  return new TextDecoder().decode(Uint8Array.from(text, (character) => character.charCodeAt(0)))
}

const STATUS_LINE = /^HTTP\/(\d(?:\.\d)?) (\d{3})[^\r\n]*(?:\r?\n|$)/
const BEGUN = /^HTTP\/[\d. ]*$/
const BLANK_LINE = /\r?\n\r?\n/

/** No head is longer than that, in bytes. */
const LONGEST = 64 * 1024
