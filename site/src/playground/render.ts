/** The playground's views, as HTML: made when the site is built for those without JavaScript, and again at every key. */
import { decode, visible } from '../../../checks/wire/bytes.ts'
import { FIELD_NAMES } from '../../../checks/wire/field-names.ts'
import { type Finding, lint } from '../../../checks/wire/lint.ts'
import { createEventReader, type ParsedEvent, parseEvents } from '../../../checks/wire/parse.ts'
import { type Block, readWire, type WireLine } from '../../../checks/wire/read.ts'
import { type Html, html } from '../lib/html.ts'
import { type Dispatched, interpret, type Step } from './standard.ts'

/** Everything that is shown of one stream. */
export interface Views {
  /** One sentence, read out by screen readers. */
  summary: string
  wire: Html
  findings: Html
  events: Html
}

/** More lines than this are counted, not shown. */
const SHOWN_LINES = 400

export function renderViews(bytes: Uint8Array): Views {
  const wire = readWire(bytes)
  const { steps, events, lastEventId, retry } = interpret(wire)
  const findings = lint(wire, { complete: true })
  const remarks = findings.reduce((sum, { more = 0 }) => sum + 1 + more, 0)
  const parsed = parseEvents(bytes)
  return {
    summary: `${count(bytes.length, 'byte')}, ${count(events.length, 'event')}, ${count(remarks, 'remark')}.`,
    wire: wireView(wire.bom, wire.blocks, new Map(steps.map((step) => [step.line, step]))),
    findings: findingsView(findings, events.length),
    events: html`${eventsView(events)}
      <p class="pg-after">
        If the connection broke now, the browser would come back
        ${lastEventId === '' ? 'without an id' : html`with <code>Last-Event-ID: ${shown(lastEventId)}</code>`},
        after ${retry === undefined ? 'the time that it chooses itself' : `${retry} ms`}.
      </p>
      <p class="pg-after">${agreement(events, parsed.events)}</p>`,
  }
}

/**
 * The stream cut into pieces, and which piece brought which event.
 *
 * @param size how many bytes a piece has
 */
export function renderPieces(bytes: Uint8Array, size: number): Html {
  const reader = createEventReader()
  const whole = parseEvents(bytes).events
  const events: ParsedEvent[] = []
  const pieces: Html[] = []
  for (let offset = 0; offset < bytes.length; offset += size) {
    const piece = bytes.subarray(offset, offset + size)
    const { events: fresh } = reader.feed(piece)
    events.push(...fresh)
    const brought = fresh.map((event) => html`<span class="pg-brought">→ ${shown(event.data)}</span>`)
    pieces.push(html`<li><code>${pieceText(piece)}</code>${brought}</li>`)
  }
  const same = JSON.stringify(events) === JSON.stringify(whole)
  const verdict = same ? 'the same as in one piece' : 'not the same as in one piece'
  return html`<p>${count(pieces.length, 'piece')}, ${count(events.length, 'event')}: ${verdict}.</p>
    <ol class="pg-pieces">${pieces.slice(0, SHOWN_LINES)}</ol>
    ${pieces.length > SHOWN_LINES && html`<p>… and ${pieces.length - SHOWN_LINES} pieces more.</p>`}`
}

function wireView(bom: boolean, blocks: readonly Block[], steps: Map<WireLine, Step>): Html {
  if (blocks.length === 0) return html`<p class="pg-none">There are no bytes yet.</p>`
  const lines = blocks.reduce((sum, block) => sum + block.lines.length, 0)
  const shownBlocks = lines > SHOWN_LINES ? blocks.slice(0, SHOWN_LINES / 4) : blocks
  return html`${bom && html`<p class="pg-none"><code class="pg-sign">&lt;BOM&gt;</code> the first three bytes are skipped</p>`}
    <ol class="pg-blocks">
      ${shownBlocks.map((block, index) => blockView(block, index, steps))}
    </ol>
    ${blocks.length > shownBlocks.length && html`<p>… and ${blocks.length - shownBlocks.length} blocks more.</p>`}`
}

function blockView(block: Block, index: number, steps: Map<WireLine, Step>): Html {
  const state = block.dispatches ? 'event' : block.finished ? 'none' : 'open'
  const words = { event: 'becomes an event', none: 'makes no event', open: 'is not finished' }[state]
  return html`<li class="pg-block ${state}">
    <p class="pg-block-title">Block ${index + 1} ${words}</p>
    <ol>
      ${block.lines.map((line) => lineView(line, steps.get(line)))}
    </ol>
  </li>`
}

