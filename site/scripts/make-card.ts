/**
 * Draws the card that other sites show when someone shares a page: public/card.png, 1200 × 630.
 * To draw it again: node site/scripts/make-card.ts
 */
import { fileURLToPath } from 'node:url'
import { launch } from '../test/browser.ts'

const card = `<!doctype html>
<style>
  * { box-sizing: border-box; margin: 0 }
  body { width: 1200px; height: 630px; padding: 80px; background: #11171c; color: #fff; font: 34px system-ui, sans-serif }
  h1 { font-size: 84px; line-height: 1.1; letter-spacing: -1px }
  p { margin-top: 24px; color: #b9c4cf }
  div { display: flex; gap: 40px; align-items: center; margin-top: 56px; font: 34px ui-monospace, monospace }
  pre, span { padding: 24px 32px; border-radius: 16px; background: #1c2530; font: inherit; line-height: 1.4 }
  pre b { color: #8fd6ff } i { color: #d3b8ff; font: 700 22px system-ui } span { background: #10362a }
</style>
<h1>Server-Sent Events<br>on HTTP/2</h1>
<p>A workshop: build the server, lesson by lesson, with Node and TypeScript.</p>
<div><pre><b>data</b>: hello <i>LF</i>\n<i>LF</i></pre> → <span>hello</span></div>`

const browser = await launch()
const page = await browser.newPage({ viewport: { width: 1200, height: 630 } })
await page.setContent(card)
await page.screenshot({ path: fileURLToPath(new URL('../public/card.png', import.meta.url)) })
await browser.close()
