/** The head of an answer, as HTML: its lines, and whether a browser goes on behind it. */
import { type Html, html } from '../lib/html.ts'
import { say } from '../lib/say.ts'
import { type Answer, isRefused } from './answer.ts'
import { shownStart } from './shown.ts'

/** So many lines of a head are drawn. */
const DRAWN = 50

/** @returns nothing when there is no head */
export function headView(answer: Answer): string {
  if (!answer.head) return ''
  const text = new TextDecoder().decode(answer.headBytes)
  const lines = text.match(/.*\r?\n|.+$/g) ?? []
  return html`<div class="pg-block ${isRefused(answer) ? 'open' : 'event'}">
    <p class="pg-block-title">${say(isRefused(answer) ? 'reading.refused' : 'reading.head')}</p>
    <ol>${lines.slice(0, DRAWN).map(lineView)}</ol>
    ${lines.length > DRAWN && html`<p class="pg-cut">${say('reading.moreLines', { count: lines.length - DRAWN })}</p>`}
  </div>`.text
}

function lineView(line: string): Html {
  const [, name, rest = line] = /^([^:\s]+)(:.*)$/s.exec(line) ?? []
  return html`<li class="pg-line"><code>${name !== undefined && html`<span class="pg-name">${shownStart(name, 100)}</span>`}${shownStart(rest)}</code></li>`
}
