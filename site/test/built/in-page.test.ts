/** A server in the page: a real EventSource listens to what is typed, and comes back. */
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { expect, test, vi } from 'vitest'
import { toHash } from '../../src/playground/share.ts'
import { useSite } from './served.ts'

const site = useSite()

vi.setConfig({ testTimeout: 180_000 })

/** It asks for a quick return, and has an event of each kind. */
const STREAM = 'retry: 100\nid: 7\ndata: né\n\nevent: tick\ndata: two\n\n'
const BYTES = `${Buffer.byteLength(STREAM)} bytes`

async function visit(prepare?: (page: Page) => Promise<void>) {
  const opened = await site.visit(`playground/${await toHash(STREAM)}`, {}, prepare)
  const { page } = opened
  await page.waitForSelector('wire-playground.ready')
  const press = (name: string) => page.getByRole('button', { name }).click()
  const log = async () => (await page.locator('.rs-log li').allInnerTexts()).map(told)
  /** How things stand: the readyState and how many events were heard. */
  const stands = async () => (await page.locator('.rs-standing dd').allInnerTexts()).slice(0, 3)
  return Object.assign(opened, { press, log, stands })
}

/** An entry without its time. */
const told = (entry: string) => entry.replaceAll('\n', ' ').replace(/^\S+ s /, '')

test('an EventSource of the browser hears the stream that is typed, and each break of it', async () => {
  await using opened = await visit()
  const { page, press, log, stands } = opened
  await page.getByLabel('A piece every').fill('0')
  await press('new EventSource()')
  await expect.poll(stands).toEqual(['1 open', BYTES, '2 events'])
  expect(await log()).toEqual(
    expect.arrayContaining([
      'browser asks for the stream',
      'server answers 200, text/event-stream',
      'browser open',
      'browser message event né',
      'browser tick event two',
    ]),
  )
  await press('Break it off')
  await expect.poll(stands).toEqual(['1 open', BYTES, '4 events'])
  await press('Answer 503')
  await press('Break it off')
  await expect.poll(stands).toEqual(['2 closed', '0 bytes', '4 events'])
  expect((await log()).slice(-3)).toEqual([
    'browser asks for the stream',
    'server answers 503, text/plain',
    'browser error: it has given up',
  ])
  expect(opened.errors.filter((error) => !error.includes('503'))).toEqual([])
})

test('one can look back to how things stood', async () => {
  await using opened = await visit()
  const { page, press, stands } = opened
  await press('new EventSource()')
  await expect.poll(async () => (await stands())[2]).toBe('2 events')
  await page.getByLabel('Look back').fill('0')
  await expect.poll(stands).toEqual(['0 connecting', '0 bytes', '0 events'])
  await press('source.close()')
  expect(await stands()).toEqual(['0 connecting', '0 bytes', '0 events'])
  await page.getByLabel('Look back').press('End')
  await expect.poll(async () => (await stands())[0]).toBe('2 closed')
})

test('a typed head is what the browser gets', async () => {
  await using opened = await visit()
  const { page, press, stands, log } = opened
  await page.getByLabel('The stream').fill('HTTP/2 200\ncontent-type: text/html\n\ndata: x\n\n')
  await press('new EventSource()')
  await expect.poll(async () => (await stands())[0]).toBe('2 closed')
  expect(await log()).toContain('server answers 200, text/html')
})

test('without service workers the page says so, and works as before', async () => {
  await using opened = await visit(async (page) => {
    await page.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'serviceWorker'))
  })
  const { page } = opened
  await expect.poll(() => page.locator('.rs-obstacle').innerText()).toMatch(/no service worker/)
  expect(await page.getByRole('button', { name: 'new EventSource()' }).isVisible()).toBe(false)
  expect(await page.locator('.pg-events li').count()).toBe(2)
  expect(opened.errors).toEqual([])
})

/** The page with an editor, and what is written in it. */
async function writePage(code: (solution: string) => string) {
  const opened = await site.visit('playground/lesson-5/')
  const { page } = opened
  const editor = page.getByRole('textbox', { name: 'page.js' })
  await editor.click()
  await page.keyboard.press('Control+a')
  await page.keyboard.insertText(code(readFileSync('solutions/05-client-page/page.js', 'utf8')))
  /** What is said when the checks have come to an end. */
  const verdict = async () => {
    const words = page.locator('.ld-words')
    await expect.poll(() => words.innerText(), { timeout: 120_000 }).toMatch(/checks pass/)
    return await words.innerText()
  }
  return Object.assign(opened, { editor, verdict })
}

test('lesson 5 can be done in the page, with its own checks', async () => {
  await using opened = await writePage((solution) => solution)
  expect(await opened.verdict()).toBe('All done: 10 of 10 checks pass.')
  const frame = opened.page.frameLocator('iframe.ld-shown')
  await expect.poll(() => frame.locator('#list li').count()).toBeGreaterThan(0)
  await opened.page.getByRole('button', { name: 'Answer 503' }).click()
  await opened.page.getByRole('button', { name: 'Break its stream off' }).click()
  await expect.poll(() => frame.locator('#state').innerText()).toBe('closed')
})

test('what is wrong in such a page is told by name, and what was written is there after a reload', async () => {
  await using opened = await writePage((solution) => solution.replace('textContent', 'innerHTML'))
  expect(await opened.verdict()).toContain('Now: shows data as text, never as markup.')
  expect(await opened.page.locator('#check-text .check-failure').innerText()).toContain(
    'A message ran code in your page.',
  )
  await opened.page.reload()
  await expect.poll(() => opened.editor.innerText()).toContain('innerHTML')
})

test('a page that makes a second EventSource seconds later is caught there too', async () => {
  await using opened = await writePage(
    (solution) =>
      `${solution}\nsource.addEventListener('error', () => setTimeout(() => new EventSource('/events'), 3000))\n`,
  )
  expect(await opened.verdict()).toContain('Now: keeps to one EventSource when the connection breaks.')
})
