/** A server in the page, in Firefox: what Chromium keeps from a service worker, Firefox shows it. */
import { describe, expect, test } from 'vitest'
import { launchFirefox } from '../../../checks/support/page/firefox.ts'
import { findOfKind } from '../../../checks/support/page/installed.ts'
import { toHash } from '../../src/playground/share.ts'
import { useSite } from './served.ts'

const site = useSite()
const firefox = findOfKind('firefox')
const isThere = firefox !== undefined || process.env.CI === 'true'
if (!isThere)
  console.warn('NOT RUN: there is no Firefox, and no EventSource of it heard a server in the page.')

/** How long it may take on a busy machine, in milliseconds. */
const PATIENCE_MS = 180_000

describe.runIf(isThere)('in Firefox', () => {
  test(
    'an EventSource hears the stream that is typed, comes back with its last id, and gives up at a 503',
    async () => {
      const browser = await launchFirefox(firefox?.path ?? 'firefox')
      try {
        const tab = await browser.newTab()
        await tab.load(`${site.home}playground/${await toHash('retry: 500\nid: 7\ndata: x\n\n')}`)
        const press = (name: string) => tab.click(`real-source.ready button[data-do=${name}]`, PATIENCE_MS)
        const log = () =>
          tab.run(
            (selector) =>
              Array.from(document.querySelectorAll<HTMLElement>(selector), (entry) => entry.innerText).join(
                '\n',
              ),
            '.rs-log li > span:last-child',
          )
        const hears = (words: string) => expect.poll(log, { timeout: PATIENCE_MS / 3 }).toContain(words)
        await press('open')
        await hears('message event x')
        await press('end')
        await hears('asks for the stream, with Last-Event-ID 7')
        await press('away')
        await press('end')
        await hears('error: it has given up')
      } finally {
        await browser.close()
      }
    },
    PATIENCE_MS,
  )
})
