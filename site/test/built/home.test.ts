/** What moves on the home page. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { useSite } from './served.ts'

const site = useSite()

/** The time of a page goes on only when a test says so. */
async function stopClock(page: Page): Promise<void> {
  await page.clock.install({ time: 0 })
  await page.clock.pauseAt(1000)
}

test.each(['light', 'dark'] as const)(
  'shows the finished page, and fetches no other: %s',
  async (colorScheme) => {
    const fetched: string[] = []
    await using opened = await site.visit('', { colorScheme }, async (page) => {
      page.on('request', (request) => request.resourceType() === 'image' && fetched.push(request.url()))
    })
    const picture = opened.page.locator('.home-picture img:visible')
    await expect
      .poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth))
      .toBeGreaterThan(0)
    expect(fetched).toEqual([await picture.evaluate((image: HTMLImageElement) => image.currentSrc)])
    expect(fetched[0]).toMatch(colorScheme === 'dark' ? /dark/ : /finished-page\./)
  },
)

test('the picture of the wire stands still for who wants no motion, and plays on demand', async () => {
  await using opened = await site.visit('', { reducedMotion: 'reduce' }, stopClock)
  const { page } = opened
  const wire = page.locator('.demo-wire code')
  const events = page.locator('.demo-events li')
  const whole = await wire.textContent()
  await page.clock.runFor(10_000)
  expect(await wire.textContent()).toBe(whole)
  await page.getByRole('button', { name: 'Play', exact: true }).click()
  await page.clock.runFor(2000)
  expect(await events.count()).toBe(1)
  await page.getByRole('button', { name: 'Pause', exact: true }).click()
  const paused = await wire.textContent()
  await page.clock.runFor(10_000)
  expect(await wire.textContent()).toBe(paused)
})

test('paper shows how the picture of the wire ends', async () => {
  await using opened = await site.visit('', {}, stopClock)
  const { page } = opened
  const texts = () => page.locator('wire-demo :is(code, li)').allTextContents()
  const whole = await texts()
  await page.clock.runFor(5000)
  expect(await texts()).not.toEqual(whole)
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
  expect(await texts()).toEqual(whole)
})

test('the recorded screens fit on a phone, and their line ends are letters', async () => {
  await using opened = await site.visit('', { viewport: { width: 390, height: 844 } })
  const screens = opened.page.locator('.session-screen')
  for (const details of await opened.page.locator('recorded-session details').all())
    await details.evaluate((element) => element.setAttribute('open', ''))
  const extra = await screens.evaluateAll((all) => all.map((each) => each.scrollWidth - each.clientWidth))
  expect(extra.filter((width) => width > 0)).toEqual([])
  expect((await screens.allTextContents()).join('')).not.toMatch(/[␊␍]/)
})

test('the recorded session moves when it is asked to, stops, and shows the step that is picked', async () => {
  await using opened = await site.visit('', {}, stopClock)
  const { page } = opened
  const screen = page.locator('recorded-session pre:visible')
  const steps = page.locator('recorded-session summary')
  const begins = await screen.textContent()
  expect(begins).toContain('✗ answers GET /events with 200')
  await page.clock.runFor(60_000)
  expect(await screen.textContent()).toBe(begins)

  await page.getByRole('button', { name: 'Play the session' }).click()
  await page.clock.runFor(60_000)
  expect(await page.locator('recorded-session details[open] summary').textContent()).toBe(
    await steps.last().textContent(),
  )
  await page.getByRole('button', { name: 'Play the session' }).click()
  await page.getByRole('button', { name: 'Pause the session' }).click()
  await page.clock.runFor(60_000)
  expect(await page.locator('recorded-session details').first().getAttribute('open')).not.toBeNull()

  await steps.nth(3).press('Enter')
  expect(await screen.textContent()).toContain('Lesson 3 is done.')
})
