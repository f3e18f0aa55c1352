/** What the screen makes of one save after the other. */
import { expect, test } from 'vitest'
import type { CheckResult, Verdict } from '../../checks/verdict.ts'
import { course, headers } from '../testing/course.ts'
import { follow } from './follow.ts'
import { initialState, type State, showsFix } from './state.ts'

const failure = { expected: '', received: '', why: '', fix: '' }

/** One run of the checks, in which the check of this name fails; none fails without a name. */
function save(state: State, follower: ReturnType<typeof follow>, name?: string, isUntouched = false): void {
  const id = `03-headers/${name}`
  const checks: CheckResult[] = name ? [{ id, says: '', state: 'failed', ms: 0, failure }] : []
  follower.onBegin?.()
  state.canReset = !isUntouched
  for (const check of checks) follower.onCheck?.(check)
  const lesson = { number: 3, slug: '03-headers', title: 'Headers' }
  const target = { kind: 'lesson', label: 'lessons/03-headers' } as const
  const verdict: Verdict = { schema: 1, lesson, target, passed: !name, checks, notes: [], output: '', ms: 1 }
  follower.onVerdict(verdict)
}

function begin() {
  const state = initialState({ lessons: course, lesson: headers }, [], 8080)
  return { state, follower: follow({ draw: () => {}, retap: () => {} }, state) }
}

test('a fix is told once the same check has failed twice in a row, or when it was asked for', () => {
  const { state, follower } = begin()
  const seen = ['status', 'status', 'content-type', 'status', undefined, 'status', 'status'].map((name) => {
    save(state, follower, name)
    return showsFix(state)
  })
  expect(seen).toEqual([false, true, false, false, false, false, true])
  save(state, follower, 'content-type')
  state.asked = '03-headers/content-type'
  expect(showsFix(state)).toBe(true)
})

test('what the untouched starter fails is no attempt', () => {
  const { state, follower } = begin()
  for (const isUntouched of [true, true, false]) {
    save(state, follower, 'status', isUntouched)
    expect(showsFix(state)).toBe(false)
  }
  save(state, follower, 'status')
  expect(showsFix(state)).toBe(true)
})
