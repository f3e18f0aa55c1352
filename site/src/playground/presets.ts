/** Streams to begin with: one for each rule of the standard, what the lessons build, one for each common mistake, and whole answers. */
import { answers } from './presets/answers.ts'
import { habits } from './presets/habits.ts'
import { lessons } from './presets/lessons.ts'
import { mistakes } from './presets/mistakes.ts'
import type { Preset } from './presets/preset.ts'
import { rules } from './presets/rules.ts'

/** As they stand in the list. */
export const groups: readonly { label: string; presets: readonly Preset[] }[] = [
  { label: 'Rules of the standard', presets: rules },
  { label: 'From the lessons', presets: lessons },
  { label: 'Common mistakes', presets: mistakes },
  { label: 'Right, and hard on some clients', presets: habits },
  { label: 'Head and body', presets: answers },
]

export const presets: readonly Preset[] = groups.flatMap((group) => group.presets)
