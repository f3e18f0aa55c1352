import { beforeAll, expect, test } from 'vitest'
import { ensureCerts } from '../project/certs.ts'
import { isBearable, runHell } from './hell.ts'
import { findHell } from './hell-cases.ts'
import { markRun } from './leftovers.ts'
import { hellTable } from './report.ts'

beforeAll(async () => {
  await ensureCerts()
  markRun()
})

test('the programs from hell are told what is wrong with them, in time, and leave nothing behind', {
  timeout: 600_000,
}, async () => {
  const results = await runHell(findHell())
  const bad = results.filter((result) => !isBearable(result))
  expect(bad.length, hellTable(bad)).toBe(0)
})
