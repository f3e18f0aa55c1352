/** The playground's remarks, as HTML. */
import type { Finding } from '../../../checks/wire/lint.ts'
import { type Html, html } from '../lib/html.ts'
import type { Remarks } from './remarks.ts'
import { count, figure, shown } from './shown.ts'
import type { Stream } from './stream.ts'

/** @param events how many events there are */
export function remarksView(remarks: Remarks, events: number): string {
  if (remarks.count === 0) {
    return html`<p class="pg-none">${events > 0 ? 'Nothing to remark.' : 'Nothing to remark, and no event either.'}</p>`
      .text
  }
  return html`<ul class="pg-findings">${remarks.shown.map(remarkView)}</ul>`.text
}

/** One sentence, read out by screen readers. */
export function summaryOf({ bytes, state }: Stream, remarks: Remarks): string {
  return `${count(bytes.length, 'byte')}, ${count(state.events, 'event')}, ${count(remarks.count, 'remark')}.`
}

function remarkView({ severity, says, fix, line, excerpt, more = 0 }: Finding): Html {
  return html`<li class="${severity}">
    <p>
      <strong>${SEVERITY[severity]}, <button type="button" data-go="${line}">line ${figure(line)}</button>.</strong>
      ${says}
    </p>
    <dl>
      <dt>received</dt>
      <dd><code>${shown(excerpt.line.slice(0, excerpt.caret))}<mark>${markAt(excerpt)}</mark>${shown(afterMark(excerpt))}</code></dd>
      <dt>should be</dt>
      <dd><code>${shown(excerpt.should)}</code></dd>
    </dl>
    <p>${fix}</p>
    ${more > 0 && html`<p class="pg-more">The same ${more === 1 ? 'once' : `${figure(more)} times`} more, further on.</p>`}
  </li>`
}

/** The first wrong character; a space where something is missing. */
const markAt = ({ line, caret }: Finding['excerpt']) => shown(Array.from(line.slice(caret))[0] ?? ' ')
const afterMark = ({ line, caret }: Finding['excerpt']) => Array.from(line.slice(caret)).slice(1).join('')

const SEVERITY: Record<Finding['severity'], string> = {
  error: 'Wrong',
  warning: 'Suspicious',
  note: 'Good to know',
}
