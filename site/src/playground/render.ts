/**
 * The playground's views, as HTML: made when the site is built for those without JavaScript, and again after every key.
 * Of a long stream a part is drawn, from the place that is looked at.
 */
import { decode } from '../../../checks/wire/bytes.ts'
import { FIELD_NAMES } from '../../../checks/wire/field-names.ts'
import type { WireLine } from '../../../checks/wire/read.ts'
import { type Html, html } from '../lib/html.ts'
import { type Key, say } from '../lib/say.ts'
import { sayHtml } from '../lib/say-html.ts'
import { CUT_BYTES, type Pieces, pieceAt } from './pieces.ts'
import { label, shown, shownStart } from './shown.ts'
import type { Dispatched, State } from './standard.ts'
import { type BlockEnd, type ReadLine, readEvents, readLines, type Stream } from './stream.ts'

/** The part of a list that is drawn. */
export interface Part {
  html: string
  /** The index of its first item, and how many are drawn. */
  first: number
  drawn: number
  /** How many there are. */
  total: number
}

/** How many items of each list are drawn at a time. */
const DRAWN = { lines: 100, events: 20, pieces: 150 }

/** The lines of a stream, each with what the browser does, in their blocks. */
export function linesPart(stream: Stream, wanted: number): Part {
  const first = within(wanted, stream.lines, DRAWN.lines)
  if (stream.lines === 0) return part(html`<p class="pg-none">${say('reading.noBytes')}</p>`, first, 0, 0)
  // One more, to see whether the first block began before.
  const read = take(readLines(stream, Math.max(0, first - 1)), DRAWN.lines + (first > 0 ? 1 : 0))
  const before = first > 0 ? read.shift() : undefined
  const blocks = new Map<number, ReadLine[]>()
  for (const each of read) blocks.set(each.block, [...(blocks.get(each.block) ?? []), each])
  const shownBom = stream.bom && first === 0
  return part(
    html`${shownBom && html`<p class="pg-none">${sayHtml('reading.bom', { bom: '<BOM>' }, { sign })}</p>`}
    <ol class="pg-blocks">
      ${Array.from(blocks, ([block, lines]) => blockView(block, lines, stream.blocks[block - 1] ?? 'open', before?.block === block))}
    </ol>`,
    first,
    read.length,
    stream.lines,
  )
}

/** The events that a page would hear. */
export function eventsPart(stream: Stream, wanted: number): Part {
  const total = stream.state.events
  const first = within(wanted, total, DRAWN.events)
  const events = take(readEvents(stream, first), DRAWN.events)
  const list =
    total === 0
      ? html`<p class="pg-none">${say('reading.noEvent')}</p>`
      : html`<ol class="pg-events" start="${first + 1}">${events.map(eventView)}</ol>`
  return part(list, first, events.length, total)
}

/** What would happen next, and what the library says. */
export function afterView({ state, agrees, parsed }: Stream): string {
  const same = agrees
    ? say('reading.agrees')
    : say('reading.differs', { events: say('count.event', { count: parsed }) })
  return html`<p class="pg-after">${comingBack(state)}</p>
    <p class="pg-after">${same}</p>`.text
}

function comingBack({ lastEventId, retry }: State): Html {
  const id = shownStart(lastEventId, 200)
  if (retry === undefined) return sayHtml(lastEventId === '' ? 'reading.back' : 'reading.backWithId', { id })
  return sayHtml(lastEventId === '' ? 'reading.backAfter' : 'reading.backWithIdAfter', {
    id,
    retry: `${retry}`,
  })
}

export function piecesPart(pieces: Pieces, wanted: number, length: number): Part {
  const first = within(wanted, pieces.count, DRAWN.pieces)
  const indexes = Array.from(
    { length: Math.min(DRAWN.pieces, pieces.count - first) },
    (_, index) => first + index,
  )
  const [same, notSame]: [Key, Key] =
    length > CUT_BYTES ? ['reading.startSame', 'reading.startNotSame'] : ['reading.same', 'reading.notSame']
  const verdict = say(pieces.same ? same : notSame, {
    pieces: say('count.piece', { count: pieces.count }),
    bytes: say('count.byte', { count: CUT_BYTES }),
    events: say('count.event', { count: pieces.events }),
  })
  return part(
    html`<p>${verdict}</p>
    <ol class="pg-pieces" start="${first + 1}">${indexes.map((index) => pieceView(pieces, index))}</ol>`,
    first,
    indexes.length,
    pieces.count,
  )
}

