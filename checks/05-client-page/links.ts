/** Which files a page wants from its own server. Pure. */

export interface PageLink {
  kind: 'style' | 'script'
  /** Path and query, as a browser asks for it. */
  path: string
}

/** The style sheets and scripts that the HTML names, less those of other servers. `origin` is where the page is, at `/`. */
export function linksOf(html: string, origin: string): PageLink[] {
  const links: PageLink[] = []
  for (const [, tag = '', attributes = ''] of html.replace(COMMENT, '').matchAll(TAG)) {
    const isStyle = tag.toLowerCase() === 'link'
    if (isStyle && !attribute(attributes, 'rel')?.toLowerCase().split(/\s+/).includes('stylesheet')) continue
    const name = attribute(attributes, isStyle ? 'href' : 'src')
    if (!name || !URL.canParse(name, `${origin}/`)) continue
    const url = new URL(name, `${origin}/`)
    if (url.origin === new URL(origin).origin) {
      links.push({ kind: isStyle ? 'style' : 'script', path: url.pathname + url.search })
    }
  }
  return links
}

/** The value of an attribute, out of the text between a tag's name and its `>`. */
export function attribute(attributes: string, name: string): string | undefined {
  const found = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(
    attributes,
  )
  return found?.[1] ?? found?.[2] ?? found?.[3]
}

export const COMMENT = /<!--[\s\S]*?-->/g
const TAG = /<(link|script)\b((?:"[^"]*"|'[^']*'|[^'">])*)>/gi
