/** The linter's rule about texts whose line ends became the stream's. It takes someone who knows what was sent. */

import type { FieldLine, WireLine } from './lines.ts'
import type { Block } from './read.ts'
import { ending, type Spot } from './spot.ts'

/** Finds a data line with a text's first line, then the rest of the text, bare. */
export function smuggledSpots(blocks: readonly Block[], sent: readonly string[]): Spot[] {
  const texts = sent.map((text) => text.split(LINE_END))
  const whole = new Set(texts.map((pieces) => pieces.join('\n')))
  const byFirst = Map.groupBy(texts, ([first = '']) => first)
  const lines = blocks.flatMap((block) => block.lines)
  const spots: Spot[] = []
  let next = 0
  for (const block of blocks) {
    const isWhole = whole.has(
      block.lines
        .filter(isData)
        .map(({ value }) => value)
        .join('\n'),
    )
    for (const line of block.lines) {
      next++
      const after = lines[next]
      if (isWhole || !isData(line) || !after) continue
      const isSmuggled = byFirst.get(line.value)?.some(([, ...rest]) => {
        // Blank lines stand between messages anyway: it takes a line with something in it to tell.
        const telling = rest.findIndex((piece) => piece !== '') + 1
        const bare = rest.slice(0, telling)
        return telling > 0 && bare.every((piece, index) => lines[next + index]?.text === piece)
      })
      const show = () => ({ wrongAt: 0, should: `data: ${after.text}${ending(after)}` })
      if (isSmuggled) spots.push({ code: 'smuggled-line-end', line: after, show })
    }
  }
  return spots
}

function isData(line: WireLine): line is FieldLine {
  return line.kind === 'field' && line.name === 'data'
}

const LINE_END = /\r\n|\n|\r/
