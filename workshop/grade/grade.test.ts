import { beforeAll, expect, test } from 'vitest'
import { ensureCerts } from '../project/certs.ts'
import { findCases } from './cases.ts'
import { isGolden } from './golden.ts'
import { gradeCases } from './grade.ts'
import { leftSince, lookAround, markRun } from './leftovers.ts'
import { complaint } from './report.ts'

/** The golden files have some words of the system in them, of openssl for one. */
const isGoldenHere = process.platform === 'linux'

beforeAll(async () => {
  await ensureCerts()
  markRun()
})

test('each wrong case is caught by its own check, in the words of its golden file, and each right one passes', {
  timeout: 3_600_000,
}, async () => {
  const before = lookAround()
  const graded = await gradeCases(findCases())
  const bad = graded.filter((each) => each.grade !== 'good' || (isGoldenHere && !isGolden(each)))
  expect(bad.map(complaint)).toEqual([])
  expect(await leftSince(before)).toEqual({ processes: new Map(), ports: [] })
})
