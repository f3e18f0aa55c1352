/** Pages for somebody who has Firefox alone: what the checks say in it is what they say in Chromium. */
import { availableParallelism } from 'node:os'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { findOfKind } from '../../checks/support/page/installed.ts'
import { firstFailed } from '../../checks/verdict.ts'
import { findLesson } from '../args.ts'
import { ensureCerts } from '../project/certs.ts'
import { Runner } from '../run/runner.ts'
import { targetOf } from '../run/target.ts'
import { findCases } from './cases.ts'
import { isGolden } from './golden.ts'
import { gradeCases } from './grade.ts'
import { leftSince, lookAround, markRun } from './leftovers.ts'
import { complaint } from './report.ts'

/** Where the two browsers differ the most: in errors, in unheard events, in frames, in what is kept after Back. */
const TELLING = [
  'csp-blocks-stream',
  'names-its-events',
  'opens-on-pageshow',
  'script-syntax-error',
  'second-in-frame',
]

const firefox = findOfKind('firefox')
const isThere = firefox !== undefined || process.env.CI === 'true'
if (!isThere) console.warn('NOT RUN: there is no Firefox, and no page was checked in it.')

describe.runIf(isThere)('with Firefox alone', () => {
  beforeAll(async () => {
    expect(firefox, 'a Firefox').toBeDefined()
    vi.stubEnv('BROWSER_PATH', firefox?.path)
    await ensureCerts()
    markRun()
    return () => vi.unstubAllEnvs()
  })

  test.each([
    { of: 'lesson 5', slug: 'client-page', alone: true },
    { of: 'lesson 8, where lesson 5 has a tab of its own,', slug: 'broadcast', alone: false },
  ])('the solution of $of passes', { timeout: 600_000 }, async ({ slug, alone }) => {
    const lesson = findLesson(slug)
    if (!lesson) throw new Error('the lesson is missing')
    const before = lookAround()
    {
      await using runner = await Runner.create()
      const verdict = await runner.run(lesson, targetOf({ kind: 'solution' }, lesson), { alone })
      expect(firstFailed(verdict)).toBeUndefined()
      expect(verdict.checks.filter(({ state }) => state !== 'passed')).toEqual([])
    }
    expect(await leftSince(before)).toEqual({ processes: new Map(), ports: [] })
  })

  test('its wrong pages are told the same, but for the words of the browser', {
    timeout: 600_000,
  }, async () => {
    const before = lookAround()
    const lesson = findLesson('client-page')
    const cases = findCases(lesson ? [lesson] : []).filter(({ name }) => TELLING.includes(name))
    expect(cases).toHaveLength(TELLING.length)
    const graded = await gradeCases(cases, { crowd: 2 / availableParallelism() })
    const bad = graded.filter((each) => each.grade !== 'good' || !isGolden(each))
    expect(bad.map(complaint)).toEqual([])
    expect(await leftSince(before)).toEqual({ processes: new Map(), ports: [] })
  })
})
