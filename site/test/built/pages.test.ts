/** Every page of the built site, in a real browser. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, inject, test } from 'vitest'
import { lessons } from '../../../checks/lessons.ts'
import { lessonNumber } from '../../../checks/manifest.ts'
import { root } from '../../../workshop/project/paths.ts'
import { CARD } from '../../src/lib/card.ts'
import { unescaped } from '../../src/lib/html.ts'
import { BASE, REPOSITORY } from '../browser.ts'
import { brokenLinks, pagesOf } from '../links.ts'
import { faultsOf } from '../visit.ts'
import { useSite } from './served.ts'

const DOCS = join(root, 'site/src/content/docs')
const SOURCES = readdirSync(DOCS, { recursive: true, encoding: 'utf8' }).filter((file) =>
  /\.mdx?$/.test(file),
)
const addressOf = (file: string) => {
  const page = file.replaceAll('\\', '/').replace(/(index)?\.mdx?$/, '')
  return page && `${page}/`
}

/** The address of each page, from the files that they are written in. */
const PAGES = SOURCES.map(addressOf).concat('404.html')

const { folder, printed } = inject('built')
const site = useSite()

const read = (file: string) => readFileSync(join(folder, file), 'utf8')

/** The fenced blocks that a page is written with. A copy of commands has none of their comments. */
function blocksIn(page: string): string[] {
  const [file = ''] = SOURCES.filter((file) => addressOf(file) === page)
  const text = file && readFileSync(join(DOCS, file), 'utf8').replaceAll('\r\n', '\n')
  return Array.from(
    text.matchAll(/^( *)```(\w*).*\n([\s\S]*?)^ *```$/gm),
    ([, indent = '', language, code = '']) => {
      const lines = code.trimEnd().split('\n')
      const words = lines.map((line) => line.slice(indent.length))
      return (language === 'sh' ? words.filter((line) => !line.startsWith('#')) : words).join('\n')
    },
  )
}

/** What the buttons copy that stand beside blocks of code. */
function codeIn(html: string): string[] {
  return Array.from(html.matchAll(/data-code="([^"]*)"/g), ([, code = '']) =>
    unescaped(code).replaceAll('\u007f', '\n'),
  )
}

