/** What the checks of the page expect of it, each failing in the same words wherever it is asked. */

import type { CheckContext } from '../subject.ts'
import type { PageSight } from './hook.ts'
import type { LearnerPage, PageError } from './page.ts'

/** Fails when the console has an error that `counts`. `fault` has the name of the words for it. */
export function failOnError(
  context: Pick<CheckContext, 'fail'>,
  page: Pick<LearnerPage, 'errors'>,
  expected: string,
  counts: (error: PageError) => boolean = () => true,
  fault?: string,
): void {
  const error = page.errors.find(counts)
  if (!error) return
  const file = error.url && new URL(error.url).pathname
  const place = file ? ` (${file}${error.line === undefined ? '' : `:${error.line}`})` : ''
  const { why, fix } = error.cure ?? {}
  context.fail({ expected, received: `${error.text}${place}`, fault, why, fix, at: error.at })
}

/** Waits until the page shows `state`. `faults` has the names of the words for showing another one. */
export async function expectState(
  context: Pick<CheckContext, 'fail'>,
  page: Pick<LearnerPage, 'until'>,
  { state, when, faults = {} }: { state: string; when: string; faults?: Record<string, string> },
): Promise<void> {
  const { met, sight } = await page.until((sight) => sight.state === state)
  if (met) return
  const received = sight.state === undefined ? 'no element with id="state"' : quote([sight.state])
  context.fail({ expected: `"${state}" ${when}`, received, fault: faults[sight.state ?? ''] })
}

/** How many of the page's EventSources are not closed. */
export function openCount(sources: PageSight['sources']): number {
  return sources.filter(({ readyState }) => readyState !== 2).length
}

/** Texts as a message shows them. */
export function quote(texts: (string | undefined)[]): string {
  return texts.map((text) => (text === undefined ? 'nothing' : `"${text.slice(0, 60)}"`)).join(', ')
}
