/** The playground: what it shows of a stream, and that nothing of what was typed is lost. */
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { describe, expect, test, vi } from 'vitest'
import { readWire } from '../../../checks/wire/read.ts'
import { LINK_LENGTH } from '../../../workshop/inspect/link.ts'
import { typedFor } from '../../src/playground/notation.ts'
import { toHash } from '../../src/playground/share.ts'
import { interpret } from '../../src/playground/standard.ts'
import { STREAMS } from '../streams.ts'
import { useSite } from './served.ts'

const site = useSite()

vi.setConfig({ testTimeout: 180_000 })

/** A stream that no link can hold: what looks random can't be compressed. */
const NOISE = Array.from(
  { length: 600 },
  (_, index) => `data: ${Math.sin(index)} ${Math.cos(index)}\n\n`,
).join('')

const CLIPBOARD = { permissions: ['clipboard-read', 'clipboard-write'] }

const field = (page: Page) => page.getByLabel('The stream')

/** Puts a text into the field that would take long to be typed. */
async function put(page: Page, text: string): Promise<void> {
  await page.locator('textarea').evaluate((area, value) => {
    if (!(area instanceof HTMLTextAreaElement)) return
    area.value = value
    area.dispatchEvent(new InputEvent('input', { bubbles: true }))
  }, text)
}

async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text)
  await page.locator('textarea').press('Control+v')
}

/** Everything that is typed, by the file that is saved of it. */
async function saved(page: Page): Promise<Buffer> {
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save a file' }).click()
  return readFileSync(await (await downloading).path())
}

const savedText = async (page: Page) => (await saved(page)).toString()

/** Waits until everything that is typed is drawn. */
async function drawn(page: Page): Promise<void> {
  await expect.poll(() => page.locator('wire-playground').getAttribute('data-state')).toBe('ready')
}

async function choose(page: Page, label: string): Promise<void> {
  await page.getByLabel('Begin with').selectOption({ label })
  await drawn(page)
}

test('shows of every stream what the standard makes of it', async () => {
  await using opened = await site.visit('playground/')
  const { page, errors } = opened
  for (const { says, bytes } of STREAMS) {
    const typed = typedFor(bytes)
    const hash = await toHash(typed)
    // A long one that comes later gets an editor of its own; one that is there from the beginning stands in the field.
    if (typed.length > 1000) {
      await page.goto(`${site.home}404.html`)
      await page.goto(`${site.home}playground/${hash}`)
    } else await page.evaluate((to) => location.assign(to), hash)
    const drawing = await page.waitForFunction((text) => {
      const playground = document.querySelector<HTMLElement>('wire-playground[data-state=ready]')
      if (playground?.querySelector('textarea')?.value !== text) return undefined
      return { events: playground.querySelectorAll('.pg-events > li').length, words: playground.textContent }
    }, typed)
    const { events, words } = (await drawing.jsonValue()) ?? { events: -1, words: '' }
    expect(events, says).toBe(interpret(readWire(bytes)).events.length)
    expect(words, says).toContain('makes the same of it')
    expect(words, says).toContain('the same as in one piece')
  }
  expect(errors).toEqual([])
}, 300_000)

test('a link that is followed while the last stream is still to be put into the address is followed', async () => {
  await using opened = await site.visit('playground/')
  const { page } = opened
  for (const wanted of ['data: one\n\n', 'data: two\n\n', 'data: three\n\n']) {
    await field(page).fill('data: typed\n\n')
    const hash = await toHash(wanted)
    // The moment in which the address is other already, and the page has not been told yet.
    await page.evaluate(async (to) => {
      await new Promise((resolve) => setTimeout(resolve, 300))
      const end = performance.now() + 200
      location.assign(to)
      while (performance.now() < end);
    }, hash)
    await expect.poll(() => field(page).inputValue()).toBe(wanted)
  }
}, 120_000)

test('is worked by keyboard, and shared by its address', async () => {
  await using opened = await site.visit('playground/')
  const { page } = opened
  await choose(page, 'Data with a capital')
  await expect.poll(() => page.url()).toContain('#letter-case')
  expect(await page.locator('.pg-findings').textContent()).toContain('small letters')
  await field(page).fill('data: <b>hi</b>\n')
  await field(page).press('End')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  const typed = 'data: <b>hi</b>\n\n<CR>'
  expect(await field(page).inputValue()).toBe(typed)
  await drawn(page)
  expect(await page.locator('.pg-events dd').nth(1).textContent()).toBe('<b>hi</b>')
  await page.getByLabel('Bytes in a piece').press('Home')
  await drawn(page)
  expect(await page.locator('.pg-pieces > li').count()).toBe(typed.length - 3)
  const hash = await toHash(typed)
  await expect.poll(() => new URL(page.url()).hash).toBe(hash)
  await using other = await site.visit(`playground/${hash}`)
  await expect.poll(() => field(other.page).inputValue()).toBe(typed)
})

