/** Pages of other origins, and what a browser makes of an answer to one of them: WHATWG Fetch § 4.9. Pure. */
import type { Head } from '../support/client/exchange.ts'

/** What `ALLOWED_ORIGINS` has. */
export const ALLOWED = ['https://app.example', 'https://chat.example:8443']

/** An origin that is not allowed, and how it is taken for one that is. */
export interface Stranger {
  origin: string
  /** Any other; the one of pages that have none; or one that looks like an allowed one, or like ours. */
  kind: 'any' | 'null' | 'alike'
  /** What a browser says beside it: whether the two have a domain in common. Older ones say nothing. */
  site?: 'cross-site' | 'same-site'
}

/** @param own the server's origin */
export function strangersOf(own: string): Stranger[] {
  const { hostname } = new URL(own)
  const alike = [
    'https://app.example.evil.example', // begins like it
    'https://evilapp.example', // ends like it
    'https://evil.app.example', // a part of the same domain
    'https://app-example', // a dot stands for any character in a regular expression
    'https://app.exam', // a part of the list
    'http://app.example',
    'https://app.example:8443',
    'https://chat.example',
    own.replace('https:', 'http:'),
    `https://${hostname}`,
    `https://${hostname}:1`,
    `https://${hostname}.evil.example`,
  ]
  const siteOf = (origin: string) => (new URL(origin).hostname === hostname ? 'same-site' : 'cross-site')
  return [
    { origin: 'https://evil.example', kind: 'any' },
    { origin: 'null', kind: 'null', site: 'cross-site' },
    ...alike.map((origin): Stranger => ({ origin, kind: 'alike', site: siteOf(origin) })),
  ]
}

/** What the browser reads to know who may have an answer. */
export function allowedBy({ headers }: Pick<Head, 'headers'>): string | undefined {
  return headers['access-control-allow-origin']
}

/** Whether an answer gives itself to pages of this origin, with or without a cookie. */
export function permits(head: Pick<Head, 'headers'>, origin: string): boolean {
  return [origin, '*'].includes(allowedBy(head) ?? '')
}

/** The names in a header that lists some, in small letters. */
export function namesIn(header: string | undefined): string[] {
  return header?.split(',').map((name) => name.trim().toLowerCase()) ?? []
}
