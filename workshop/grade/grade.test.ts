import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { ensureCerts } from '../../certs/make.ts'
import { lessons } from '../../checks/lessons.ts'
import { root } from '../project/paths.ts'
import { type CaseKind, findCases } from './cases.ts'
import { isGolden } from './golden.ts'
import { gradeCases } from './grade.ts'
import { leftSince, lookAround, markRun } from './leftovers.ts'
import { complaint, TALLIES, type Tally } from './report.ts'

/** The golden files have some words of the system in them, of openssl for one. */
const isGoldenHere = process.platform === 'linux'

beforeAll(async () => {
  await ensureCerts(root)
  markRun()
})

test('each wrong case is caught by its own check, in the words of its golden file, and each right one passes', {
  timeout: 1_800_000,
}, async () => {
  const before = lookAround()
  const graded = await gradeCases(findCases(), { whole: true })
  const bad = graded.filter((each) => each.grade !== 'good' || (isGoldenHere && !isGolden(each)))
  expect(bad.map(complaint)).toEqual([])
  expect(await leftSince(before)).toEqual({ processes: new Map(), ports: [] })
})

test('the table of the docs is of the cases that there are', () => {
  const kept: Tally[] = JSON.parse(readFileSync(join(root, TALLIES), 'utf8'))
  const count = (slug: string, kind: CaseKind) =>
    findCases().filter((each) => each.lesson.slug === slug && each.kind === kind).length
  expect(kept).toEqual(
    lessons.map(({ slug }) => ({
      slug,
      caught: count(slug, 'wrong'),
      missed: 0,
      other: 0,
      passed: count(slug, 'right'),
      failed: 0,
    })),
  )
})
