/** One check in a page's list of them. */
import type { CheckResult, CheckState } from '../../../checks/verdict.ts'
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
  state.textContent = STATES[check.state]
  failure.replaceChildren(...failureParts(check, { editor }))
  failure.hidden = failure.childElementCount === 0
}

const MARKS: Record<CheckState, string> = { passed: '✓', failed: '✗', 'not-run': '–', 'not-reached': '·' }
const STATES: Record<CheckState, string> = {
  passed: '(passed)',
  failed: '(failed)',
  'not-run': '(not run)',
  'not-reached': '(not reached)',
}
