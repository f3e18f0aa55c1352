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

    const at = '2026-11-20T12:00:00.000Z'
    const failed = {
      id: 'run-1',
      at,
      verdict: verdictOn('content-type', '<img src=x onerror="document.title=1">'),
    }
    writeLive(liveFile, { events: [failed] })
    await expect
      .poll(() => status.textContent())
      .toContain(`${before} of ${count} checks pass. Now: declares an event stream.`)
    expect(await check.getAttribute('data-state')).toBe('failed')
    expect(await page.locator('.live-next').isVisible()).toBe(false)
    expect(await check.textContent()).toContain('received <that>')
    const where = check.getByRole('link', { name: 'lessons/03-headers/server.ts:14' })
    expect(await where.getAttribute('href')).toBe(
      'vscode://file/home/ada/project/lessons/03-headers/server.ts:14',
    )
    const done = page.locator('#starlight__sidebar a[data-done]')
    expect(await done.count()).toBe(0)
    const fix = check.getByText("Set 'content-type': 'text/event-stream'").first()
    expect(await fix.isVisible()).toBe(false)
    await check.getByText('How to mend it').click()
    expect(await fix.isVisible()).toBe(true)
    expect(await page.locator('.live-extra').textContent()).toContain('<img src=x')
    expect(await page.locator('.live-extra img').count()).toBe(0)

    const back = nextRequest((request) => request.headers['last-event-id'] === 'run-1')
    site.server.closeAllConnections()
    await expect.poll(() => status.textContent()).toContain('Trying again')
    writeLive(liveFile, { events: [failed, { id: 'run-2', at, verdict: verdictOn() }] })
    await back
    await expect.poll(() => status.textContent()).toContain(`All done: ${count} of ${count} checks pass.`)
    expect(await check.getAttribute('data-state')).toBe('passed')
    const next = page.getByRole('link', { name: 'Next lesson: 4 · ' })
    expect(await next.getAttribute('href')).toMatch(/\/lessons\/04-message-format\/$/)
    expect(await page.locator('.live-next:visible').textContent()).toContain('type npm run lesson 4')
    expect(await done.allTextContents()).toEqual([expect.stringContaining('3 · Headers')])
    expect(await check.textContent()).not.toContain('received')

    site.server.closeAllConnections()
    await expect.poll(() => status.textContent()).toContain('Trying again')
    await expect.poll(() => status.textContent()).toContain('All done')
  })

  test('says when the command has ended, also to who comes back, and follows when it runs again', async () => {
    const passed = { id: 'run-1', at: '2026-11-20T12:00:00.000Z', verdict: verdictOn() }
    const ended = { id: 'run-2', at: passed.at, ended: '03-headers' }
    writeLive(liveFile, { events: [passed, ended] })
    await using opened = await site.visit('lessons/03-headers/', { timezoneId: 'UTC' })
    const { page } = opened
    const status = page.locator('.live-status')
    const lastWord =
      'npm run lesson 3 has ended. What stands here is its last word, of 20 Nov 2026, 12:00:00.'
    await expect.poll(() => status.textContent()).toContain(lastWord)
    expect(await page.locator('.check[data-state=passed]').count()).toBe(passed.verdict.checks.length)
    expect(await page.locator('.live-next').isVisible()).toBe(true)

    site.server.closeAllConnections()
    await expect.poll(() => status.textContent()).toContain('Trying again')
    await expect.poll(() => status.textContent()).toContain(lastWord)
    const failed = { id: 'run-3', at: passed.at, verdict: verdictOn('content-type') }
    writeLive(liveFile, { events: [passed, ended, failed] })
    await expect.poll(() => status.textContent()).toContain('Now: declares an event stream.')
    expect(await page.locator('live-checks').getAttribute('data-state')).toBe('failed')
  })

  test('says how to get it where no command runs', async () => {
    await using opened = await site.visit('lessons/03-headers/', { javaScriptEnabled: false })
    expect(await opened.page.locator('live-checks').textContent()).toContain('npm run site')
  })
})