describe('what was typed comes back', () => {
  test('by undoing, when a preset has taken its place', async () => {
    await using opened = await site.visit('playground/')
    const { page } = opened
    await field(page).fill('')
    await field(page).pressSequentially('data: mine')
    await choose(page, 'Comments')
    expect(await field(page).inputValue()).toContain('this keeps the line warm')
    await page.getByRole('button', { name: 'Undo' }).click()
    expect(await field(page).inputValue()).toBe('data: mine')
    await choose(page, 'Comments')
    await field(page).press('Control+z')
    expect(await field(page).inputValue()).toBe('data: mine')
    await page.getByRole('button', { name: 'Insert CR' }).click()
    await page.getByRole('button', { name: 'Undo' }).click()
    expect(await field(page).inputValue()).toBe('data: mine')
  })

  test('by the way back, and by a reload', async () => {
    await using opened = await site.visit('playground/')
    const { page } = opened
    for (const typed of ['data: mine\n\n', NOISE]) {
      await put(page, typed)
      await choose(page, 'Comments')
      await expect.poll(() => page.url()).toContain('#comments')
      await page.goBack()
      await expect.poll(() => savedText(page)).toBe(typed)
      await page.reload()
      await expect.poll(() => savedText(page)).toBe(typed)
    }
  })

  test('by undoing, also when it was so long that the text field could not hold it', async () => {
    await using opened = await site.visit('playground/', CLIPBOARD)
    const { page } = opened
    await put(page, '')
    await field(page).pressSequentially('data: mine')
    const long = 'data: x\n'.repeat(8000)
    await paste(page, long)
    await page.waitForSelector('.pg-large')
    expect(await savedText(page)).toBe(`data: mine${long}`)
    await choose(page, 'Comments')
    await page.locator('.cm-content').press('Control+z')
    await expect.poll(() => savedText(page)).toBe(`data: mine${long}`)
    await page.getByRole('button', { name: 'Undo' }).click()
    expect(await field(page).inputValue()).toBe('data: mine')
    await field(page).press('Control+z')
    expect(await field(page).inputValue()).not.toContain('data: mine')
  })
})

describe('an answer as curl -i writes it', () => {
  const HEAD = 'HTTP/2 200 \r\ncontent-type: text/plain\r\ncache-control: no-cache\r\n\r\n'

  test('is dropped as a file, judged by its head, and undone', async () => {
    await using opened = await site.visit('playground/')
    const { page, errors } = opened
    await drawn(page)
    await field(page).fill('')
    await field(page).pressSequentially('data: mine')
    const dropped = await page.evaluateHandle((text) => {
      const transfer = new DataTransfer()
      transfer.items.add(new File([text], 'answer.txt'))
      return transfer
    }, `${HEAD}data: hello\n\n`)
    await page.dispatchEvent('wire-playground', 'drop', { dataTransfer: dropped })
    const remarks = page.locator('.pg-findings > li')
    await expect
      .poll(() => remarks.allTextContents())
      .toEqual([expect.stringContaining('Wrong, in the head.')])
    expect(await page.locator('.pg-head-view').textContent()).toContain('a browser gives up here')
    expect(await page.locator('.pg-lines-view').textContent()).toBe('Nothing of what follows is read.')
    expect(await page.locator('.pg-events > li').count()).toBe(0)
    expect(await savedText(page)).toBe(`${HEAD}data: hello\n\n`)
    await page.getByRole('button', { name: 'Undo' }).click()
    expect(await field(page).inputValue()).toBe('data: mine')
    expect(errors).toEqual([])
  })

  test('is pasted, and leads to the line of its body', async () => {
    await using opened = await site.visit('playground/', CLIPBOARD)
    const { page } = opened
    await drawn(page)
    await field(page).fill('')
    const head = HEAD.replace('plain', 'event-stream').replaceAll('\r', '')
    await paste(page, `${head}data: 1\n\nData: 2\n\n`)
    await page.locator('.pg-findings').getByRole('button', { name: 'line 3' }).click()
    const focused = () => page.evaluate(() => document.activeElement?.textContent)
    await expect.poll(focused).toContain('Data: 2')
    await expect
      .poll(() => page.locator('.pg-summary').textContent())
      .toBe('A head, 18 bytes, 1 event, 1 remark.')
  })
})

