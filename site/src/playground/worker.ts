/**
 * Where the playground reads: beside the page, so that typing stays smooth however long the stream is. It keeps what was
 * typed, gets each change of it, and answers what the page asks, one question after the other.
 */
import { html } from '../lib/html.ts'
import { type Speech, say, speak } from '../lib/say.ts'
import { type Answer, isRefused, readAnswer } from './answer.ts'
import { headView } from './head-view.ts'
import { bytesOf, typedFor } from './notation.ts'
import { cutIntoPieces, type Pieces } from './pieces.ts'
import { remarksOn } from './remarks.ts'
import { remarksView, summaryOf } from './remarks-view.ts'
import { afterView, eventsPart, linesPart, type Part, piecesPart } from './render.ts'
import { fromHash, toHash } from './share.ts'

/** In place of what stands from one index of the typed text to another, something else. */
export interface Edit {
  from: number
  to: number
  insert: string
}

/** What is looked at: the first item of each list, from 0, and how the stream is cut. */
export interface Look {
  line: number
  event: number
  piece: number
  pieceSize: number
}

/** What the page sends: what is spoken, before all else; a change, which has no answer; or a question. */
export type Sent =
  | { speech: Speech }
  | { edits: Edit[] }
  | { id: number; ask: keyof Questions; with: unknown }

export type Questions = typeof questions

let typed = ''
let answer: Answer | undefined
let pieces: Pieces | undefined

const questions = {
  /** The lists, drawn where they are looked at. */
  look({ line, event, piece, pieceSize }: Look) {
    const answer = current()
    const { stream } = answer
    if (pieces?.size !== pieceSize) pieces = cutIntoPieces(stream.bytes, pieceSize)
    return {
      head: headView(answer),
      lines: isRefused(answer) ? nothing() : linesPart(stream, line),
      events: eventsPart(stream, event),
      after: isRefused(answer) ? '' : afterView(stream),
      pieces: piecesPart(pieces, piece, stream.bytes.length),
    }
  },

  remarks(): { html: string; summary: string } {
    const answer = current()
    const remarks = remarksOn(answer)
    return { html: remarksView(remarks, answer.stream.state.events), summary: summaryOf(answer, remarks) }
  },

  /** The part of an address that holds what is typed. */
  hash: (): Promise<string> => toHash(typed),

  /** What such a part of an address holds; undefined for none. */
  typedIn: (hash: string): Promise<string | undefined> => fromHash(hash),

  /** What one would type for the bytes of a file. */
  typedFor: (bytes: Uint8Array): string => typedFor(bytes),

  bytes: (): Uint8Array<ArrayBuffer> => bytesOf(typed),
}

/** Behind a head at which a browser gives up. */
function nothing(): Part {
  return { html: html`<p class="pg-none">${say('reading.unread')}</p>`.text, first: 0, drawn: 0, total: 0 }
}

function current(): Answer {
  answer ??= readAnswer(bytesOf(typed))
  return answer
}

addEventListener('message', async ({ data }: MessageEvent<Sent>) => {
  if ('speech' in data) {
    speak(data.speech)
    return
  }
  if ('edits' in data) {
    for (const { from, to, insert } of data.edits) typed = typed.slice(0, from) + insert + typed.slice(to)
    answer = undefined
    pieces = undefined
    return
  }
  const question = questions[data.ask] as (asked: unknown) => unknown
  try {
    postMessage({ id: data.id, answer: await question(data.with) })
  } catch (error) {
    postMessage({ id: data.id, error: String(error) })
  }
})
