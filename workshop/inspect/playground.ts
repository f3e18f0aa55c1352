/** The address of the playground with what was recorded in it, so that the bytes of a finding can be seen, and changed. */
import { concat } from '../../checks/wire/bytes.ts'
import type { ResponseHead } from '../../checks/wire/head-rules.ts'
import { LOCAL_SITE } from '../project/site.ts'
import { BlockCutter } from './blocks.ts'
import { LINK_LENGTH, linkPart } from './link.ts'
import type { Recording } from './recording.ts'
import { shownValue } from './secrets.ts'

/** Set when the file that runs alone is made: the site that offers it; empty when none does. */
declare const SITE_HOME: string | undefined

const home = typeof SITE_HOME === 'undefined' ? LOCAL_SITE : SITE_HOME

/** So much may fit into a link when it says the same again and again. More is not worth the try, in bytes. */
const MOST_BYTES = 2 ** 20

/**
 * @returns undefined for what a link can't hold, and for what would look wrong there: a playground takes what it has for
 *   the whole
 */
export async function playgroundLink(
  { head, bytes, complete, ending, leftFor }: Recording,
  hasDialect: boolean,
): Promise<string | undefined> {
  const isWhole = ending.how === 'ended' && leftFor === undefined
  if (home === '' || (hasDialect && !isWhole)) return undefined
  if (bytes.length > MOST_BYTES) return undefined
  const body = complete ? bytes : concat(new BlockCutter().feed(bytes, false))
  const part = await linkPart(new Uint8Array(concat([...(head ? [headBytes(head)] : []), body])))
  return part.length > LINK_LENGTH ? undefined : `${home}playground/${part}`
}

/** A head as `curl -i` writes it, without secrets. */
export function headBytes({ status, version, fields }: ResponseHead): Uint8Array {
  const lines = fields.map(([name, value]) => `${name}: ${shownValue(name, value)}\n`)
  return new TextEncoder().encode(`HTTP/${version} ${status}\n${lines.join('')}\n`)
}
