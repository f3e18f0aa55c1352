import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const LEASH = join(import.meta.dirname, 'leash.mjs')

test('when nobody holds its leash any more, a browser ends, and its profile goes', async () => {
  const profile = await mkdtemp(join(tmpdir(), 'leash-'))
  const program = 'console.log(process.pid); setInterval(() => {}, 1000)'
  const args = [LEASH, process.execPath, '-e', program, '--', '--profile', profile]
  const leash = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  const [printed] = await once(leash.stdout, 'data')
  const pid = Number(printed)
  expect(process.kill(pid, 0)).toBe(true)
  leash.stdin.destroy()
  await once(leash, 'exit')
  expect(() => process.kill(pid, 0)).toThrow('ESRCH')
  expect(existsSync(profile)).toBe(false)
})

test('a browser that ends by itself, or never began, ends its leash', async () => {
  for (const [program, ...args] of [[process.execPath, '-e', 'process.exit(3)'], ['/no/such/browser']]) {
    const leash = spawn(process.execPath, [LEASH, program ?? '', ...args], {
      stdio: ['pipe', 'ignore', 'pipe'],
    })
    leash.stderr.resume()
    const [code] = await once(leash, 'exit')
    expect(code).toBe(args.length > 0 ? 3 : 1)
  }
})
