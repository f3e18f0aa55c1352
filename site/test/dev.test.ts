/** `npm run site`: the site while it is written, which is the one that learners have on their machine. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort } from '../../checks/support/server/ports.ts'
import { root } from '../../workshop/project/paths.ts'
import { ASTRO, launch, plainEnvironment } from './browser.ts'
import { visitPage } from './visit.ts'

const cache = mkdtempSync(join(tmpdir(), 'site-dev-'))
let browser: Browser
let site: ChildProcess
let origin: string

beforeAll(async () => {
  const port = await freePort()
  origin = `http://localhost:${port}`
  // A site that is open already, on another port, is left alone.
  const options = ['dev', '--root', 'site', '--port', String(port), '--ignore-lock']
  const env = { ...plainEnvironment(), SITE_CACHE: cache }
  const started = spawn(process.execPath, [ASTRO, ...options], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  site = started
  browser = await launch()
  started.stdout.setEncoding('utf8')
  for await (const text of started.stdout.iterator({ destroyOnReturn: false }))
    if (text.includes('ready in')) break
  started.stdout.resume()
}, 120_000)

afterAll(async () => {
  await browser?.close()
  site?.kill()
  if (site?.exitCode === null) await once(site, 'exit')
  rmSync(cache, { recursive: true, force: true })
})

test('opens a lesson without an error, with its list of checks connected', async () => {
  await using opened = await visitPage(browser, `${origin}/`, 'lessons/03-headers/')
  await expect
    .poll(() => opened.page.locator('live-checks').getAttribute('data-state'))
    .toMatch(/open|passed|failed/)
  expect(opened.errors).toEqual([])
}, 120_000)

test('gives what learners wrote to no page of another port', async () => {
  const files = [
    'package.json',
    'lessons/03-headers/starter/server.ts',
    'lessons/03-headers/starter/server.ts?raw',
  ]
  const addresses = [...files.map((file) => `${origin}/@fs${root}/${file}`), `${origin}/src/live/panel.ts`]
  const elsewhere = createServer((_, response) => response.setHeader('content-type', 'text/html').end('<p>'))
  elsewhere.listen(0, 'localhost')
  await once(elsewhere, 'listening')
  const page = await browser.newPage()
  try {
    await page.goto(`http://localhost:${(elsewhere.address() as AddressInfo).port}/`)
    for (const address of addresses) {
      expect((await fetch(address)).status, address).toBe(200)
      const read = page.evaluate((from) => fetch(from).then((answer) => answer.text()), address)
      await expect(read, address).rejects.toThrow('Failed to fetch')
    }
  } finally {
    await page.close()
    elsewhere.close()
    elsewhere.closeAllConnections()
  }
}, 120_000)
