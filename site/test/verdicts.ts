/** Verdicts as `npm run lesson 3` writes them. */
import { renameSync, writeFileSync } from 'node:fs'
import { lessons } from '../../checks/lessons.ts'
import type { CheckResult, Verdict } from '../../checks/verdict.ts'
import type { LiveFile } from '../../workshop/project/live.ts'

/** A verdict on lesson 3: every check before `failing` passed, those after it were not reached. */
export function verdictOn(failing?: string, output = ''): Verdict {
  const lesson = lessons.find(({ slug }) => slug === '03-headers')
  let reached = true
  const checks = Object.entries(lesson?.checks ?? {}).map(([name, { says, why, fix }]): CheckResult => {
    const result = { id: `03-headers/${name}`, says, ms: 10 }
    if (name !== failing) return { ...result, state: reached ? 'passed' : 'not-reached' }
    reached = false
    const at = { file: 'lessons/03-headers/server.ts', line: 14 }
    return {
      ...result,
      state: 'failed',
      failure: { expected: 'expected this', received: 'received <that>', why, fix, at },
    }
  })
  return {
    schema: 1,
    lesson: { number: 3, slug: '03-headers', title: 'Headers' },
    target: { kind: 'lesson', label: 'lessons/03-headers' },
    passed: failing === undefined,
    checks,
    notes: [],
    output,
    ms: 310,
  }
}

/** Replaces the file as a whole, as the command does. */
export function writeLive(file: string, live: LiveFile): void {
  writeFileSync(`${file}.new`, JSON.stringify(live))
  renameSync(`${file}.new`, file)
}
