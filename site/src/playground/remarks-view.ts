/** The playground's remarks, as HTML. */
import type { ByteExcerpt } from '../../../checks/wire/bytes.ts'
import type { Severity } from '../../../checks/wire/wording.ts'
import type { Remark } from '../../../workshop/inspect/remark.ts'
import { type Html, html } from '../lib/html.ts'
import { type Key, say } from '../lib/say.ts'
import { sayHtml } from '../lib/say-html.ts'
import type { Answer } from './answer.ts'
import type { Remarks } from './remarks.ts'
import { shown } from './shown.ts'

/** @param events how many events there are */
export function remarksView(remarks: Remarks, events: number): string {
  if (remarks.count === 0) {
    return html`<p class="pg-none">${say(events > 0 ? 'remark.none' : 'remark.noneNoEvent')}</p>`.text
  }
  return html`<ul class="pg-findings">${remarks.shown.map(remarkView)}</ul>`.text
}

/** One sentence, read out by screen readers. */
export function summaryOf({ head, body, stream: { state } }: Answer, remarks: Remarks): string {
  return say(head ? 'remark.summaryWithHead' : 'remark.summary', {
    bytes: say('count.byte', { count: body.length }),
    events: say('count.event', { count: state.events }),
    remarks: say('count.remark', { count: remarks.count }),
  })
}

function remarkView(remark: Remark): Html {
  const { severity, says, fix, excerpt, more = 0 } = remark
  return html`<li class="${severity}">
    <p><strong>${titleOf(remark)}</strong> ${says}</p>
    ${excerpt && excerptView(excerpt)}
    <p>${fix}</p>
    ${more > 0 && html`<p class="pg-more">${say('remark.more', { count: more })}</p>`}
  </li>`
}

/** How bad it is, and where. */
function titleOf({ severity: kind, area, line }: Remark): string | Html {
  const severity = say(SEVERITY[kind])
  if (line === undefined) return say(area === 'head' ? 'remark.inHead' : 'remark.plain', { severity })
  const go = (inside: Html) => html`<button type="button" data-go="${line}">${inside}</button>`
  return sayHtml('remark.atLine', { severity, number: line }, { line: go })
}

function excerptView(excerpt: ByteExcerpt): Html {
  const { line, caret, should } = excerpt
  // The first wrong character; a space where something is missing.
  const [wrong = ' ', ...rest] = Array.from(line.slice(caret))
  return html`<dl>
    <dt>${say('remark.received')}</dt>
    <dd><code>${shown(line.slice(0, caret))}<mark>${shown(wrong)}</mark>${shown(rest.join(''))}</code></dd>
    ${should !== '' && html`<dt>${say('remark.should')}</dt> <dd><code>${shown(should)}</code></dd>`}
  </dl>`
}

const SEVERITY: Record<Severity, Key> = {
  error: 'remark.error',
  warning: 'remark.warning',
  note: 'remark.note',
}
