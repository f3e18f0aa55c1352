/** The learner's page in a real browser, while one server takes the place of another on the same port. */
import type { PageBrowser } from '../support/page/browser.ts'
import type { PageSight } from '../support/page/hook.ts'
import type { CheckContext } from '../support/subject.ts'
import { post } from '../support/traffic/messages.ts'

/** How long a page may take to come back, in milliseconds: its own time, and what a browser adds after a refusal. */
const BACK_MS = 15_000

/** How long a message may take to be listed, in milliseconds. */
const LISTED_MS = 2500

const NEWS = 'From the server after it'

/** How far the page came: it never opened, it stayed open, it gave up, it waited, or it listed what the next server sent. */
export type Fate = 'never open' | 'closed' | 'connecting' | 'open' | 'listed'

export async function watchPage(context: CheckContext, browser: PageBrowser): Promise<Fate> {
  const env = { SHUTDOWN_MS: '3000' }
  const first = await context.start({ env })
  await using page = await browser.open(context, first.origin)
  if (!(await page.until(isOpen)).met) return 'never open'
  first.signal('SIGTERM')
  await page.until((sight) => !isOpen(sight))
  await first.stop()
  const next = await context.start({ env, port: first.port })
  const { met, sight } = await page.until((sight) => isOpen(sight) || isClosed(sight), BACK_MS)
  if (!met || isClosed(sight)) return met ? 'closed' : 'connecting'
  await post(context, await context.connect(next.origin), NEWS)
  const hasNews = ({ items = [] }: PageSight) => items.some((item) => item.includes(NEWS))
  return (await page.until(hasNews, LISTED_MS)).met ? 'listed' : 'open'
}

function isOpen({ sources }: PageSight): boolean {
  return sources.some(({ readyState }) => readyState === 1)
}

function isClosed({ sources }: PageSight): boolean {
  return sources.every(({ readyState }) => readyState === 2)
}
