import { execFile, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { temporaryFolder } from '../testing/folder.ts'
import { typeNotes } from './typecheck.ts'

/** Types that take for ever, and memory without end. */
const BOMB = `
type Rep<N extends number, A extends any[] = []> = A['length'] extends N ? A : Rep<N, [...A, any]>
type F<A, N extends any[]> = N extends [any, ...infer R] ? (A extends any ? F<[A, 0], R> | F<[A, 1], R> : never) : A
export const x = (y: F<'', Rep<19>>): F<0, Rep<19>> => y
`

/** Long enough for a busy machine, in milliseconds. */
const PATIENCE_MS = 50_000

test('errors are told by file and line, the first three of them, in text that can be read', async () => {
  const lines = ["const a: number = ''", "const b: '\u202e' = 1", '', 'c', 'd', 'e']
  await using folder = await temporaryFolder({ 'server.ts': lines.join('\n'), 'good.ts': 'export {}' })
  expect(await typeNotes(folder.path, 'server.ts', PATIENCE_MS)).toEqual([
    "TypeScript says, server.ts:1: Type 'string' is not assignable to type 'number'.",
    `TypeScript says, server.ts:2: Type '1' is not assignable to type '"<U+202E>"'.`,
    "TypeScript says, server.ts:4: Cannot find name 'c'.",
    '… and 2 more',
    'No lesson fails for what TypeScript says: what runs right passes.',
  ])
  expect(await typeNotes(folder.path, 'good.ts', PATIENCE_MS)).toEqual([])
})

describe.skipIf(process.platform === 'win32')('the compiler ends with the wait for it', () => {
  test('when its time is over', async () => {
    await using folder = await temporaryFolder({ 'server.ts': BOMB })
    const started = performance.now()
    expect(await typeNotes(folder.path, 'server.ts', 500)).toEqual([])
    expect(performance.now() - started).toBeLessThan(10_000)
    expect(await compilersOf(folder.path)).toBe('')
  })

  test('when what it reads has no end', async () => {
    await using folder = await temporaryFolder({ 'server.ts': "import './pipe.ts'\n" })
    execFileSync('mkfifo', [join(folder.path, 'pipe.ts')])
    expect(await typeNotes(folder.path, 'server.ts', 500)).toEqual([])
    expect(await compilersOf(folder.path)).toBe('')
  })

  test.skipIf(process.platform !== 'linux')('when it wants too much memory', async () => {
    await using folder = await temporaryFolder({ 'server.ts': "import './zero.ts'\n" })
    await symlink('/dev/zero', join(folder.path, 'zero.ts'))
    expect(await typeNotes(folder.path, 'server.ts', 10 * PATIENCE_MS)).toEqual([])
  })

  test('when nobody wants to know any more', async () => {
    await using folder = await temporaryFolder({ 'server.ts': BOMB })
    const stop = new AbortController()
    const notes = typeNotes(folder.path, 'server.ts', PATIENCE_MS, stop.signal)
    await expect.poll(() => compilersOf(folder.path)).not.toBe('')
    stop.abort()
    expect(await notes).toEqual([])
    expect(await compilersOf(folder.path)).toBe('')
  })

  test('when the command is killed', async () => {
    await using folder = await temporaryFolder({ 'server.ts': BOMB })
    const code = `const { typeNotes } = await import(${JSON.stringify(import.meta.resolve('./typecheck.ts'))})
      await typeNotes(process.argv[1], 'server.ts', ${PATIENCE_MS})`
    const child = spawn(process.execPath, ['--input-type=module', '-e', code, folder.path], {
      stdio: 'inherit',
    })
    await expect.poll(() => compilersOf(folder.path)).not.toBe('')
    child.kill('SIGKILL')
    await once(child, 'exit')
    await expect.poll(() => compilersOf(folder.path)).toBe('')
  })
})

/** The command lines of the compilers that are at work on a folder. */
async function compilersOf(folder: string): Promise<string> {
  const found = await promisify(execFile)('pgrep', ['-f', `^/.*/tsc .*${folder}`]).catch(() => undefined)
  return found?.stdout ?? ''
}
