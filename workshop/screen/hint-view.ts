/** The hints of the failing check, tier by tier. */
import type { StructuredPatchHunk } from 'diff'
import { wrap } from '../render/lines.ts'
import { row } from '../render/text.ts'
import { hunkLines } from '../terminal/diff-view.ts'
import type { Room } from '../terminal/layout.ts'
import type { View } from './state.ts'

export function hintView({ says, file, tiers, open }: Extract<View, { name: 'hint' }>, room: Room): string[] {
  const { paint, width } = room
  const [nudge, api, hunks] = tiers
  const title = wrap(says, width - 4).map((line, index) => {
    return `  ${index === 0 ? paint('red', '✗') : ' '} ${paint('bold', line)}`
  })
  return [
    ...title,
    '',
    ...row('hint', nudge, width),
    ...(open >= 2 ? ['', ...row('read', api, width)] : []),
    ...(open >= 3 ? ['', ...codeLines(file, hunks, room)] : []),
  ]
}

function codeLines(file: string, hunks: StructuredPatchHunk[], room: Room): string[] {
  if (hunks.length === 0)
    return row('code', 'Nothing of the starter changes for this: compare with d.', room.width)
  return [
    ...row('code', `The lines of the solution that matter here, in ${file}:`, room.width),
    ...hunkLines(hunks, room),
  ]
}
