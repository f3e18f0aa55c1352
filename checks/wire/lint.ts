/**
 * The stream linter: what the parser forgives, or is silent about. The standard knows no syntax errors – a
 * parser drops what it does not understand, without a word – so each finding says it in the parser's place.
 * Pure; runs in browsers too.
 */

import { blockSpots } from './block-rules.ts'
import { type ByteExcerpt, excerpt } from './bytes.ts'
import { lineSpot } from './line-rules.ts'
import { readWire, type Wire } from './read.ts'
import type { Spot } from './spot.ts'
import { chunkSizeSpots, htmlSpot, loneCrSpot, smuggledSpots } from './stream-rules.ts'
import { type FindingCode, type Severity, WORDS } from './words.ts'

export type { FindingCode, Severity }

/** One thing worth saying about the bytes of a stream. */
export interface Finding {
  code: FindingCode
  /** `error`: something is lost, or was meant otherwise. `warning`: suspicious. `note`: right. */
  severity: Severity
  /** Where it goes wrong, in bytes from the start of the stream. */
  offset: number
  /** The line, from 1. */
  line: number
  excerpt: ByteExcerpt
  /** What happened, for the learner. */
  says: string
  /** What to do about it. */
  fix: string
}

export interface LintOptions {
  /**
   * Whether these are all the bytes there will be: the stream has ended, or was waited for long enough. When
   * false, a line or block that is not finished yet may still turn out well, so it is not blamed for that.
   */
  complete: boolean
}

/**
 * Lints an event stream. Correct streams, however unusual, give no error, and no warning but these: a field that
 * the standard does not have, and data that is not JSON and ends in the two characters `\n`.
 *
 * @returns the findings in the order of the bytes; of what is wrong with one line, the first thing only
 */
export function lint(source: Wire | Uint8Array, { complete }: LintOptions): Finding[] {
  const wire = source instanceof Uint8Array ? readWire(source) : source
  const html = htmlSpot(wire)
  // A page is wrong in every line; one finding says it all.
  if (html) return [toFinding(html)]

  const chunkSizes = chunkSizeSpots(wire)
  const isChunkSize = new Set(chunkSizes.map((spot) => spot.line))
  const findings = wire.blocks.flatMap((block) => {
    const settled = complete || block.finished
    const lines = block.lines.filter((line) => !isChunkSize.has(line) && (complete || line.end !== 'none'))
    const found = lines.flatMap((line) => lineSpot(line, block, settled) ?? []).map(toFinding)
    // One cause at a time: a block often has no end, or no data, because of a fault in one of its lines.
    const isBroken = found.some(({ severity }) => severity === 'error')
    return isBroken ? found : [...found, ...blockSpots(block, complete).map(toFinding)]
  })
  const streamSpots = [...chunkSizes.slice(0, 1), ...loneCrSpot(wire, complete)]
  return [...findings, ...streamSpots.map(toFinding)].sort((a, b) => a.offset - b.offset)
}

/**
 * Finds line ends in a text that became line ends of the stream, so that the rest of the text stands outside
 * `data` (or became a field of its own).
 *
 * @param sent the texts that should have arrived as data, each whole
 */
export function lintSmuggled(source: Wire | Uint8Array, sent: readonly string[]): Finding[] {
  const wire = source instanceof Uint8Array ? readWire(source) : source
  return smuggledSpots(wire, sent).map(toFinding)
}

function toFinding({ code, line, wrongAt, should, name = '', meant = '', ...spot }: Spot): Finding {
  const words = WORDS[code]
  const shortName = name.length > 30 ? `${name.slice(0, 30)}…` : name
  const fill = (text: string) => text.replaceAll('{name}', () => shortName).replaceAll('{meant}', () => meant)
  return {
    code,
    severity: spot.severity ?? words.severity,
    offset: line.offset + wrongAt,
    line: line.number,
    excerpt: excerpt({ line: line.raw, wrongAt, should }),
    says: fill(words.says),
    fix: fill(words.fix),
  }
}
