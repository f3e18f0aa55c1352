/** The playground. */
import { describe, expect, test } from 'vitest'
import { readWire } from '../../../checks/wire/read.ts'
import { typedFor } from '../../src/playground/notation.ts'
import { toHash } from '../../src/playground/share.ts'
import { interpret } from '../../src/playground/standard.ts'
import { STREAMS } from '../streams.ts'
import { useSite } from './served.ts'

const site = useSite()

describe('the playground', () => {
  test('shows what it makes', async () => {
    await using opened = await site.visit('playground/')
    const { page, errors } = opened
    for (const { says, bytes } of STREAMS) {
      await page.evaluate(
        (hash) => {
          location.hash = hash
        },
        toHash(typedFor(bytes)),
      )
      const { events } = interpret(readWire(bytes))
      await page.waitForFunction(
        (typed) => document.querySelector('textarea')?.value === typed,
        typedFor(bytes),
      )
      expect(await page.locator('.pg-events > li').count(), says).toBe(events.length)
      expect(await page.locator('.pg-events-view').textContent(), says).toContain('makes the same of it')
      expect(await page.locator('.pg-pieces-view').textContent(), says).toContain('the same as in one piece')
    }
    expect(errors).toEqual([])
  })

  test('is worked by keyboard, and shared by its address', async () => {
    await using opened = await site.visit('playground/')
    const { page } = opened
    await page.getByLabel('Begin with').selectOption({ label: 'Data with a capital' })
    expect(page.url()).toContain('#letter-case')
    expect(await page.locator('.pg-findings').textContent()).toContain('small letters')
    await page.getByLabel('The stream').fill('data: <b>hi</b>\n')
    await page.getByLabel('The stream').press('End')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    expect(await page.getByLabel('The stream').inputValue()).toBe('data: <b>hi</b>\n\n<CR>')
    expect(await page.locator('.pg-events dd').nth(1).textContent()).toBe('<b>hi</b>')
    await page.getByLabel('Bytes in a piece').press('Home')
    expect(await page.locator('.pg-pieces > li').count()).toBe('data: <b>hi</b>\n\n<CR>'.length - 3)
    await using other = await site.visit(`playground/${new URL(page.url()).hash}`)
    expect(await other.page.getByLabel('The stream').inputValue()).toBe('data: <b>hi</b>\n\n<CR>')
  })
})
