/** `npm run screenshot`: takes the pictures of the finished page, light and dark, from the newest solution in a browser. */
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { lessons } from '../../checks/lessons.ts'
import { findOfKind } from '../../checks/support/page/installed.ts'
import { startServer } from '../../checks/support/server/start.ts'
import { ensureCerts } from '../project/certs.ts'
import { root, solutionFolder } from '../project/paths.ts'

/** As many items fill the picture. */
const ITEMS = 5

/** What somebody says among the ticks. */
const MESSAGE = 'Hello, everyone!'

/** What somebody asks the model. */
const PROMPT = 'What do you know of SSE?'

const browser = findOfKind('chromium')
const newest = lessons.at(-1)
if (!browser || !newest) throw new Error('npm run doctor tells how to install a browser')
await ensureCerts()
// The model is slow, so that it still speaks in the picture.
const program = { folder: solutionFolder(newest.slug), entry: newest.entry, root }
await using server = await startServer({ ...program, env: { TOKEN_MS: '200' } })
await using chrome = await chromium.launch({
  executablePath: browser.path,
  args: ['--disable-background-networking'],
})
for (const [file, colorScheme] of [
  ['finished-page.png', 'light'],
  ['finished-page-dark.png', 'dark'],
] as const) {
  await takePicture(chrome, server.origin, join('.github', file), colorScheme)
  console.log(`Took .github/${file}`)
}

/** Opens the page as somebody does who says something, and asks something. */
async function takePicture(
  browser: Browser,
  origin: string,
  file: string,
  colorScheme: 'light' | 'dark',
): Promise<void> {
  const page = await browser.newPage({
    ignoreHTTPSErrors: true,
    viewport: { width: 720, height: 500 },
    deviceScaleFactor: 2,
    colorScheme,
  })
  await page.goto(origin)
  const items = page.locator('#list > li')
  await items.nth(1).waitFor()
  await page.locator('#send input').fill(MESSAGE)
  await page.locator('#send button').click()
  await items.filter({ hasText: MESSAGE }).waitFor()
  await page.locator('#ask input').fill(PROMPT)
  await page.locator('#ask button[type=submit]').click()
  await items.nth(ITEMS - 1).waitFor()
  await page.screenshot({ path: join(root, file) })
  await page.close()
}