function lineView(line: WireLine, step: Step | undefined): Html {
  return html`<li class="pg-line ${step?.ignored && line.kind !== 'blank' && 'ignored'}">
    <code>${lineBytes(line)}${endSign(line)}</code>
    <span class="pg-does">${step?.does}</span>
  </li>`
}

function lineBytes(line: WireLine): Html | undefined {
  if (line.kind === 'blank') return undefined
  if (line.kind === 'comment') return html`<span class="pg-comment">${shown(line.text)}</span>`
  const known = FIELD_NAMES.has(line.name)
  const between = line.colon ? line.text.slice(line.name.length, line.text.length - line.value.length) : ''
  return html`<span class="${known ? 'pg-name' : 'pg-unknown'}">${shown(line.name)}</span
    ><span class="pg-colon">${between}</span><span class="pg-value">${shown(line.value)}</span>`
}

function endSign({ end }: WireLine): Html[] {
  return { lf: ['LF'], cr: ['CR'], crlf: ['CR', 'LF'], none: [] }[end].map(label)
}

function findingsView(findings: readonly Finding[], events: number): Html {
  if (findings.length === 0) {
    return html`<p class="pg-none">${events > 0 ? 'Nothing to remark.' : 'Nothing to remark, and no event either.'}</p>`
  }
  return html`<ul class="pg-findings">
    ${findings.map(
      ({ severity, says, fix, line, excerpt, more }) => html`<li class="${severity}">
        <p><strong>${SEVERITY[severity]}, line ${line}.</strong> ${says}</p>
        <dl>
          <dt>received</dt>
          <dd><code>${shown(excerpt.line.slice(0, excerpt.caret))}<mark>${markAt(excerpt)}</mark>${shown(afterMark(excerpt))}</code></dd>
          <dt>should be</dt>
          <dd><code>${shown(excerpt.should)}</code></dd>
        </dl>
        <p>${fix}</p>
        ${more && html`<p>… and ${more} more like this.</p>`}
      </li>`,
    )}
  </ul>`
}

/** The first wrong character; a space where something is missing. */
const markAt = ({ line, caret }: Finding['excerpt']) => shown(Array.from(line.slice(caret))[0] ?? ' ')
const afterMark = ({ line, caret }: Finding['excerpt']) => Array.from(line.slice(caret)).slice(1).join('')

function eventsView(events: readonly Dispatched[]): Html {
  if (events.length === 0) return html`<p class="pg-none">No event. A page would hear nothing.</p>`
  return html`<ol class="pg-events">
    ${events.slice(0, SHOWN_LINES).map(
      ({ type, data, lastEventId }) => html`<li>
        <dl>
          <dt>type</dt>
          <dd><code>${shown(type)}</code></dd>
          <dt>data</dt>
          <dd><code>${data === '' ? html`<i>empty</i>` : shown(data)}</code></dd>
          <dt>lastEventId</dt>
          <dd><code>${lastEventId === '' ? html`<i>empty</i>` : shown(lastEventId)}</code></dd>
        </dl>
      </li>`,
    )}
  </ol>`
}

function agreement(standard: readonly Dispatched[], parsed: readonly ParsedEvent[]): string {
  const plain = parsed.map(({ type, data, lastEventId }) => ({ type, data, lastEventId }))
  return JSON.stringify(standard) === JSON.stringify(plain)
    ? 'The library eventsource-parser makes the same of it.'
    : `The library eventsource-parser makes something else of it: ${count(parsed.length, 'event')}.`
}

/** A piece as text; bytes of a letter that was cut are shown as numbers. */
function pieceText(piece: Uint8Array): Html {
  if (!decode(piece).includes('\uFFFD')) return shown(piece)
  const byte = (code: number) => html`<span class="pg-sign">${code.toString(16).toUpperCase()}</span>`
  return html`${Array.from(piece, (code) => (code < 0x80 ? shown(Uint8Array.of(code)) : byte(code)))}`
}

/** A text with every invisible character as a label: CR, LF, NUL. Not every font has signs for them. */
function shown(source: string | Uint8Array): Html {
  const parts = visible(source).split(/([\u2400-\u241f\u2421])/)
  return html`${parts.map((part, index) => (index % 2 === 0 ? part : label(CONTROLS[part.charCodeAt(0) - 0x2400] ?? 'DEL')))}`
}

const label = (name: string) => html`<span class="pg-sign">${name}</span>`

const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? '' : 's'}`

/** The names of the control characters, by their code. */
const CONTROLS =
  'NUL SOH STX ETX EOT ENQ ACK BEL BS HT LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US'.split(
    ' ',
  )

const SEVERITY: Record<Finding['severity'], string> = {
  error: 'Wrong',
  warning: 'Suspicious',
  note: 'Good to know',
}
