import { expect, test, vi } from 'vitest'
import { lessons } from '../../checks/lessons.ts'
import { hasServer, needsProcess } from '../../checks/manifest.ts'
import { findBrowser } from '../../checks/support/page/installed.ts'
import { startServer } from '../../checks/support/server/start.ts'
import { TICK_MS } from '../../checks/support/subject.ts'
import { findLesson } from '../args.ts'
import { lookAround, markRun } from '../grade/leftovers.ts'
import { ensureCerts } from '../project/certs.ts'
import { root, solutionFolder } from '../project/paths.ts'
import { Runner } from './runner.ts'
import { targetOf } from './target.ts'

/** The command line of a browser that is driven by tests. */
const BROWSER = /--remote-debugging/

test('nothing watches the checks: a change to them would start a run of its own, in the middle of another', async () => {
  const watchers = () => process.getActiveResourcesInfo().filter((name) => name === 'FSEventWrap').length
  const before = watchers()
  await using _runner = await Runner.create()
  await expect.poll(watchers).toBe(before)
})

test('a command does not wait for ever for its end, and ends with its own exit code all the same', async () => {
  await using runner = await Runner.create()
  const dispose = runner[Symbol.asyncDispose].bind(runner)
  runner[Symbol.asyncDispose] = () => new Promise(() => {})
  const exit = vi.spyOn(process, 'exit').mockImplementation(() => undefined as never)
  vi.useFakeTimers()
  try {
    const closed = runner.close()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(exit).not.toHaveBeenCalled()
    await closed
  } finally {
    vi.useRealTimers()
    exit.mockRestore()
    runner[Symbol.asyncDispose] = dispose
  }
})

test('a run that was made ready for another lesson leaves nothing in the verdict', async () => {
  await ensureCerts()
  const headers = findLesson('headers')
  const server = findLesson('http2-server')
  if (!headers || !server) throw new Error('lesson 02 or 03 is missing')
  await using runner = await Runner.create()
  await runner.prepare(headers, targetOf({ kind: 'solution' }, headers))
  const { checks, passed } = await runner.run(server, targetOf({ kind: 'solution' }, server))
  expect(checks.filter(({ id }) => !id.startsWith(server.slug))).toEqual([])
  expect(passed).toBe(true)
})

test.skipIf(process.platform !== 'linux')(
  'a run that is made ready has its browser, if one is installed, before it begins',
  { timeout: 60_000 },
  async ({ skip }) => {
    if (!process.env.CI && !findBrowser()) skip('there is no browser')
    await ensureCerts()
    markRun()
    const page = findLesson('client-page')
    if (!page) throw new Error('lesson 05 is missing')
    await using runner = await Runner.create()
    const browsers = () => [...lookAround().processes.values()].filter((command) => BROWSER.test(command))
    expect(browsers()).toEqual([])
    await runner.prepare(page, targetOf({ kind: 'solution' }, page))
    await expect.poll(browsers, { timeout: 30_000 }).not.toEqual([])
  },
)

test('an address is asked each check whole or not at all: what needs a process says so in its manifest', {
  timeout: 180_000,
}, async () => {
  await ensureCerts()
  const newest = lessons.findLast(hasServer)
  if (!newest) throw new Error('no lesson has a server')
  const { slug, entry } = newest
  const env = { TICK_MS: String(TICK_MS) }
  await using server = await startServer({ folder: solutionFolder(slug), entry, root, env })
  await using runner = await Runner.create()
  const { origin } = server
  const { checks } = await runner.run(newest, { kind: 'address', origin, label: origin })
  const wanted = checks.map(({ id }) => {
    const [of, name = ''] = id.split('/')
    const lesson = lessons.find((each) => each.slug === of)
    const isLeftOut = lesson && (needsProcess(lesson, name) || lesson.checks[name]?.until !== undefined)
    return [id, isLeftOut ? 'not-run' : 'passed']
  })
  expect(checks.map(({ id, state }) => [id, state])).toEqual(wanted)
})
