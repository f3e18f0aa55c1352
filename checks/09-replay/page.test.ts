/** The page of the solution, over a network that breaks 50 times while 500 messages are posted. */
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { chromium, type Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { connect } from '../support/client/client.ts'
import { Project } from '../support/fixtures/project.ts'
import { randomFrom } from '../support/fixtures/random.ts'
import { findOfKind } from '../support/page/installed.ts'
import { startServer } from '../support/server/start.ts'
import { sendMessage } from '../support/traffic/messages.ts'
import { CuttingProxy } from './cutting.ts'

const MESSAGES = 500
const CUTS = 50

/** A stream breaks after at most so many bytes: in its first block, in a replay, or in what is new. */
const LONGEST = 900

/** Fewer milliseconds than these are between two messages, so that some come while the page is away. */
const PACE_MS = 8

/** The cuts may be so many behind the messages. */
const LAG = 3

/** How often one looks at the page, and for how long, in milliseconds. */
const patient = { interval: 5, timeout: 30_000 }

/** Many times what it takes, in milliseconds: the machine may be busy. */
const TIMEOUT_MS = 180_000

/** What stands behind all messages: nothing comes after it. */
const DONE = 'done'

const browser = findOfKind('chromium')
const folder = join(import.meta.dirname, '../../solutions/09-replay')

test.skipIf(!browser && !process.env.CI)(
  'its list has each message once, and in order',
  async ({ onTestFailed }) => {
    const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31))
    onTestFailed(() => console.error(`To have the same cuts again, set SEED=${seed}`))
    const random = randomFrom(seed)
    using project = new Project()
    const { root } = project
    await using server = await startServer({ folder, entry: 'server.ts', root, env: { TICK_MS: '0' } })
    await using proxy = await CuttingProxy.start({ root, origin: server.origin })
    await using client = await connect(server.origin)
    const post = async (message: string) =>
      expect((await sendMessage(client, message).head).status, message).toBe(204)
    await using chrome = await chromium.launch({ executablePath: browser?.path })
    const page = await chrome.newPage({ ignoreHTTPSErrors: true })
    let asked = 0
    page.on('request', (request) => {
      if (request.resourceType() === 'eventsource') asked++
    })
    await page.goto(proxy.origin)
    await page.waitForFunction(() => document.querySelector('output')?.value === 'open')

    proxy.cuts = Array.from({ length: CUTS }, () => 1 + random(LONGEST))
    const sent: string[] = []
    for (let count = 1; count <= MESSAGES; count++) {
      const message = `Message ${count}`
      await post(message)
      sent.push(message)
      await delay(random(PACE_MS))
      const due = Math.floor((count * CUTS) / MESSAGES) - (count < MESSAGES ? LAG : 0)
      const isCut = async () => {
        if (asked > due) return true
        // Where all has come and the stream still lasts, nothing more comes that would break it.
        if (await hasListed(page, message)) proxy.cut()
        return false
      }
      await expect.poll(isCut, patient).toBe(true)
    }
    proxy.cuts = []
    await post(DONE)
    await expect.poll(() => hasListed(page, DONE), patient).toBe(true)
    expect(await page.locator('#list li').allTextContents()).toEqual([...sent, DONE])
    expect(asked).toBeGreaterThan(CUTS)
  },
  TIMEOUT_MS,
)

/** Whether the page has an open stream, and its list ends in this message. */
function hasListed(page: Page, message: string): Promise<boolean> {
  return page.evaluate((message) => {
    const isOpen = document.querySelector('output')?.value === 'open'
    return isOpen && document.querySelector('#list')?.lastElementChild?.textContent === message
  }, message)
}
