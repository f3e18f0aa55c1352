/** `npm run lesson` without a screen: a pipe, a dumb terminal, or WORKSHOP_PLAIN=1 for a screen reader. */
import { cp, mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { freePort } from '../../checks/support/server/ports.ts'
import { copyProject } from '../testing/copy.ts'
import { hasTmux, Tmux } from '../testing/tmux.ts'

test('each save appends a verdict, and what the server prints stands apart', async () => {
  await using copy = await copyProject()
  const server = join(copy.root, 'lessons/03-headers/server.ts')
  const solution = await readFile(join(copy.root, 'solutions/03-headers/server.ts'), 'utf8')
  const lesson = copy.start(['lesson', '3'], { PORT: String(await freePort()) })
  await lesson.prints('Not yet.')
  await writeFile(server, `${solution}console.log('\\u001b[2Jone', '\\n')\n`)
  await lesson.prints('Next: npm run lesson 4')
  await lesson.prints('  printed  one')
  lesson.child.kill('SIGINT')
  const { code, stdout } = await lesson.ended
  expect(code).toBe(0)
  expect(stdout).not.toContain('\u001b')
  expect(stdout.indexOf('Not yet.')).toBeLessThan(stdout.indexOf('Passed.'))
})

test('a folder that is moved away, and what is no file, is one line each; the lesson goes on', async () => {
  await using copy = await copyProject()
  const folder = join(copy.root, 'lessons/03-headers')
  const lesson = copy.start(['lesson', '3'], { PORT: String(await unusedPort()) })
  await lesson.prints('Not yet.')
  await rename(folder, join(copy.root, 'away'))
  await lesson.prints('lessons/03-headers is not there any more. Put it back, and it is checked again.\n')
  await rename(join(copy.root, 'away'), folder)
  await rm(join(folder, 'server.ts'))
  await mkdir(join(folder, 'server.ts'))
  await symlink('loop', join(folder, 'loop'))
  await lesson.prints('lessons/03-headers/server.ts is a folder, a pipe or a device.')
  await rm(join(folder, 'server.ts'), { recursive: true })
  await cp(join(copy.root, 'solutions/03-headers/server.ts'), join(folder, 'server.ts'))
  await lesson.prints('Next: npm run lesson 4')
  lesson.child.kill('SIGINT')
  expect(await lesson.ended).toMatchObject({ code: 0, stderr: expect.stringMatching(/^(Made a .*\n)?$/) })
})

describe.skipIf(!hasTmux)('on a terminal', () => {
  test.each<[string, string]>([
    ['WORKSHOP_PLAIN', '1'],
    ['TERM', 'dumb'],
  ])('nothing is drawn over, and the cursor stays, with %s=%s', async (name, value) => {
    await using copy = await copyProject()
    const command = `'${process.execPath}' workshop/main.mjs lesson 1`
    await using tmux = await Tmux.start({ command, cwd: copy.root, env: { [name]: value } })
    await tmux.shows('Not yet.')
    expect(await tmux.modes()).toBe('0 1')
    process.kill((await tmux.child()) ?? 0, 'SIGINT')
    await tmux.shows('exit 0')
  })
})
