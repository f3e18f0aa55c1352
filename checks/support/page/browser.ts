/** One browser for all the checks of a run, with one tab for those of each lesson. */
import { Misfortune, NotRun } from '../failure.ts'
import type { CheckContext, Run } from '../subject.ts'
import { launchChromium } from './chromium.ts'
import { launchFirefox } from './firefox.ts'
import { chosenBrowser, findBrowser } from './installed.ts'
import { keptBrowser } from './kept.ts'
import { LearnerPage, type OpenOptions } from './page.ts'
import type { RunningBrowser } from './tab.ts'

/** The browser of this run, and the lessons that are not done with it. */
let launched: Promise<RunningBrowser> | undefined
const users = new Set<PageBrowser>()

/**
 * Starts when a page is first asked for, or ahead in a run that waits to begin, and in any where it is Firefox, which takes
 * its time; ends with its last user unless it is kept.
 */
export class PageBrowser {
  #keeper?: string
  #page?: Promise<LearnerPage>

  /**
   * It is made outside of `lesson()`, whose callback Vitest calls once the run has begun: then it would be late. What goes
   * wrong with a start ahead is told by `open`.
   */
  constructor({ gate, keeper }: Pick<Run, 'gate' | 'keeper'>) {
    this.#keeper = keeper
    users.add(this)
    if (gate || findBrowser()?.kind === 'firefox') this.#start().catch(() => {})
  }

  /**
   * Shows the page at `origin`, once it has loaded. Throws `NotRun` where there is no browser; on a build server, which
   * sets `CI`, that is a failure.
   */
  async open(context: CheckContext, origin: string, options?: OpenOptions): Promise<LearnerPage> {
    const page = await this.#start()
    await page.open(context, origin, options)
    return page
  }

  async close(): Promise<void> {
    users.delete(this)
    const page = await this.#page?.catch(() => undefined)
    // A page that is lost may never close. Its run has failed, so that nobody wants the browser any more.
    if (!page?.isLost) await page?.close()
    if (!page?.isLost && (this.#keeper || users.size > 0)) return
    const browser = await launched?.catch(() => undefined)
    await browser?.close()
  }

  #start(): Promise<LearnerPage> {
    launched ??= this.#keeper ? keptBrowser(this.#keeper, launch) : launch()
    this.#page ??= launched.then(async (browser) => new LearnerPage(await browser.newTab()))
    return this.#page
  }
}

async function launch(): Promise<RunningBrowser> {
  const found = findBrowser()
  const chosen = chosenBrowser()
  if (!found) return cannot(chosen ? `there is no program at ${chosen.variable}` : 'there is none')
  try {
    return await LAUNCH[found.kind](found.path)
  } catch (error) {
    return cannot(`${found.name} did not start (${String(error).split('\n')[0]})`)
  }
}

const LAUNCH = { chromium: launchChromium, firefox: launchFirefox }

function cannot(reason: string): never {
  if (!process.env.CI) throw new NotRun(`needs a browser, and ${reason}: ${INSTALL}`)
  throw new Misfortune({
    expected: 'an installed browser',
    received: reason,
    why: 'This check opens your page in a real browser.',
    fix: `${INSTALL[0]?.toUpperCase()}${INSTALL.slice(1)}.`,
  })
}

const INSTALL = 'install Chrome, Edge, Chromium or Firefox, or set BROWSER_PATH to the program file of one'
