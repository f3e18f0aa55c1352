/** How code differs from other code: the learner's from the solution, a solution from the one before. */
import type { StructuredPatchHunk } from 'diff'
import type { FileDiff } from '../project/diff.ts'
import { harmless, readable } from '../render/harmless.ts'
import type { TextOptions } from '../render/paint.ts'
import { fold } from './layout.ts'

interface Titled {
  title: string
  diffs: FileDiff[]
}

export function diffView({ title, diffs }: Titled, options: Pick<TextOptions, 'paint' | 'width'>): string[] {
  const heading = `  ${options.paint('bold', title)}`
  if (diffs.length === 0) return [heading, '', '  There is no difference.']
  return [heading, ...diffs.flatMap((diff) => ['', ...fileLines(diff, options)])]
}

/** The lines of hunks, marked with `+` and `-`, each with its number in the new file. */
export function hunkLines(
  hunks: StructuredPatchHunk[],
  { paint, width }: Pick<TextOptions, 'paint' | 'width'>,
): string[] {
  return hunks.flatMap(({ newStart, lines }, index) => {
    let number = newStart
    const shown = lines
      .filter((line) => !line.startsWith('\\')) // "No newline at end of file"
      .flatMap((line) => {
        const label = line.startsWith('-') ? '' : String(number++)
        const style = line.startsWith('+') ? 'green' : line.startsWith('-') ? 'red' : undefined
        const text = fold(harmless(line), width - 7).map((part, row) => {
          return row === 0 ? `  ${label.padStart(4)} ${part}` : `${' '.repeat(9)}${part}`
        })
        return style ? text.map((part) => paint(style, part)) : text
      })
    return index === 0 ? shown : [paint('dim', '     …'), ...shown]
  })
}

function fileLines(
  { file, state, hunks }: FileDiff,
  options: Pick<TextOptions, 'paint' | 'width'>,
): string[] {
  const { paint } = options
  if (state === 'removed') return [`  ${paint('bold', readable(file))}  only you have this file`]
  const remark = state === 'added' ? '  a new file' : ''
  return [`  ${paint('bold', readable(file))}${remark}`, ...hunkLines(hunks, options)]
}
