import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const bench = (...words: string[]) => {
  const program = join(import.meta.dirname, 'bench.ts')
  const child = spawn(process.execPath, [program, 'fanout', ...words], { stdio: 'pipe' })
  let text = ''
  for (const output of [child.stdout, child.stderr])
    output.setEncoding('utf8').on('data', (piece) => {
      text += piece
    })
  return { child, closed: once(child, 'close'), text: () => text }
}

test('measures the finished server beside the raw loop, in 80 columns', async () => {
  const { closed, text } = bench('--smoke')
  const [code] = await closed
  expect(code, text()).toBe(0)
  for (const name of ['ours', 'raw loop']) {
    const rows = text()
      .split('\n')
      .filter((line) => line.startsWith(`  ${name} `))
    const figures = rows.map((line) =>
      line
        .slice(20)
        .trim()
        .split(/\s+/)
        .map((word) => Number(word.replaceAll(',', ''))),
    )
    expect(figures.map((row) => row.length)).toEqual([8, 2])
    expect(figures[0]?.every((figure) => figure > 0)).toBe(true)
  }
  for (const line of text().split('\n')) expect(line.length, line).toBeLessThanOrEqual(80)
})

test('Ctrl-C leaves no process', async () => {
  const { child, closed, text } = bench('--idle', '6')
  await expect.poll(text).toContain('came in')
  const servers = execFileSync('pgrep', ['-P', String(child.pid)], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map(Number)
  expect(servers.length).toBeGreaterThan(0)
  child.kill('SIGINT')
  expect((await closed)[0], text()).toBe(130)
  for (const pid of servers) await expect.poll(() => isAlive(pid)).toBe(false)
})

test('a folder without a server is told in a line', async () => {
  const { closed, text } = bench('lessons/nowhere')
  expect((await closed)[0]).toBe(2)
  expect(text()).toContain('lessons/nowhere/server.ts is not there')
})

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
