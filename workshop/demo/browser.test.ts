/** `npm run demo 4` beside a real browser: connections are killed, and no event is lost that had an id. */
import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { findOfKind } from '../../checks/support/page/installed.ts'
import { freePort } from '../../checks/support/server/ports.ts'
import { root } from '../project/paths.ts'
import { copyProject } from '../testing/copy.ts'
import { hasTmux, Tmux } from '../testing/tmux.ts'

/** What the page keeps in sight. */
interface Sight {
  /** The data of each message. */
  seen: string[]
  /** How often the stream was opened, and how many messages were there the last time. */
  opened: number
  before: number
}

const browser = findOfKind('chromium')

describe.skipIf(!hasTmux || !(browser || process.env.CI))('the demo beside a browser', () => {
  test('a page comes back after each kill with every event, and goes on with the next lesson', {
    timeout: 180_000,
  }, async () => {
    await using copy = await copyProject()
    const solution = join(copy.root, 'solutions/04-message-format/server.ts')
    await copyFile(join(root, 'workshop/demo/ids.fixture.ts'), solution)
    const port = await freePort()
    const command = `'${process.execPath}' workshop/main.mjs demo 4`
    const env = { PORT: String(port), NO_COLOR: '1' }
    await using tmux = await Tmux.start({ command, cwd: copy.root, env })
    await tmux.shows(/this screen +\d+ +\d+ +\d+ +\d+ s +\d/)

    await using chrome = await chromium.launch({ executablePath: browser?.path })
    const page = await chrome.newPage({ ignoreHTTPSErrors: true })
    await page.goto(`https://localhost:${port}`)
    await page.evaluate(() => {
      const sight: Sight = Object.assign(globalThis, { seen: [], opened: 0, before: 0 })
      const events = new EventSource('/events')
      events.onopen = () => {
        sight.opened++
        sight.before = sight.seen.length
      }
      events.onmessage = ({ data }) => sight.seen.push(data)
    })
    const sees = (opened: number, data: string) =>
      page.waitForFunction(
        ([opened, data]) => {
          const sight = globalThis as unknown as Sight
          const isNew = sight.opened >= opened && sight.seen.length > sight.before
          return isNew && new RegExp(data).test(sight.seen.at(-1) ?? '')
        },
        [opened, data] as const,
        { timeout: 60_000 },
      )
    await sees(1, '^\\d+$')
    await tmux.shows(/Chrome +\d+ +\d+ +\d+ +\d+ s +\d/)
    for (const kills of [1, 2, 3]) {
      if (kills === 3) await tmux.press('s') // what is on its way through a slow network is cut off as well
      await tmux.shows('k kill connections') // the screen may not know yet that the page has come back
      await tmux.press('k')
      await sees(kills + 1, '^\\d+$')
    }
    const ids = (await page.evaluate(() => (globalThis as unknown as Sight).seen)).map(Number)
    expect(ids).toEqual(ids.map((_, index) => (ids[0] ?? 0) + index))
    expect(ids.length).toBeGreaterThan(3)

    await tmux.press('s', 'n')
    await sees(5, '^\\d{4}-\\d\\d-\\d\\dT')
    await tmux.press('q')
    await tmux.shows('exit 0')
  })
})
