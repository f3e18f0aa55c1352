/** The learner's page in a real browser, over a network that breaks again and again. */
import { setTimeout as delay } from 'node:timers/promises'
import type { PageBrowser } from '../support/page/browser.ts'
import type { PageSight } from '../support/page/hook.ts'
import type { LearnerPage } from '../support/page/page.ts'
import type { CheckContext } from '../support/subject.ts'
import { CuttingProxy } from './cutting.ts'
import { Publication } from './publication.ts'

/** After so many bytes the streams break: in the first block, in a replay, or while all is quiet. */
const CUTS = [60, 400, 90, 900, 150, 61, 300, 700]

/** Milliseconds between two messages, so that some come while the page is away, and some while it is there. */
const PACE_MS = 4

/** A page that opens a new source itself may take its time for each cut, in milliseconds. */
const CUTS_MS = 8000

/** So few messages are in any log still when a page comes back that was away for long. */
const MOST = 500

/** What a page got, it shows within so many milliseconds, and on a busy machine within so many looks at it. */
const SHOWN_MS = 1500
const LOOKS = 40
const LOOK_MS = 25

/** A message that is published while the page is away for good reasons may be lost; of several, one is not. */
const ATTEMPTS = 3

export interface Listed {
  /** Places in the order of publication, from 0. */
  items: number[]
  last: number
  /** How many EventSources the page has made. */
  sources: number
}

/** Publishes while the page's connection breaks, and tells what its list has in the end; undefined for one that has none. */
export async function watchCuts(context: CheckContext, browser: PageBrowser): Promise<Listed | undefined> {
  await using proxy = await CuttingProxy.start(context)
  await using page = await browser.open(context, proxy.origin)
  const publication = await Publication.begin(context)
  const listed = ({ items = [] }: PageSight) => placesOf(publication, items)
  const listNewest = async () => {
    for (let attempt = 1; ; attempt++) {
      await publication.publish(1)
      const last = publication.messages.length - 1
      const sight = await looked(context, page, (sight) => listed(sight).includes(last))
      if (listed(sight).includes(last) || attempt === ATTEMPTS) return { last, sight }
    }
  }
  await page.until(isOpen)
  if (listed((await listNewest()).sight).length === 0) return undefined
  proxy.cuts = [...CUTS]
  const end = performance.now() + CUTS_MS
  while (proxy.cuts.length > 0 && publication.count < MOST && performance.now() < end) {
    await publication.post()
    await delay(PACE_MS)
  }
  proxy.cuts = []
  const { last, sight } = await listNewest()
  return { items: listed(sight), last, sources: sight.sources.length }
}

/**
 * Lets the page come back with an id that nobody knows. Answers whether it shows something new then, beside what was
 * sent; undefined when the browser got no reset.
 */
export async function watchReset(context: CheckContext, browser: PageBrowser): Promise<boolean | undefined> {
  await using proxy = await CuttingProxy.start(context)
  await using page = await browser.open(context, proxy.origin)
  const { sight: before } = await page.until(isOpen)
  const isReset = () => page.received.some(({ type }) => type === 'reset')
  proxy.forged = 'nobody-knows-me'
  proxy.cut()
  await page.until(isReset)
  if (!isReset()) return undefined
  return hasNews(await looked(context, page, (sight) => hasNews(sight, before)), before)
}

/** The page as soon as `test` holds for it, or as it is when that has had its time. */
async function looked(
  { signal }: CheckContext,
  page: LearnerPage,
  test: (sight: PageSight) => boolean,
): Promise<PageSight> {
  const end = performance.now() + SHOWN_MS
  for (let looks = 1; ; looks++) {
    const sight = await page.look()
    if (test(sight) || (looks >= LOOKS && performance.now() > end)) return sight
    await delay(LOOK_MS, undefined, { signal })
  }
}

/** Whether a page says something that is neither a tick nor said before. */
function hasNews({ items = [], state, aside }: PageSight, before: PageSight): boolean {
  const isNew = (text: string) => text !== '' && !TICK.test(text) && !before.items?.includes(text)
  return items.some(isNew) || (state === before.state && aside !== before.aside)
}

function isOpen({ sources, state }: PageSight): boolean {
  return state === 'open' && sources.some(({ readyState }) => readyState === 1)
}

function placesOf(publication: Publication, items: string[]): number[] {
  const events = items.map((data) => ({ type: 'message', data, lastEventId: '' }))
  return publication.placesOf(publication.of({ events }))
}

const TICK = /^\d{4}-\d\d-\d\dT/
