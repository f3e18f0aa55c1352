/** Words with their values. */
import { fillIn } from '../../checks/wire/head-rules.ts'
import type { Words } from '../../checks/wire/wording.ts'

export function fill(words: Words, values: Record<string, string | undefined>): Words {
  return { ...words, says: fillIn(words.says, values), fix: fillIn(words.fix, values) }
}