describe('a link', () => {
  test('holds long streams that repeat themselves, whole', async () => {
    await using opened = await site.visit('playground/', CLIPBOARD)
    const { page } = opened
    const typed = 'data: {"price": 42, "name": "something"}\n\n'.repeat(1000)
    await put(page, typed)
    await page.getByRole('button', { name: 'Copy link' }).click()
    await expect.poll(() => page.locator('.pg-said').textContent()).toContain('in your clipboard')
    const { hash } = new URL(await page.evaluate(() => navigator.clipboard.readText()))
    expect(hash.length).toBeLessThan(LINK_LENGTH)
    await using other = await site.visit(`playground/${hash}`)
    await drawn(other.page)
    expect(await savedText(other.page)).toBe(typed)
  })

  test('that would be too long is not copied: a file is offered, which can be opened again', async () => {
    await using opened = await site.visit('playground/', CLIPBOARD)
    const { page } = opened
    await put(page, `<BOM>data: <FF>\n\n${NOISE}`)
    await page.getByRole('button', { name: 'Copy link' }).click()
    await expect.poll(() => page.locator('.pg-said').textContent()).toContain('Too long for a link')
    const file = await saved(page)
    expect(file).toEqual(
      Buffer.from([0xef, 0xbb, 0xbf, ...Buffer.from('data: '), 0xff, ...Buffer.from(`\n\n${NOISE}`)]),
    )

    await using other = await site.visit('playground/')
    await drawn(other.page)
    const opening = { name: 'stream.txt', mimeType: 'text/plain', buffer: file }
    await other.page.getByLabel('Open a file').setInputFiles(opening)
    await expect.poll(() => saved(other.page)).toEqual(file)
    await other.page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => field(other.page).inputValue()).toContain('data: hello')
  })

  test('that was cut says so', async () => {
    await using opened = await site.visit('playground/#z=AAAA')
    await expect.poll(() => opened.page.locator('.pg-said').textContent()).toContain('This link is damaged')
  })
})

describe('a long stream', () => {
  test.each([
    ['a million bytes of one block', 'data: x\n', 1e6],
    ['ten million bytes of messages', 'data: {"id": 12345, "name": "something"}\n\n', 1e7],
  ])('is read beside the page, and typing goes on: %s', async (_, unit, length) => {
    await using opened = await site.visit('playground/', CLIPBOARD)
    const { page } = opened
    await drawn(page)
    await field(page).fill('')
    await paste(page, unit.repeat(length / unit.length))
    await page.waitForSelector('.pg-large')
    await drawn(page)
    await expect
      .poll(() => page.locator('.pg-summary').textContent())
      .toMatch(/^\d+,\d{3},\d{3} bytes|^\d{3},\d{3} bytes/)
    // How long the page itself is busy with a key, which a person would feel.
    const busy = await page.locator('.cm-content').evaluate(async (content: HTMLElement) => {
      content.focus()
      const times: number[] = []
      for (const key of 'data: y') {
        const before = performance.now()
        document.execCommand('insertText', false, key)
        times.push(performance.now() - before)
        await new Promise(requestAnimationFrame)
      }
      return times.sort((a, b) => a - b)[3]
    })
    expect(busy).toBeLessThan(200)
    await drawn(page)
    expect(await page.locator('.pg-lines-view .pg-line').count()).toBe(100)
  })

  test('has its first remarks of a kind, counts the others, and leads to the line of each', async () => {
    await using opened = await site.visit('playground/', CLIPBOARD)
    const { page } = opened
    await drawn(page)
    await field(page).fill('')
    await paste(page, `${'data: good\n\n'.repeat(500)}${'dta: bad\n\n'.repeat(100_000)}`)
    await page.waitForSelector('.pg-large')
    await drawn(page)
    const remarks = page.locator('.pg-findings > li')
    expect(await remarks.count()).toBeLessThan(6)
    expect(await remarks.allTextContents().then((all) => all.join())).toMatch(/The same 99,9\d\d times more/)
    const lines = page.locator('.pg-line')
    expect(await lines.first().getAttribute('data-line')).toBe('1')
    await remarks.first().getByRole('button').click()
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-line')))
      .toBe('1001')
    const pager = page.getByRole('group', { name: 'Lines that are shown' })
    await pager.getByRole('button', { name: 'Last' }).click()
    await expect.poll(() => lines.last().getAttribute('data-line')).toBe('201000')
    await pager.getByRole('button', { name: 'Previous' }).click()
    await expect.poll(() => lines.last().getAttribute('data-line')).toBe('200900')
    await pager.getByLabel('Line').fill('5')
    await pager.getByLabel('Line').press('Enter')
    await expect.poll(() => lines.first().getAttribute('data-line')).toBe('5')
    await pager.getByRole('button', { name: 'First' }).click()
    await expect.poll(() => lines.first().getAttribute('data-line')).toBe('1')
  })
})
