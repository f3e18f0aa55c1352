/** A recorded session, cut into steps: a step begins with something that was done. */
import type { Cast, CastFrame } from '../../../workshop/tools/cast.ts'

export type { Cast }

export interface Step {
  /** What was done. */
  says: string
  frames: {
    lines: CastFrame['lines']
    /** How long it was to be seen, in milliseconds. */
    ms: number
  }[]
}

export function stepsOf({ frames, hold }: Cast): Step[] {
  const steps: Step[] = []
  for (const [index, { at, lines, says }] of frames.entries()) {
    if (says !== undefined) steps.push({ says, frames: [] })
    const next = frames[index + 1]
    steps.at(-1)?.frames.push({ lines, ms: next ? next.at - at : hold })
  }
  return steps
}
