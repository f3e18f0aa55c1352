/**
 * The stream linter: what the parser forgives, or is silent about. The standard knows no syntax errors – a
 * parser drops what it does not understand, without a word – so each finding says it in the parser's place.
 * Pure; runs in browsers too.
 */

import { Around } from './around.ts'
import { blockSpot } from './block-rules.ts'
import { bodySpot } from './body-rules.ts'
import { type Finding, Tally } from './finding.ts'
import { type LineRule, lineRules } from './line-rules.ts'
import { LineReader, type Source, sourceOf, type WireLine } from './lines.ts'
import { EmptyData, MissingDone } from './payload-notes.ts'
import { readWire, type Wire } from './read.ts'
import { smuggledSpots } from './smuggled.ts'
import { bomSpot, Spelling } from './spelling-notes.ts'
import type { Spot } from './spot.ts'
import { ChunkSizes, Pages } from './stream-rules.ts'
import type { FindingCode } from './words.ts'

export type { Finding, FindingCode }

export interface LintOptions {
  /**
   * Whether these are all the bytes there will be: the stream has ended, or was waited for long enough. When
   * false, a line or block that is not finished yet may still turn out well, so it is not blamed for that.
   */
  complete: boolean
}

/**
 * Lints an event stream. Correct streams, however unusual, give no error. What a stream's text can't tell from a
 * mistake is a warning: a field that the standard does not have, data that begin with `data: `. Notes are no blame.
 *
 * Time and memory grow with the bytes alone, whatever they are. No line is kept.
 *
 * @returns the first few findings of each code and severity, in the order of the bytes, and how many `more` there are;
 *   of what is wrong with one line, the first thing only
 */
export function lint(given: Wire | Uint8Array, { complete }: LintOptions): Finding[] {
  const source = given instanceof Uint8Array ? sourceOf(given) : given
  const tally = new Tally()
  const body = bodySpot(source, complete)
  if (body) tally.add(body)
  else lintLines(source, complete, tally)
  return tally.inOrder()
}

/**
 * Finds line ends in a text that became line ends of the stream, so that the rest of the text stands outside
 * `data` (or became a field of its own).
 *
 * @param sent the texts that should have arrived as data, each whole
 */
export function lintSmuggled(given: Wire | Uint8Array, sent: readonly string[]): Finding[] {
  const { blocks } = given instanceof Uint8Array ? readWire(given) : given
  const tally = new Tally()
  for (const spot of smuggledSpots(blocks, sent)) tally.add(spot)
  return tally.inOrder()
}

function lintLines(source: Source, complete: boolean, tally: Tally): void {
  const rules = new Rules(source, complete)
  const reader = new LineReader(source)
  let around: Around | undefined
  for (let line = reader.next(); line; line = reader.next()) {
    if (!around && line.kind === 'blank') {
      rules.pass(line)
      continue
    }
    around ??= new Around(source, line, complete)
    around.see(line)
    const spot = rules.look(line, around)
    if (spot && tally.add(spot) === 'error') around.isBroken = true
    const isEnd = line.kind === 'blank' || line.offset + line.length === source.bytes.length
    // One cause at a time: a block often has no end, or no data, because of a fault in one of its lines.
    const unfinished = isEnd && !around.isBroken && around.settled ? blockSpot(around, line) : undefined
    if (unfinished) tally.add(unfinished)
    if (line.kind === 'blank') around = undefined
  }
  rules.end(tally)
}

/** Every rule about lines, and what the rules about the whole stream remember of them. */
class Rules {
  readonly #source: Source
  readonly #complete: boolean
  readonly #sizes: ChunkSizes
  readonly #pages: Pages
  readonly #lineRule: LineRule
  readonly #spelling = new Spelling()
  readonly #emptyData = new EmptyData()
  readonly #done = new MissingDone()

  constructor(source: Source, complete: boolean) {
    this.#source = source
    this.#complete = complete
    this.#sizes = new ChunkSizes(source)
    this.#pages = new Pages(source)
    this.#lineRule = lineRules(source)
  }

  /** A blank line that ends nothing. */
  pass(line: WireLine): void {
    this.#spelling.see(line, this.#mayGoOn(line))
  }

  /** What is wrong with one line. */
  look(line: WireLine, around: Around): Spot | undefined {
    const mayGoOn = this.#mayGoOn(line)
    if ((mayGoOn && line.end === 'none') || this.#sizes.has(line)) return undefined
    if (this.#pages.has(line)) {
      around.isBroken = true
      return this.#pages.spot
    }
    this.#spelling.see(line, mayGoOn)
    this.#emptyData.see(line)
    this.#done.see(line)
    return this.#lineRule(line, around)
  }

  #mayGoOn({ offset, length }: WireLine): boolean {
    return !this.#complete && offset + length === this.#source.bytes.length
  }

  /** What the stream as a whole shows. */
  end(tally: Tally): void {
    const chunked = this.#sizes.spot
    const done = this.#complete ? this.#done.spot() : undefined
    for (const spot of [
      chunked,
      bomSpot(this.#source),
      ...this.#spelling.spots(chunked !== undefined),
      done,
    ]) {
      if (spot) tally.add(spot)
    }
    this.#emptyData.tell(tally)
  }
}
