/** The golden files: what a learner reads in a wrong case, kept beside it. They are written with Chromium. */
import { existsSync, readFileSync } from 'node:fs'
import { findBrowser } from '../../checks/support/page/installed.ts'
import { writeAtomic } from '../project/files.ts'
import type { Case } from './cases.ts'
import type { Graded } from './grade.ts'

/**
 * Whether the learner reads what the golden file says. A right case has none. Another browser than the one that the files
 * are written with has its own words for an error, and all the rest is the same.
 */
export function isGolden({ case: each, message }: Graded): boolean {
  if (each.kind === 'right') return true
  const golden = goldenOf(each)
  if (golden === message || golden === undefined) return golden === message
  return findBrowser()?.kind === 'firefox' && withoutBrowserWords(golden) === withoutBrowserWords(message)
}

/** A message without what a browser said of an error. The file and the line of the error stay. */
export function withoutBrowserWords(message: string): string {
  return message.replace(RECEIVED, (whole, label: string, lines: string) => {
    const received = lines.replace(/\s+/g, ' ')
    if (!OF_A_BROWSER.test(received)) return whole
    return `${label}an error of the console${/ \(\/\S*\)$/.exec(received)?.[0] ?? ''}`
  })
}

/** What was received, in a message: one line, and those that go on with it. */
const RECEIVED = /^( {6}received {3})(.*(?:\n {17}.*)*)$/m

/** An error of a script, or of a policy that blocks something. */
const OF_A_BROWSER = /^\w*Error: |Content.Security.Policy/

/** Writes the golden files of wrong cases that were caught by their own check. Answers with how many changed. */
export async function updateGoldens(graded: readonly Graded[]): Promise<number> {
  let changed = 0
  for (const { case: each, grade, message } of graded) {
    if (each.kind === 'right' || grade !== 'good' || goldenOf(each) === message) continue
    await writeAtomic(each.golden, message)
    changed++
  }
  return changed
}

/** The golden file's text; undefined when there is none yet. */
function goldenOf({ golden }: Case): string | undefined {
  return existsSync(golden) ? readFileSync(golden, 'utf8').replaceAll('\r\n', '\n') : undefined
}
