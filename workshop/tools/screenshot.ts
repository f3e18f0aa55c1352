/** `npm run screenshot`: takes the README's picture of the finished page, from the newest solution in a browser. */
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { lessons } from '../../checks/lessons.ts'
import { findBrowser } from '../../checks/support/page/installed.ts'
import { startServer } from '../../checks/support/server/start.ts'
import { ensureCerts } from '../project/certs.ts'
import { root, solutionFolder } from '../project/paths.ts'

/** As many messages fill the picture. */
const MESSAGES = 5

const browser = findBrowser()
const newest = lessons.at(-1)
if (!browser || !newest) throw new Error('npm run doctor tells how to install a browser')
await ensureCerts()
await using server = await startServer({ folder: solutionFolder(newest.slug), entry: newest.entry, root })
await using chrome = await chromium.launch({
  executablePath: browser.path,
  args: ['--disable-background-networking'],
})
const page = await chrome.newPage({
  ignoreHTTPSErrors: true,
  viewport: { width: 720, height: 330 },
  deviceScaleFactor: 2,
})
await page.goto(server.origin)
await page
  .locator('#list > li')
  .nth(MESSAGES - 1)
  .waitFor()
await page.screenshot({ path: join(root, '.github', 'finished-page.png') })
console.log('Took .github/finished-page.png')
