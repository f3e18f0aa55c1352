import { beforeAll, expect, test } from 'vitest'
import { ensureCerts } from '../certs/make.ts'
import { findHell } from './cases-hell.ts'
import { isBearable, runHell } from './grade-hell.ts'
import { markRun } from './grade-leftovers.ts'
import { hellTable } from './grade-report.ts'
import { root } from './project.ts'

beforeAll(async () => {
  await ensureCerts(root)
  markRun()
})

test('the programs from hell are told what is wrong with them, in time, and leave nothing behind', {
  timeout: 600_000,
}, async () => {
  const results = await runHell(findHell())
  const bad = results.filter((result) => !isBearable(result))
  expect(bad.length, hellTable(bad)).toBe(0)
})
