/** One check in a page's list of them. */
import type { CheckResult, CheckState } from '../../../checks/verdict.ts'
import { type Key, say } from '../lib/say.ts'
import { failureParts } from './parts.ts'

/** Turns the mark of one check on the page, and puts its failure under it. */
export function showCheck(check: CheckResult, editor?: string): void {
  const item = document.getElementById(`check-${check.id.slice(check.id.indexOf('/') + 1)}`)
  const mark = item?.querySelector('.check-mark')
  const state = item?.querySelector('.check-state')
  const failure = item?.querySelector<HTMLElement>('.check-failure')
  if (!item || !mark || !state || !failure) return
  item.dataset.state = check.state
  mark.textContent = MARKS[check.state]
  state.textContent = say(STATES[check.state])
  failure.replaceChildren(...failureParts(check, { editor }))
  failure.hidden = failure.childElementCount === 0
}

const MARKS: Record<CheckState, string> = { passed: '✓', failed: '✗', 'not-run': '–', 'not-reached': '·' }
const STATES: Record<CheckState, Key> = {
  passed: 'failure.passed',
  failed: 'failure.failed',
  'not-run': 'failure.notRun',
  'not-reached': 'failure.notReached',
}
