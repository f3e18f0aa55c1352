/** Everything can be read, on a desk and on a phone. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, inject, test, vi } from 'vitest'
import { pagesOf } from '../links.ts'
import { useSite } from './served.ts'

vi.setConfig({ testTimeout: 180_000 })

const site = useSite()
const { folder } = inject('built')
const pages = pagesOf(folder)

/** The address of each page that has something in it. */
const having = (text: string) =>
  pages
    .filter((page) => readFileSync(join(folder, page), 'utf8').includes(text))
    .map((page) => page.replace('index.html', ''))

const DESK = { viewport: { width: 1440, height: 900 } }
const PHONE = { viewport: { width: 390, height: 844 } }
const SMALL = { viewport: { width: 320, height: 700 } }

/**
 * Where code is broken: before the place, and after it. In the middle of a word anywhere, and in code that stands in a
 * text and is short, at a space too. A line that ends of itself is not broken.
 */
async function brokenCode(page: Page): Promise<string[]> {
  return await page.evaluate(() => {
    for (const details of document.querySelectorAll<HTMLDetailsElement>('main details')) details.open = true
    const lines = document.querySelectorAll<HTMLElement>(
      'main code:not(pre code), main .ec-line .code, main .hunk-line',
    )
    return Array.from(lines).flatMap((line) => {
      const isShort = line.matches('code') && line.innerText.length <= 32
      const characters = document.createTreeWalker(line, NodeFilter.SHOW_TEXT)
      const range = document.createRange()
      let before = ''
      let bottom = Number.POSITIVE_INFINITY
      const breaks: string[] = []
      for (let text = characters.nextNode(); text; text = characters.nextNode()) {
        for (let index = 0; index < (text.nodeValue ?? '').length; index++) {
          range.setStart(text, index)
          range.setEnd(text, index + 1)
          const [box] = range.getClientRects()
          const character = range.toString()
          const isLower = box !== undefined && box.width > 0 && box.top >= bottom
          const isBroken = isLower && !before.endsWith('\n')
          if (isBroken && (isShort || /\S$/.test(before)) && /\S/.test(character))
            breaks.push(`${before.slice(-20)}|${text.nodeValue?.slice(index, index + 20)}`)
          before += character
          if (box && box.width > 0) bottom = box.bottom - 2
        }
      }
      return breaks
    })
  })
}

test.each(pages.map((page) => page.replace('index.html', '')))(
  'code is not broken in the middle of a word on a desk: %s',
  async (path) => {
    await using opened = await site.visit(path, DESK)
    expect(await brokenCode(opened.page)).toEqual([])
  },
)

test.each(having('class="picture'))('the pictures can be read on a small phone: %s', async (path) => {
  await using opened = await site.visit(path, SMALL)
  const { page } = opened
  await page.waitForFunction(() => !document.documentElement.matches('.part-by-part'))
  const faults = await page.locator('.picture svg').evaluateAll((pictures) =>
    pictures.flatMap((picture) => {
      if (!(picture instanceof SVGSVGElement)) return []
      const { width, height } = picture.viewBox.baseVal
      const scale = picture.clientWidth / width
      const texts = Array.from(picture.querySelectorAll('text'), (text) => ({
        words: text.textContent,
        size: Number.parseFloat(getComputedStyle(text).fontSize) * scale,
        box: text.getBBox(),
      }))
      const small = texts.filter(({ size }) => size < 12).map(({ words, size }) => `${words}: ${size} px`)
      const outside = texts
        .filter(
          ({ box }) => box.x < 0 || box.y < 0 || box.x + box.width > width || box.y + box.height > height,
        )
        .map(({ words }) => `${words} is cut`)
      const overlapping = texts.flatMap((one, index) =>
        texts
          .slice(index + 1)
          .filter(({ box }) => {
            const across = Math.min(one.box.x + one.box.width, box.x + box.width) - Math.max(one.box.x, box.x)
            const down = Math.min(one.box.y + one.box.height, box.y + box.height) - Math.max(one.box.y, box.y)
            return across > 1 && down > 4
          })
          .map(({ words }) => `${one.words} and ${words} overlap`),
      )
      // A line through a text hides it. The lines of a box are its own.
      const crossed = texts.flatMap(({ words, box }) =>
        Array.from(picture.querySelectorAll<SVGPathElement>('path.line')).flatMap((line) => {
          const length = line.getTotalLength()
          for (let at = 0; at <= length; at += 2) {
            const { x, y } = line.getPointAtLength(at)
            const isInside = x > box.x && x < box.x + box.width && y > box.y + 4 && y < box.y + box.height - 4
            if (isInside) return [`a line goes through ${words}`]
          }
          return []
        }),
      )
      return [...small, ...outside, ...overlapping, ...crossed]
    }),
  )
  expect(faults).toEqual([])
})

test('every check takes two or three lines of a phone, and opens for an address that names it', async () => {
  await using opened = await site.visit('reference/checks/', PHONE)
  const { page } = opened
  const entries = page.locator('.check-entry')
  const height = await page.evaluate(() => document.documentElement.scrollHeight)
  expect(height / (await entries.count())).toBeLessThan(150)
  const named = page.locator('.check-entry[id="03-headers-content-type"]')
  expect(await named.getAttribute('open')).toBeNull()
  await page.evaluate(() => location.assign('#03-headers-content-type'))
  await expect.poll(() => named.getAttribute('open')).not.toBeNull()
  await using direct = await site.visit('reference/checks/#05-client-page-text', PHONE)
  await expect.poll(() => direct.page.locator('.check-entry[open]').count()).toBe(1)
})

test('the third hint marks what it is about, and shows little around it', async () => {
  await using opened = await site.visit('lessons/02-http2-server/', DESK)
  const hints = await opened.page.locator('.check').evaluateAll((checks) =>
    checks.map((check) => ({
      id: check.id,
      marked: Array.from(check.querySelectorAll('mark.hunk-line'), (line) => line.textContent ?? ''),
      lines: check.querySelectorAll('.hunk-line').length,
    })),
  )
  expect(hints.length).toBeGreaterThan(5)
  for (const { marked, lines } of hints) {
    expect(marked).not.toEqual([])
    expect(lines).toBeLessThanOrEqual(5 * marked.length)
  }
  expect(hints.find(({ id }) => id === 'check-home')?.marked.join()).toContain("path === '/'")
})

test('nothing of a form stands out of it on a small phone', async () => {
  await using opened = await site.visit('playground/', SMALL)
  const out = await opened.page.locator('.pg-form').evaluate((form) => {
    const { right } = form.getBoundingClientRect()
    const parts = Array.from(form.querySelectorAll('select, textarea, button, label, p'))
    return parts
      .filter((part) => part.getBoundingClientRect().right > right)
      .map((part) => part.outerHTML.slice(0, 60))
  })
  expect(out).toEqual([])
})