const part = ({ text }: Html, first: number, drawn: number, total: number): Part => ({
  html: text,
  first,
  drawn,
  total,
})

/** The index nearest to the one that is wanted at which a full part begins. */
const within = (wanted: number, total: number, drawn: number) => Math.max(0, Math.min(wanted, total - drawn))

function take<Item>(items: Iterable<Item>, limit: number): Item[] {
  const taken: Item[] = []
  for (const item of items) if (taken.push(item) === limit) break
  return taken
}

function blockView(number: number, lines: ReadLine[], end: BlockEnd, continued: boolean): Html {
  return html`<li class="pg-block ${end}">
    <p class="pg-block-title">${say((continued ? RESTS : BLOCKS)[end], { number })}</p>
    <ol>${lines.map(lineView)}</ol>
  </li>`
}

function lineView({ line, step }: ReadLine): Html {
  const does = say(...step.does)
  return html`<li class="pg-line ${step.ignored && line.kind !== 'blank' && 'ignored'}" data-line="${line.number}">
    <code>${lineBytes(line)}${ENDINGS[line.end].map(label)}</code>
    <span class="pg-does">${does.length > 200 ? `${does.slice(0, 100)}…` : does}</span>
  </li>`
}

function lineBytes(line: WireLine): Html | undefined {
  if (line.kind === 'blank') return undefined
  if (line.kind === 'comment') return html`<span class="pg-comment">${shownStart(line.text)}</span>`
  const known = FIELD_NAMES.has(line.name)
  const between = line.colon ? line.text.slice(line.name.length, line.text.length - line.value.length) : ''
  return html`<span class="${known ? 'pg-name' : 'pg-unknown'}">${shownStart(line.name)}</span
    ><span class="pg-colon">${between}</span><span class="pg-value">${shownStart(line.value)}</span>`
}

function eventView({ type, data, lastEventId }: Dispatched): Html {
  return html`<li>
    <dl>
      <dt>type</dt>
      <dd><code>${shownStart(type, 200)}</code></dd>
      <dt>data</dt>
      <dd><code>${data === '' ? html`<i>${say('reading.empty')}</i>` : shownStart(data)}</code></dd>
      <dt>lastEventId</dt>
      <dd><code>${lastEventId === '' ? html`<i>${say('reading.empty')}</i>` : shownStart(lastEventId, 200)}</code></dd>
    </dl>
  </li>`
}

function pieceView(pieces: Pieces, index: number): Html {
  const brought = pieces.brought.get(index) ?? []
  return html`<li><code>${pieceText(pieceAt(pieces, index))}</code>${brought.map(
    (data) => html`<span class="pg-brought">→ ${shownStart(data, 100)}</span>`,
  )}</li>`
}

/** A piece as text; bytes of a letter that was cut are shown as numbers. */
export function pieceText(piece: Uint8Array): Html {
  if (!decode(piece).includes('\uFFFD')) return shown(piece)
  const byte = (code: number) => label(code.toString(16).toUpperCase())
  return html`${Array.from(piece, (code) => (code < 0x80 ? shown(Uint8Array.of(code)) : byte(code)))}`
}

const BLOCKS: Record<BlockEnd, Key> = {
  event: 'reading.blockEvent',
  none: 'reading.blockNone',
  open: 'reading.blockOpen',
}

/** Of a block that began before what is drawn. */
const RESTS: Record<BlockEnd, Key> = {
  event: 'reading.restEvent',
  none: 'reading.restNone',
  open: 'reading.restOpen',
}

const sign = (inside: Html) => html`<code class="pg-sign">${inside}</code>`

const ENDINGS: Record<WireLine['end'], string[]> = { lf: ['LF'], cr: ['CR'], crlf: ['CR', 'LF'], none: [] }
