/** The live panel of a lesson page. */
import { mkdtempSync, rmSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { verdictOn, writeLive } from '../verdicts.ts'
import { useSite } from './served.ts'

const folder = mkdtempSync(join(tmpdir(), 'site-live-'))
const liveFile = join(folder, 'live.json')
const site = useSite(liveFile)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The next request to the site that has something. */
function nextRequest(has: (request: IncomingMessage) => boolean): Promise<void> {
  return new Promise((resolve) => {
    site.server.on('request', (request) => has(request) && resolve())
  })
}

describe('the live panel', () => {
  test('follows a failure, a save that mends it, and a reconnection', async () => {
    rmSync(liveFile, { force: true })
    await using opened = await site.visit('lessons/03-headers/')
    const { page } = opened
    const status = page.locator('.live-status')
    const check = page.locator('#check-content-type')
    const { checks } = verdictOn()
    const count = checks.length
    const before = checks.findIndex(({ id }) => id === '03-headers/content-type')
    await expect.poll(() => status.textContent()).toContain('Connected')

    const failed = {
      id: 'run-1',
      verdict: verdictOn('content-type', '<img src=x onerror="document.title=1">'),
    }
    writeLive(liveFile, { events: [failed] })
    await expect
      .poll(() => status.textContent())
      .toContain(`${before} of ${count} checks pass. Now: declares an event stream.`)
    expect(await check.getAttribute('data-state')).toBe('failed')
    expect(await page.locator('.live-next').isVisible()).toBe(false)
    expect(await check.textContent()).toContain('received <that>')
    const fix = check.getByText("Set 'content-type': 'text/event-stream'").first()
    expect(await fix.isVisible()).toBe(false)
    await check.getByText('How to mend it').click()
    expect(await fix.isVisible()).toBe(true)
    expect(await page.locator('.live-extra').textContent()).toContain('<img src=x')
    expect(await page.locator('.live-extra img').count()).toBe(0)

    const back = nextRequest((request) => request.headers['last-event-id'] === 'run-1')
    site.server.closeAllConnections()
    await expect.poll(() => status.textContent()).toContain('Trying again')
    writeLive(liveFile, { events: [failed, { id: 'run-2', verdict: verdictOn() }] })
    await back
    await expect.poll(() => status.textContent()).toContain(`All done: ${count} of ${count} checks pass.`)
    expect(await check.getAttribute('data-state')).toBe('passed')
    expect(await page.locator('.live-next:visible').textContent()).toMatch(
      /^\s*Press n in the terminal, or type npm run lesson 4, and go on with\s+4 · .+, about \d+ minutes\.\s*$/,
    )
    expect(await page.locator('.live-next a').getAttribute('href')).toMatch(/\/lessons\/04-message-format\/$/)
    expect(await check.textContent()).not.toContain('received')

    site.server.closeAllConnections()
    await expect.poll(() => status.textContent()).toContain('Trying again')
    await expect.poll(() => status.textContent()).toContain('All done')
  })

  test('says how to get it where no command runs', async () => {
    await using opened = await site.visit('lessons/03-headers/', { javaScriptEnabled: false })
    expect(await opened.page.locator('live-checks').textContent()).toContain('npm run site')
  })
})
