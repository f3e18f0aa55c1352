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

/** The sections of WHATWG HTML that the words refer to. */
export const STANDARD = {
  parsing: { section: '§ 9.2.5', url: `${PAGE}#parsing-an-event-stream` },
  interpreting: { section: '§ 9.2.6', url: `${PAGE}#event-stream-interpretation` },
  authoring: { section: '§ 9.2.7', url: `${PAGE}#authoring-notes` },
} satisfies Record<string, Reference>

/** Keeps the codes as the keys' type. */
export function wording<const Code extends string>(table: Record<Code, Words>): Record<Code, Words> {
  return table
}
