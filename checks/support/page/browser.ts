/** One browser for all the checks of a run, with one tab for those of each lesson. */
import type { Browser } from 'playwright-core'
import { Misfortune, NotRun } from '../failure.ts'
import type { CheckContext, Run } from '../subject.ts'
import { hook, KEY } from './hook.ts'
import { findBrowser } from './installed.ts'
import { keptBrowser } from './kept.ts'
import { LearnerPage, type OpenOptions } from './page.ts'
import { Pulse } from './pulse.ts'

/** How long a browser may take to start, in milliseconds. */
const START_MS = 20_000

/**
 * What keeps a browser from talking to anyone but the server under check, and from drawing what nobody sees: the list
 * below the address bar is a page of its own, which can take more of the machine than the learner's. No page takes more
 * memory than the checks may need. The last flag
 * replaces Playwright's own, so what matters of that one stands here too.
 */
const FLAGS = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
  '--js-flags=--max-old-space-size=128',
  `--disable-features=${[
    'WebUIOmniboxPopup',
    'WebUIOmniboxAimPopup',
    'HttpsUpgrades',
    'MediaRouter',
    'NetworkTimeServiceQuerying',
    'OptimizationHints',
    'PaintHolding',
  ]}`,
]

/** Playwright turns off what lets people come back to a page as they left it. */
const UNWANTED = ['--disable-back-forward-cache']

/** The browser of this run, and the lessons that are not done with it. */
let launched: Promise<Browser> | undefined
const users = new Set<PageBrowser>()

/** Starts when a page is first asked for, or ahead in a run that waits to begin; ends with its last user unless it is kept. */
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
    if (gate) this.#start().catch(() => {})
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
    this.#page ??= launched.then(newPage)
    return this.#page
  }
}

async function launch(): Promise<Browser> {
  const found = findBrowser()
  if (!found) return cannot(process.env.CHROME_PATH ? 'there is no program at CHROME_PATH' : 'there is none')
  const { chromium } = await import('playwright-core') // takes a while, and many runs need no browser
  const signals = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false }
  try {
    return await chromium.launch({
      executablePath: found.path,
      args: FLAGS,
      ignoreDefaultArgs: UNWANTED,
      timeout: START_MS,
      ...signals,
    })
  } catch (error) {
    return cannot(`${found.name} did not start (${String(error).split('\n')[0]})`)
  }
}

async function newPage(browser: Browser): Promise<LearnerPage> {
  const tab = await browser.newPage({ ignoreHTTPSErrors: true })
  const cdp = await tab.context().newCDPSession(tab)
  const page = new LearnerPage(tab, cdp, new Pulse(await browser.newBrowserCDPSession(), cdp))
  await Promise.all([
    tab.addInitScript(hook, KEY),
    cdp.send('Runtime.enable'),
    cdp.send('Page.enable'), // without it, scripts that are added to new pages do not run
    cdp.send('Log.enable'),
    cdp.send('Network.enable'),
  ])
  return page
}

function cannot(reason: string): never {
  if (!process.env.CI) throw new NotRun(`needs a browser, and ${reason}: ${INSTALL}`)
  throw new Misfortune({
    expected: 'an installed browser',
    received: reason,
    why: 'This check opens your page in a real browser.',
    fix: `${INSTALL[0]?.toUpperCase()}${INSTALL.slice(1)}.`,
  })
}

const INSTALL = 'install Chrome, Edge or Chromium, or set CHROME_PATH to the program file of one'
