import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../testing/folder.ts'
import { withLock } from './lock.ts'

/** Runs `code` in a process of its own, which knows `withLock` and `folder`. */
function inProcess(folder: string, code: string) {
  const module = JSON.stringify(new URL('lock.ts', import.meta.url).href)
  const script = `import { mkdirSync, rmdirSync } from 'node:fs'
    import { setTimeout as delay } from 'node:timers/promises'
    const { withLock } = await import(${module})
    const folder = process.argv[1]
    ${code}`
  const args = ['--input-type=module', '-e', script, folder]
  return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
}

/** Takes lock after lock, and says so where it is not alone with it. */
const TAKE_ALL = `
  for (let turn = 0; turn < 20; turn++) {
    const inside = \`\${folder}/inside-\${turn}\`
    await withLock(\`\${folder}/lock-\${turn}\`, async () => {
      try { mkdirSync(inside) } catch { return console.log('not alone with lock', turn) }
      await delay(2)
      rmdirSync(inside)
    })
  }`

test('processes take turns', async () => {
  await using folder = await temporaryFolder()
  const takers = Array.from({ length: 4 }, () => inProcess(folder.path, TAKE_ALL))
  expect(await Promise.all(takers.map((taker) => text(taker.stdout)))).toEqual(['', '', '', ''])
})

test('a lock is held for as long as its holder lives, however old it is, and free as soon as that is killed', async () => {
  await using folder = await temporaryFolder()
  const path = join(folder.path, 'new/lock')
  const holder = inProcess(
    folder.path,
    `await withLock(folder + '/new/lock', () => delay(60_000, process.stdout.write('held')))`,
  )
  try {
    await once(holder.stdout, 'data')
    await utimes(path, 0, 0)
    const taken = withLock(path, async () => performance.now())
    expect(await Promise.race([taken, delay(200)])).toBeUndefined()
    const killed = performance.now()
    holder.kill('SIGKILL')
    expect((await taken) - killed).toBeLessThan(5000)
  } finally {
    holder.kill('SIGKILL')
  }
})

test('what a task throws comes through, and the lock is free again', async () => {
  await using folder = await temporaryFolder()
  const path = join(folder.path, 'lock')
  await expect(withLock(path, () => Promise.reject(new Error('mine')))).rejects.toThrow('mine')
  expect(await withLock(path, async () => 'free')).toBe('free')
})
