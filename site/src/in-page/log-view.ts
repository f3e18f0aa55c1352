/** How things stand, and the log of what happened, as HTML. */
import { html } from '../lib/html.ts'
import { pieceText } from '../playground/render.ts'
import { count, shownStart } from '../playground/shown.ts'
import type { Entry, Standing } from './source-log.ts'

export function standingView({ readyState, sent, heard, lastEventId }: Standing): string {
  return html`<div><dt>readyState</dt><dd class="rs-${STATES[readyState ?? 3]}">${readyState ?? '–'} ${STATES[readyState ?? 3]}</dd></div>
    <div><dt>sent</dt><dd>${count(sent, 'byte')}</dd></div>
    <div><dt>heard</dt><dd>${count(heard, 'event')}</dd></div>
    <div><dt>last event ID</dt><dd>${lastEventId === '' ? html`<i>none</i>` : html`<code>${shownStart(lastEventId, 60)}</code>`}</dd></div>`
    .text
}

/** @param current the index of the entry that is looked at; what came later is pale */
export function logView(entries: readonly Entry[], current: number): string {
  return html`${entries.map(
    ({ ms, who, says, text }, index) => html`<li
      class="rs-${who} ${index > current && 'later'}" ${index === current && html`aria-current="step"`}>
      <span class="rs-ms">${(ms / 1000).toFixed(2)} s</span>
      <span class="rs-who">${who}</span>
      <span>${says}${text !== undefined && html` <code>${typeof text === 'string' ? shownStart(text, 200) : pieceText(text)}</code>`}</span>
    </li>`,
  )}`.text
}

const STATES = ['connecting', 'open', 'closed', 'none']
