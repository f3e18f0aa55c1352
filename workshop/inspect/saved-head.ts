/** The head of an answer as `curl -i` writes it. */
import type { ResponseHead } from '../../checks/wire/head-rules.ts'

/** What stands at the start of a text: a head, the beginning of one, or neither. */
export type Found = { head: ResponseHead; length: number } | 'begun' | undefined

/** @param text one character for each byte */
export function headAt(text: string): Found {
  const status = STATUS_LINE.exec(text)
  if (!status) return 'HTTP/'.startsWith(text.slice(0, 5)) || BEGUN.test(text) ? 'begun' : undefined
  const end = BLANK_LINE.exec(text)
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
  return Buffer.from(text, 'latin1').toString('utf8')
}

const STATUS_LINE = /^HTTP\/(\d(?:\.\d)?) (\d{3})[^\r\n]*(?:\r?\n|$)/
const BEGUN = /^HTTP\/[\d. ]*$/
const BLANK_LINE = /\r?\n\r?\n/

/** No head is longer than that, in bytes. */
const LONGEST = 64 * 1024
