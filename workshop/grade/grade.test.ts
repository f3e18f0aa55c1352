import { availableParallelism } from 'node:os'
import { beforeAll, expect, test } from 'vitest'
import { ensureCerts } from '../project/certs.ts'
import { findCases } from './cases.ts'
import { isGolden } from './golden.ts'
import { type Graded, gradeCases } from './grade.ts'
import { leftSince, lookAround, markRun } from './leftovers.ts'
import { complaint } from './report.ts'

/** The golden files have some words of the system in them, of openssl for one. */
const isGoldenHere = process.platform === 'linux'

beforeAll(async () => {
  await ensureCerts()
  markRun()
})

function isBad(each: Graded): boolean {
  return each.grade !== 'good' || (isGoldenHere && !isGolden(each))
}

test('each wrong case is caught by its own check, in the words of its golden file, and each right one passes', {
  timeout: 3_600_000,
}, async () => {
  const before = lookAround()
  const graded = await gradeCases(findCases())
  const bad = graded.filter(isBad)
  // On a crowded machine a wrong server may be told something else that is wrong with it. It's shown, and asked again,
  // one at a time. What passed then stays an error, and a right server gets no second chance.
  const crowded = bad.filter((each) => each.case.kind === 'wrong' && !each.verdict.passed)
  if (crowded.length > 0) console.warn(`Asked again:\n${crowded.map(complaint).join('\n')}`)
  const again = await gradeCases(
    crowded.map((each) => each.case),
    { crowd: 1 / availableParallelism() },
  )
  const worst = [...bad.filter((each) => !crowded.includes(each)), ...again.filter(isBad)]
  expect(crowded.length).toBeLessThan(graded.length / 100)
  expect(worst.map(complaint)).toEqual([])
  expect(await leftSince(before)).toEqual({ processes: new Map(), ports: [] })
})
