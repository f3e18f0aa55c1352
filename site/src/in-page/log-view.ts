/** How things stand, and the log of what happened, as HTML. */
import { html } from '../lib/html.ts'
import { type Key, say, seconds } from '../lib/say.ts'
import { pieceText } from '../playground/render.ts'
import { shownStart } from '../playground/shown.ts'
import type { Entry, Standing, Who } from './source-log.ts'

export function standingView({ readyState, sent, heard, lastEventId }: Standing): string {
  const state = STATES[readyState ?? 3] ?? 'none'
  return html`<div><dt>readyState</dt><dd class="rs-${state}">${readyState ?? '–'} ${say(STATE_WORDS[state])}</dd></div>
    <div><dt>${say('log.sent')}</dt><dd>${say('count.byte', { count: sent })}</dd></div>
    <div><dt>${say('log.heard')}</dt><dd>${say('count.event', { count: heard })}</dd></div>
    <div><dt>${say('log.id')}</dt><dd>${lastEventId === '' ? html`<i>${say('log.none')}</i>` : html`<code>${shownStart(lastEventId, 60)}</code>`}</dd></div>`
    .text
}

/** @param current the index of the entry that is looked at; what came later is pale */
export function logView(entries: readonly Entry[], current: number): string {
  return html`${entries.map(
    ({ ms, who, says, text }, index) => html`<li
      class="rs-${who} ${index > current && 'later'}" ${index === current && html`aria-current="step"`}>
      <span class="rs-ms">${say('log.ms', { seconds: seconds(ms) })}</span>
      <span class="rs-who">${say(WHO[who])}</span>
      <span>${says}${text !== undefined && html` <code>${typeof text === 'string' ? shownStart(text, 200) : pieceText(text)}</code>`}</span>
    </li>`,
  )}`.text
}

const STATES = ['connecting', 'open', 'closed', 'none'] as const

const STATE_WORDS: Record<(typeof STATES)[number], Key> = {
  connecting: 'log.connecting',
  open: 'log.open',
  closed: 'log.closed',
  none: 'log.stateNone',
}

const WHO: Record<Who, Key> = { browser: 'log.browser', server: 'log.server', page: 'log.page' }
