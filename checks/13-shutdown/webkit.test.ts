/** The finished page in WebKit, which hears of a server's end only where streams are ended before connections. */
import { describe, expect, test } from 'vitest'
import { connect } from '../support/client/client.ts'
import { hasWebKit, WebKit } from '../support/fixtures/webkit.ts'
import { Redis } from '../support/server/redis.ts'
import { sendMessage } from '../support/traffic/messages.ts'
import { Succession } from './rolling.ts'

const isThere = hasWebKit || (process.env.CI === 'true' && process.platform === 'linux')
if (!isThere)
  console.warn('NOT RUN: there is no WebKitWebDriver or no xvfb, and no page was opened in WebKit.')

const patient = { timeout: 30_000, interval: 50 }

/** What the page shows. Runs in the browser. */
const look = () => ({
  state: document.querySelector('#state')?.textContent,
  items: Array.from(document.querySelectorAll('#list li'), (item) => item.textContent),
})

describe.runIf(isThere)('in WebKit', () => {
  test('the finished page lists, follows a restart, and lives after Back', { timeout: 180_000 }, async () => {
    await using redis = await Redis.open()
    await using servers = await Succession.begin('15-scale-out', { REDIS_URL: redis.url })
    await using webkit = await WebKit.start()
    const isOpen = async () => (await webkit.ask(look)).state === 'open'
    const lists = async (...texts: string[]) => {
      await using client = await connect(servers.origin)
      for (const text of texts) await sendMessage(client, text).done
      const items = async () => (await webkit.ask(look)).items.slice(-texts.length)
      await expect.poll(items, patient).toEqual(texts)
    }

    await webkit.open(servers.origin)
    await expect.poll(isOpen, patient).toBe(true)
    await lists('one', '<b>two</b>')

    await servers.next()
    await expect.poll(isOpen, patient).toBe(true)
    await lists('three', 'four')
    expect((await webkit.ask(look)).items).toEqual(['one', '<b>two</b>', 'three', 'four'])

    await webkit.open(`${servers.origin}/page.css`)
    await webkit.back()
    await expect.poll(isOpen, patient).toBe(true)
    await lists('five', 'six')
  })
})
