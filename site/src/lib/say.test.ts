import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import en from '../content/i18n/en.json' with { type: 'json' }
import { html } from './html.ts'
import { phrase, say, seconds, speak, timeOf } from './say.ts'
import { link, phraseHtml } from './say-html.ts'

const english = { lang: 'en', words: en }

test('values stand in their places, and numbers as the language writes them', () => {
  const counts = { count: 1234567, limit: '1234567' }
  expect(phrase(english, 'reading.tooLong', counts)).toContain('1,234,567 characters, and 1234567 are safe')
  expect(phrase({ ...english, lang: 'de' }, 'reading.tooLong', counts)).toContain('1.234.567 characters')
  expect(phrase(english, 'checking.failed', { done: 1, count: 3, says: '{{done}} $& <b>' })).toBe(
    '1 of 3 checks pass. Now: {{done}} $& <b>.',
  )
})

test('each language has the plurals that it needs', () => {
  const bytes = (count: number, speech = english) => phrase(speech, 'count.byte', { count })
  expect([0, 1, 2].map((count) => bytes(count))).toEqual(['0 bytes', '1 byte', '2 bytes'])
  const words = { 'count.byte_one': '{{count}} bajt', 'count.byte_few': '{{count}} bajty' }
  const polish = { lang: 'pl', words: { ...en, ...words, 'count.byte_other': '{{count}} bajtów' } }
  expect([1, 2, 5].map((count) => bytes(count, polish))).toEqual(['1 bajt', '2 bajty', '5 bajtów'])
  const few = { lang: 'pl', words: { ...en, 'live.some_few': '{{done}} z {{count}}, {{seconds}}' } }
  expect(phrase(few, 'live.some', { done: 1, count: 3, seconds: '0,1' })).toBe('1 z 3, 0,1')
})

test('elements are made of what stands in a phrase, never of a value', () => {
  const lesson = { title: '<b>4</b> · Message & format', goal: '<next>x</next>' }
  expect(phraseHtml(english, 'lesson.goOn', lesson, { next: link('/4/?a&b') }).text).toBe(
    'Go on with <a href="/4/?a&amp;b">&lt;b&gt;4&lt;/b&gt; · Message &amp; format</a>. &lt;next&gt;x&lt;/next&gt;',
  )
  expect(phraseHtml(english, 'check.hint1', { says: html`<i>${'<'}</i>` }).text).toBe(
    'Hint 1<span class="sr-only"> for: <i>&lt;</i></span>',
  )
})

test('what a phrase lacks is told', () => {
  expect(() => phrase(english, 'lesson.next')).toThrow('{{title}}')
  expect(() => phraseHtml(english, 'get.other')).toThrow('<archive>')
  expect(() => phrase({ lang: 'en', words: {} }, 'lesson.next')).toThrow('"lesson.next"')
})

test('times are those of the language', () => {
  speak(english)
  expect(say('log.after', { seconds: seconds(1234567) })).toBe('after 1234.57 s')
  expect(timeOf(new Date(2026, 0, 2, 15, 4, 5).toISOString())).toBe('2 Jan 2026, 15:04:05')
  expect(timeOf(new Date().toISOString())).toMatch(/^\d\d:\d\d:\d\d$/)
  speak({ ...english, lang: 'de' })
  expect(say('log.after', { seconds: seconds(310) })).toBe('after 0,31 s')
})

test('every phrase is said somewhere, and whatever is said is there', () => {
  const src = join(import.meta.dirname, '..')
  const code = readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(astro|mdx|ts)$/.test(file) && !file.endsWith('.test.ts'))
    .map((file) => readFileSync(join(src, file), 'utf8'))
    .join('\n')
  // Those of Starlight's own words that read otherwise here, it says itself.
  const keys = Object.keys(en).filter((key) => !key.startsWith('page.'))
  const stems = new Set(keys.map((key) => key.replace(/_(one|other)$/, '')))
  const prefixes = [...new Set(keys.map((key) => key.split('.')[0]))].join('|')
  const said = Array.from(
    code.matchAll(new RegExp(`["']((?:${prefixes})\\.\\w+)["']`, 'g')),
    ([, key]) => key,
  )
  expect([...new Set(said)].sort()).toEqual([...stems].sort())
  // Where a number chooses, English has a word for one and a word for the others.
  for (const key of keys.filter((key) => key.endsWith('_one')))
    expect(keys).toContain(key.replace('_one', '_other'))
})
