import { latest } from '../project/backup.ts'
import { isStarter } from '../project/starters.ts'
import type { State } from './state.ts'

/** What can be done depends on the files: the learner's, and their backups. */
export function lookAtFiles(state: State): void {
  state.canUndo = latest(state.lesson.slug) !== undefined
  state.canReset = !isStarter(state.lesson.slug)
}
