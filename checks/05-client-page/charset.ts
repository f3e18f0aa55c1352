/** Whether a page says of itself that it is UTF-8, for a browser whom the head of the answer does not tell. Pure. */
import { attribute, COMMENT } from './links.ts'

/** A browser looks for the charset in this many bytes: WHATWG HTML § 13.2.3.2, "prescan a byte stream". */
const PRESCAN = 1024

/** `contentType` is the answer's header: what it says of a charset goes before what the page says. */
export function saysUtf8(contentType: string | undefined, page: Uint8Array): boolean {
  if (/;\s*charset\s*=/i.test(contentType ?? '')) return false
  if (page[0] === 0xef && page[1] === 0xbb && page[2] === 0xbf) return true // a byte order mark
  const begin = new TextDecoder('latin1').decode(page.subarray(0, PRESCAN)).replace(COMMENT, '')
  for (const [, attributes = ''] of begin.matchAll(META)) {
    const isContentType = attribute(attributes, 'http-equiv')?.toLowerCase() === 'content-type'
    const content = isContentType ? attribute(attributes, 'content') : undefined
    const charset =
      attribute(attributes, 'charset') ?? /charset\s*=\s*["']?([^"';\s]+)/i.exec(content ?? '')?.[1]
    if (charset !== undefined) return /^utf-?8$/i.test(charset.trim())
  }
  return false
}

const META = /<meta\b((?:"[^"]*"|'[^']*'|[^'">])*)>/gi
