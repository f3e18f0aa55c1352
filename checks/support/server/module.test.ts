import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { Misfortune } from '../failure.ts'
import { groupOf, Project } from '../fixtures/project.ts'
import { LearnerModule, type Outcome } from './module.ts'
import { LearnerServer } from './server.ts'

const project = new Project()
afterAll(() => project[Symbol.dispose]())

const { signal } = new AbortController()

/** What `expressions` come to in a module of this text. Nothing is left of its process. */
async function call(text: string, ...expressions: string[]): Promise<Outcome[]> {
  const { folder, root } = project
  project.write('module.ts', text)
  const process = new LearnerServer({ folder, root, entry: 'throws-at-start.ts' })
  const module = new LearnerModule('module.ts')
  try {
    return await module.evaluate({ folder, signal, hold: () => process }, expressions)
  } finally {
    await module.close()
    expect(groupOf(process.pid)).toEqual([])
  }
}

/** What a learner is told of a module that can not be called. */
async function fail(text: string, ...expressions: string[]) {
  const error = await call(text, ...expressions).catch((error: unknown) => error)
  if (error instanceof Misfortune) return error.failure
  throw error
}

describe('a module is called in a process of its own', { timeout: 60_000 }, () => {
  test('and the program, which would throw, never begins', async () => {
    const echo = 'export const echo = (value: unknown) => value\nexport default 1'
    const values = [
      "'a\\nb\\u{d800}'",
      'NaN',
      '[undefined]',
      '',
      "'x'.repeat(2 ** 20)",
      "'x'.repeat(2 ** 28)",
    ]
    const [text, number, list, nothing, long, tooLong] = await call(
      echo,
      ...values.map((value) => `echo(${value})`),
    )
    expect([text, number, list]).toEqual([{ value: 'a\nb\ud800' }, { value: null }, { type: 'Array' }])
    expect([nothing, long]).toEqual([{ type: 'undefined' }, { value: 'x'.repeat(2 ** 20) }])
    expect(tooLong).toEqual({ type: 'string', length: 2 ** 28 })
  })

  test('what a promise comes to can be the outcome, and helpers have their names', async () => {
    const { folder, root } = project
    project.write('module.ts', 'export async function* count() {\n  yield 1\n  yield 2\n}')
    project.write('helpers.ts', 'export const sum = ([one, other]: number[]) => one + other')
    const helpers = pathToFileURL(join(folder, 'helpers.ts')).href
    const module = new LearnerModule('module.ts', helpers)
    const process = new LearnerServer({ folder, root, entry: 'throws-at-start.ts' })
    const all = ['Array.fromAsync(count()).then(sum)', "Promise.reject(new RangeError('no'))"]
    try {
      const outcomes = await module.evaluate({ folder, signal, hold: () => process }, all, { awaits: true })
      expect(outcomes).toMatchObject([{ value: 3 }, { thrown: { name: 'RangeError' } }])
    } finally {
      await module.close()
    }
  })

  test('what it throws has its place', async () => {
    const text = '\nexport function bad() {\n  throw new TypeError("no")\n}\nexport async function later() {}'
    const [thrown, promise, missing] = await call(text, 'bad()', 'later()', 'other()')
    const at = { file: 'my lesson ü/module.ts', line: 3 }
    expect(thrown).toEqual({ thrown: { name: 'TypeError', message: 'no', isTypeError: true, at } })
    expect(promise).toEqual({ type: 'Promise' })
    expect(missing).toMatchObject({ thrown: { name: 'ReferenceError', isTypeError: false } })
  })

  test('what it prints, however much, is no answer', async () => {
    const flood = 'export const loud = () => { for (let i = 0; i < 1e5; i++) console.log("loud"); return 1 }'
    expect(await call(flood, 'loud()')).toEqual([{ value: 1 }])
  })
})

describe('a module that can not be called says why', { timeout: 90_000 }, () => {
  test('a call without an end', async () => {
    const failure = await fail('export const f = (n: number) => { while (n > 1); return n }', 'f(1)', 'f(2)')
    expect(failure).toMatchObject({
      expected: 'f(2) → a value',
      received: 'no answer: the call does not come to its end',
    })
  })

  test('calls that take too long, all of them together', async () => {
    const text = 'export const f = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 3000)'
    const failure = await fail(text, ...Array.from({ length: 20 }, () => 'f()'))
    expect(failure.received).toMatch(/take far too long/)
  })

  test('a call that ends the process', async () => {
    const failure = await fail('export const f = () => process.exit(3)', 'f()')
    expect(failure.received).toBe('the end of the process, with exit code 3')
  })

  test('a call that takes all the memory, or all the time to get there', async () => {
    const text =
      'const all: unknown[] = []\nexport const f = () => { for (;;) all.push(new Array(1e5).fill(all)) }'
    expect((await fail(text, 'f()')).received).toMatch(/too much memory|no answer/)
  })

  test('an error that nobody could catch', async () => {
    const text = 'export const f = () => { queueMicrotask(() => { throw new Error("late") }) }'
    expect(await fail(text, 'f()', 'f()')).toMatchObject({ received: 'Error: late', at: { line: 1 } })
  })

  test('an error at the import', async () => {
    const failure = await fail('\nthrow new Error("at once")')
    expect(failure).toMatchObject({ expected: 'module.ts, ready to be called', received: 'Error: at once' })
    expect(failure.at).toEqual({ file: 'my lesson ü/module.ts', line: 2 })
  })

  test('a text that is no TypeScript', async () => {
    expect((await fail('export const = 1')).received).toContain('a syntax error: Expected identifier')
  })

  test('an import that is not there', async () => {
    const { received, at } = await fail("import './nowhere.ts'")
    expect(received).toBe('an import that was not found: my lesson ü/nowhere.ts, in my lesson ü/module.ts')
    expect(at?.line).toBe(1)
  })

  test('an import that never ends, and one that ends the process', async () => {
    expect((await fail('await new Promise(() => {})')).received).toBe(
      'an import that does not come to its end',
    )
    expect((await fail('process.exit(0)')).received).toBe('the end of the process, with exit code 0')
  })
})
