/** Every link of a built site: where it leads, and whether that is there. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { unescaped } from '../src/lib/html.ts'
import { presets } from '../src/playground/presets.ts'

/**
 * Looks at every `href` and `src` of every page, anchors included.
 *
 * @returns what leads nowhere, as `page → link`
 */
export function brokenLinks(folder: string, base: string, origin: string): string[] {
  const pages = pagesOf(folder)
  const ids = new Map(pages.map((page) => [page, idsOf(readFileSync(join(folder, page), 'utf8'))]))
  return pages.flatMap((page) => {
    // The page for what is not there names an address of its own, which is not there either.
    const html = readFileSync(join(folder, page), 'utf8').replace(/<link rel="canonical"[^>]*>/, '')
    const at = `${origin}${base}${page.replace(/index\.html$/, '')}`
    const links = Array.from(html.matchAll(/\s(?:href|src)="([^"]*)"/g), ([, link]) => unescaped(link ?? ''))
    return links.filter((link) => isBroken(new URL(link, at))).map((link) => `${page} → ${link}`)
  })

  function isBroken({ origin: to, pathname, hash, protocol }: URL): boolean {
    if (to !== origin || protocol === 'data:') return false
    if (!pathname.startsWith(base)) return true
    const path = decodeURIComponent(pathname.slice(base.length))
    const file = path === '' || path.endsWith('/') ? `${path}index.html` : path
    if (!statSync(join(folder, file), { throwIfNoEntry: false })?.isFile()) return true
    if (hash === '') return false
    // The playground reads the name of a stream from there.
    if (path === 'playground/' && presets.some(({ id }) => hash === `#${id}`)) return false
    return !ids.get(file)?.has(decodeURIComponent(hash.slice(1)))
  }
}

/** The pages of a built site, relative to its folder. */
export function pagesOf(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return files.filter((file) => file.endsWith('.html')).map((file) => file.replaceAll('\\', '/'))
}

function idsOf(html: string): Set<string> {
  return new Set(Array.from(html.matchAll(/\sid="([^"]+)"/g), ([, id]) => unescaped(id ?? '')))
}
