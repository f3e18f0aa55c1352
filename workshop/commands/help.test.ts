/** What the commands are, told by the commands. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { root } from '../project/paths.ts'
import { copyProject } from '../testing/copy.ts'
import { run } from './help.ts'

afterEach(() => vi.restoreAllMocks())

const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const names = Object.keys(scripts).filter((name) => scripts[name].endsWith(`workshop/main.mjs ${name}`))

async function help(...words: string[]): Promise<string> {
  const log = vi.spyOn(console, 'log').mockImplementation(() => {})
  expect(await run(words)).toBe(0)
  return log.mock.calls.flat().join('\n')
}

test.each([...names, 'site'])('%s is told, in 80 columns', async (name) => {
  const text = await help(name)
  expect(text).toMatch(new RegExp(`npm (run )?${name}\\b`))
  for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
})

test('the overview is short, and tells what learners type', async () => {
  const lines = (await help()).split('\n')
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(80)
  expect(lines.length).toBeLessThanOrEqual(18)
  for (const name of ['lesson', 'check', 'undo', 'site'])
    expect(lines.join('\n')).toContain(`npm run ${name}`)
})

test('help is a word of every command, and no fault', async () => {
  await using copy = await copyProject()
  const told = { code: 0, stderr: '' }
  const [overview, ofCheck, ...same] = await Promise.all(
    [['help'], ['help', 'check'], ['check', 'help'], ['check', '3', '--help'], ['check', '-h']].map((words) =>
      copy.run(words),
    ),
  )
  expect(overview).toMatchObject({ ...told, stdout: expect.stringContaining('npm run lesson') })
  expect(ofCheck).toMatchObject({ ...told, stdout: expect.stringContaining('npm run check all') })
  for (const each of same) expect(each).toEqual(ofCheck)
  expect(await copy.run(['help', 'chekc'])).toEqual({
    code: 2,
    stdout: '',
    stderr: 'There is no command "chekc". Did you mean "check"?\n',
  })
})
