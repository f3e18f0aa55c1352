/** The playground's remarks, as HTML. */
import type { ByteExcerpt } from '../../../checks/wire/bytes.ts'
import type { Severity } from '../../../checks/wire/wording.ts'
import type { Remark } from '../../../workshop/inspect/remark.ts'
import { type Html, html } from '../lib/html.ts'
import type { Answer } from './answer.ts'
import type { Remarks } from './remarks.ts'
import { count, figure, shown } from './shown.ts'

/** @param events how many events there are */
export function remarksView(remarks: Remarks, events: number): string {
  if (remarks.count === 0) {
    return html`<p class="pg-none">${events > 0 ? 'Nothing to remark.' : 'Nothing to remark, and no event either.'}</p>`
      .text
  }
  return html`<ul class="pg-findings">${remarks.shown.map(remarkView)}</ul>`.text
}

/** One sentence, read out by screen readers. */
export function summaryOf({ head, body, stream: { state } }: Answer, remarks: Remarks): string {
  return `${head ? 'A head, ' : ''}${count(body.length, 'byte')}, ${count(state.events, 'event')}, ${count(remarks.count, 'remark')}.`
}

function remarkView({ severity, area, says, fix, line, excerpt, more = 0 }: Remark): Html {
  const place =
    line === undefined
      ? area === 'head' && ', in the head'
      : html`, <button type="button" data-go="${line}">line ${figure(line)}</button>`
  return html`<li class="${severity}">
    <p><strong>${SEVERITY[severity]}${place}.</strong> ${says}</p>
    ${excerpt && excerptView(excerpt)}
    <p>${fix}</p>
    ${more > 0 && html`<p class="pg-more">The same ${more === 1 ? 'once' : `${figure(more)} times`} more, further on.</p>`}
  </li>`
}

function excerptView(excerpt: ByteExcerpt): Html {
  const { line, caret, should } = excerpt
  // The first wrong character; a space where something is missing.
  const [wrong = ' ', ...rest] = Array.from(line.slice(caret))
  return html`<dl>
    <dt>received</dt>
    <dd><code>${shown(line.slice(0, caret))}<mark>${shown(wrong)}</mark>${shown(rest.join(''))}</code></dd>
    ${should !== '' && html`<dt>should be</dt> <dd><code>${shown(should)}</code></dd>`}
  </dl>`
}

const SEVERITY: Record<Severity, string> = {
  error: 'Wrong',
  warning: 'Suspicious',
  note: 'Good to know',
}
