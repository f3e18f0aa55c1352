/** The shape of the linter's words. */

export type Severity = 'error' | 'warning' | 'note'

export interface Words {
  severity: Severity
  says: string
  fix: string
  /** Which section of the standard says so. */
  standard?: keyof typeof STANDARD
}

/** A section of the standard, by number and address. */
export interface Reference {
  section: string
  url: string
}

const PAGE = 'https://html.spec.whatwg.org/multipage/server-sent-events.html'

const RFC = 'https://www.rfc-editor.org/rfc'

/** The sections that the words refer to; those without a name are of WHATWG HTML. */
export const STANDARD = {
  connecting: { section: '§ 9.2.3', url: `${PAGE}#sse-processing-model` },
  parsing: { section: '§ 9.2.5', url: `${PAGE}#parsing-an-event-stream` },
  interpreting: { section: '§ 9.2.6', url: `${PAGE}#event-stream-interpretation` },
  authoring: { section: '§ 9.2.7', url: `${PAGE}#authoring-notes` },
  lastEventId: { section: '§ 9.2.4', url: `${PAGE}#the-last-event-id-header` },
  length: { section: 'RFC 9110 § 8.6', url: `${RFC}/rfc9110#section-8.6` },
  codings: { section: 'RFC 9110 § 8.4.1', url: `${RFC}/rfc9110#section-8.4.1` },
  caching: { section: 'RFC 9111 § 5.2.2', url: `${RFC}/rfc9111#section-5.2.2` },
  messages: { section: 'RFC 9112 § 6.3', url: `${RFC}/rfc9112#section-6.3` },
  fieldNames: { section: 'RFC 9113 § 8.2.1', url: `${RFC}/rfc9113#section-8.2.1` },
  connectionFields: { section: 'RFC 9113 § 8.2.2', url: `${RFC}/rfc9113#section-8.2.2` },
  errorCodes: { section: 'RFC 9113 § 7', url: `${RFC}/rfc9113#section-7` },
  cors: { section: 'Fetch, CORS check', url: 'https://fetch.spec.whatwg.org/#cors-check' },
} satisfies Record<string, Reference>

/** Keeps the codes as the keys' type. */
export function wording<const Code extends string>(table: Record<Code, Words>): Record<Code, Words> {
  return table
}
