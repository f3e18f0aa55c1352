import { beforeAll, expect, test } from 'vitest'
import { ensureCerts } from '../certs/make.ts'
import { findCases, nameOf } from './cases.ts'
import { findHell } from './cases-hell.ts'
import { gradeCases } from './grade.ts'
import { isBearable, runHell } from './grade-hell.ts'
import { leftSince, lookAround, markRun } from './grade-leftovers.ts'
import { goldenOf } from './grade-message.ts'
import { hellTable } from './grade-report.ts'
import { root } from './project.ts'

/** The golden files have some words of the system in them, of openssl for one. */
const isGoldenHere = process.platform === 'linux'

beforeAll(async () => {
  await ensureCerts(root)
  markRun()
})

test('each wrong case is caught by its own check, in the words of its golden file, and each right one passes', {
  timeout: 900_000,
}, async () => {
  const before = lookAround()
  const graded = await gradeCases(findCases())
  const bad = graded.filter(({ grade }) => grade !== 'good')
  expect(bad.map(({ case: each, grade, message }) => `${nameOf(each)}: ${grade}\n${message}`)).toEqual([])
  const told = graded.filter(({ case: each }) => each.kind === 'wrong' && isGoldenHere)
  const goldens = told.map(({ case: each }) => [nameOf(each), goldenOf(each)])
  const messages = told.map(({ case: each, message }) => [nameOf(each), message])
  expect(Object.fromEntries(messages)).toEqual(Object.fromEntries(goldens))
  expect(await leftSince(before)).toEqual({ processes: new Map(), ports: [] })
})

test('the programs from hell are told what is wrong with them, in time, and leave nothing behind', {
  timeout: 600_000,
}, async () => {
  const results = await runHell(findHell())
  const bad = results.filter((result) => !isBearable(result))
  expect(bad.length, hellTable(bad)).toBe(0)
})
