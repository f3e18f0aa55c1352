/** `npm run site`: the site while it is written, which is the one that learners have on their machine. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { freePort } from '../../checks/support/server/ports.ts'
import { root } from '../../workshop/project/paths.ts'
import { ASTRO, launch, plainEnvironment } from './browser.ts'
import { visitPage } from './visit.ts'

test('opens a lesson without an error, with its list of checks connected', async () => {
  const port = await freePort()
  const cache = mkdtempSync(join(tmpdir(), 'site-dev-'))
  // A site that is open already, on another port, is left alone.
  const options = ['dev', '--root', 'site', '--port', String(port), '--ignore-lock']
  const env = { ...plainEnvironment(), SITE_CACHE: cache }
  const site = spawn(process.execPath, [ASTRO, ...options], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const browser = await launch()
  try {
    site.stdout.setEncoding('utf8')
    for await (const text of site.stdout.iterator({ destroyOnReturn: false }))
      if (text.includes('ready in')) break
    site.stdout.resume()
    await using opened = await visitPage(browser, `http://localhost:${port}/`, 'lessons/03-headers/')
    await expect
      .poll(() => opened.page.locator('live-checks').getAttribute('data-state'))
      .toMatch(/open|passed|failed/)
    expect(opened.errors).toEqual([])
  } finally {
    await browser.close()
    site.kill()
    if (site.exitCode === null) await once(site, 'exit')
    rmSync(cache, { recursive: true, force: true })
  }
}, 120_000)
