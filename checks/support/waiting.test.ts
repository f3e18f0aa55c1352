import { describe, expect, test } from 'vitest'
import { Watchers, within } from './waiting.ts'

const never = new Promise<never>(() => {})

describe('within', () => {
  test('answers with what the promise resolves to', async () => {
    expect(await within(Promise.resolve('in time'), 60_000)).toBe('in time')
  })

  test('gives up once its time has passed', async () => {
    expect(await within(never, 1)).toBeUndefined()
  })

  test('rejects with the promise', async () => {
    await expect(within(Promise.reject(new Error('broken')), 60_000)).rejects.toThrow('broken')
  })
})

describe('until', () => {
  test('what holds already is not waited for', async () => {
    expect(await new Watchers().until(() => true, 60_000)).toBe(true)
  })

  test('looks again when it is told to', async () => {
    const watchers = new Watchers()
    let count = 0
    const waiting = watchers.until(() => count === 2, 60_000)
    for (const next of [1, 2]) {
      count = next
      watchers.tell()
    }
    expect(await waiting).toBe(true)
  })

  test('looks once more when the time is up, since not everything tells', async () => {
    let holds = false
    const waiting = new Watchers().until(() => holds, 1)
    holds = true
    expect(await waiting).toBe(true)
  })

  test('gives up when it is over, unless it holds by then', async () => {
    const watchers = new Watchers()
    let over = false
    const isOver = () => over
    const waits = [watchers.until(() => false, 60_000, isOver), watchers.until(() => over, 60_000, isOver)]
    over = true
    watchers.tell()
    expect(await Promise.all(waits)).toEqual([false, true])
  })
})
