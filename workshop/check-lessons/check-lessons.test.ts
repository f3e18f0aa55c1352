import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lessons } from '../../checks/lessons.ts'
import { ensureCerts } from '../project/certs.ts'
import { root } from '../project/paths.ts'
import { Runner } from '../run/runner.ts'
import type { Course } from './rule.ts'
import { rules } from './rules.ts'

/** The solution of a late lesson goes through the checks of all lessons before it, and a busy machine takes its time. */
const RULE_MS = 300_000

let runner: Runner

beforeAll(async () => {
  await ensureCerts()
  runner = await Runner.create()
})
afterAll(() => runner[Symbol.asyncDispose]())

const course: Course = { project: root, lessons, judge: (lesson, target) => runner.run(lesson, target) }

describe.each(lessons.map((lesson) => ({ lesson, slug: lesson.slug })))('$slug', ({ lesson }) => {
  test.each(rules.map((rule) => ({ rule, name: rule.name })))(
    '$name',
    { timeout: RULE_MS },
    async ({ rule }) => {
      expect(await rule(lesson, course)).toEqual([])
    },
  )
})