describe('what was built', () => {
  test('was built without a warning', () => {
    expect(printed).toContain('Complete!')
    expect(printed.split('\n').filter((line) => /warn/i.test(line))).toEqual([])
  })

  test('has no link that leads nowhere', () => {
    expect(brokenLinks(folder, BASE, 'https://example.org')).toEqual([])
  })

  test('has every page', () => {
    const addresses = pagesOf(folder).map((page) => page.replace(/index\.html$/, ''))
    expect(addresses.sort()).toEqual([...PAGES].sort())
  })

  test('has a page and an anchor for every check', () => {
    const reference = read('reference/checks/index.html')
    for (const { slug, title, checks } of lessons) {
      const page = read(`lessons/${slug}/index.html`)
      expect(page).toContain(`${lessonNumber(slug)} · ${title}`)
      for (const name of Object.keys(checks)) {
        expect(page).toContain(`id="check-${name}"`)
        expect(reference).toContain(`id="${slug}-${name}"`)
      }
    }
  })

  test('shows every block of code whole', () => {
    const cut = PAGES.flatMap((page) => {
      const blocks = blocksIn(page)
      const shown = blocks.length > 0 ? codeIn(read(`${page}index.html`)) : []
      return blocks.filter((block) => !shown.includes(block)).map((block) => `${page}: ${block}`)
    })
    expect(cut).toEqual([])
  })

  test('has a search index, a sitemap, llms.txt and edit links', () => {
    expect(read('pagefind/pagefind.js')).not.toBe('')
    expect(read('sitemap-0.xml')).toContain(`https://example.org${BASE}lessons/03-headers/`)
    expect(read('llms.txt')).toContain(`(https://example.org${BASE}lessons/03-headers/)`)
    expect(read('faq/index.html')).toContain(`${REPOSITORY}/edit/main/site/src/content/docs/faq.mdx`)
  })

  test('has a card of its own for each page, of the size that it is asked for', async () => {
    const cards = new Set<string>()
    for (const page of PAGES.filter((page) => page !== '404.html')) {
      const [, address = ''] = /"og:image" content="([^"]+)"/.exec(read(`${page}index.html`)) ?? []
      expect(address).toBe(`https://example.org${BASE}cards/${page.replace(/\/$/, '') || 'index'}.png`)
      const file = join(folder, address.slice(`https://example.org${BASE}`.length))
      expect(await sharp(file).metadata()).toMatchObject({ format: 'png', ...CARD })
      cards.add(createHash('sha256').update(readFileSync(file)).digest('hex'))
    }
    expect(cards.size).toBe(PAGES.length - 1)
    expect(read('404.html')).not.toContain('og:image')
  })

  test('tells programs what its pages are', () => {
    const described = (page: string) => {
      const [, text = ''] = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(read(page)) ?? []
      return JSON.parse(text)
    }
    const home = described('index.html')
    expect(home).toMatchObject({ '@type': 'LearningResource', url: `https://example.org${BASE}` })
    expect(home.hasPart).toHaveLength(lessons.length)
    for (const { slug, title, minutes } of lessons)
      expect(described(`lessons/${slug}/index.html`)).toMatchObject({
        '@type': 'LearningResource',
        name: `${lessonNumber(slug)} · ${title}`,
        url: `https://example.org${BASE}lessons/${slug}/`,
        timeRequired: `PT${minutes}M`,
        isPartOf: { url: home.url },
      })
    expect(read('faq/index.html')).not.toContain('application/ld+json')
  })

  test('can be read as one text, without what belongs to a screen', () => {
    const text = read('llms-full.txt')
    for (const page of pagesOf(folder).filter((file) => file !== '404.html')) {
      const [, title = ''] = /<h1[^>]*>(.*?)<\/h1>/s.exec(read(page)) ?? []
      expect(text).toContain(`\n# ${unescaped(title).trim()}\n`)
    }
    expect(text).toContain('```sh\ncurl -ikN --http2 https://localhost:8080/events\n```')
    expect(text).toContain(`[lesson 4](https://example.org${BASE}lessons/04-message-format/)`)
    expect(text).not.toMatch(/<\/?(div|span|p|details|svg)\b|Hint 1|Section titled/)
    expect(text).not.toContain(root)
    expect(read('llms.txt')).toContain(`(https://example.org${BASE}llms-full.txt)`)
  })

  test.each(['', 'start/'])('tells how to get the project: %s', (page) => {
    const html = read(`${page}index.html`)
    expect(codeIn(html)).toContain(`git clone ${REPOSITORY}\ncd repository\nnpm ci\nnpm run lesson`)
    expect(html).toContain(`href="${REPOSITORY}/archive/HEAD.zip"`)
  })

  test('offers inspect as a file, with its checksum, and every finding', () => {
    const page = read('inspect/index.html')
    const file = readFileSync(join(folder, 'sse-inspect.mjs'))
    expect(page).toContain(createHash('sha256').update(file).digest('hex'))
    expect(page).toContain(`href="${BASE}sse-inspect.mjs"`)
    for (const code of ['letter-case', 'other-content-type', 'proxy-collects'])
      expect(page).toContain(`id="finding-${code}"`)
  })

  test('is a site on its home page, and articles on the others', () => {
    const types = (file: string) =>
      Array.from(read(file).matchAll(/"og:type" content="(\w+)"/g), ([, type]) => type)
    expect(types('index.html')).toEqual(['website'])
    expect(types('start/index.html')).toEqual(['article'])
  })

  test('names no file of this machine', () => {
    for (const page of pagesOf(folder)) expect(read(page)).not.toContain(root)
  })
})

describe.concurrent('has no error, no axe violation in light or dark, and no sideways scrolling at 320 px:', () => {
  test.each(PAGES)(
    '%s',
    async (page) => {
      expect(await faultsOf(site.browser, site.home, page)).toEqual([])
    },
    600_000,
  )
})

test('pages can be read without JavaScript', async () => {
  const options = { javaScriptEnabled: false }
  await using lesson = await site.visit('lessons/03-headers/', options)
  expect(await lesson.page.locator('#check-content-type').textContent()).toContain('declares an event stream')
  await using playground = await site.visit('playground/', options)
  expect(await playground.page.locator('.pg-events li').count()).toBe(2)
  await using home = await site.visit('', options)
  expect(await home.page.locator('.demo-events li').count()).toBe(3)
  await home.page.locator('recorded-session summary').nth(3).click()
  const screen = home.page.locator('recorded-session pre:visible')
  expect(await screen.textContent()).toContain('Lesson 3 is done.')
})
