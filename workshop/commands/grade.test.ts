import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { leftSince, lookAround, markRun } from '../grade/leftovers.ts'
import { copyProject } from '../testing/copy.ts'
import { temporaryFolder } from '../testing/folder.ts'

beforeAll(markRun)

test.skipIf(process.platform === 'win32')(
  'Ctrl-C ends a grade, its processes, and the browsers that they keep',
  {
    timeout: 120_000,
  },
  async () => {
    const before = lookAround()
    await using copy = await copyProject()
    await using temporary = await temporaryFolder()
    const ofBrowsers = () => readdirSync(temporary.path).filter((name) => name.startsWith('playwright'))
    const grade = copy.start(['grade', '5'], { TMPDIR: temporary.path })
    await expect.poll(ofBrowsers, { timeout: 50_000 }).not.toEqual([])
    grade.child.kill('SIGINT')
    for (const pid of judges()) process.kill(pid, 'SIGINT') // as a terminal does
    const { code, stdout } = await grade.ended
    expect(stdout).toContain('0 processes and 0 ports left.')
    expect(code).toBe(130)
    expect(ofBrowsers()).toEqual([])
    expect(readdirSync(join(copy.root, '.workshop')).filter((name) => name.startsWith('grade-'))).toEqual([])
    expect(await leftSince(before)).toEqual({ processes: new Map(), ports: [] })
  },
)

function judges(): number[] {
  return [...lookAround().processes].flatMap(([pid, command]) => (command.includes('child.ts') ? pid : []))
}
