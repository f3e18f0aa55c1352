/** What happens in a session, as changes of the screen's state. */
import { Output } from '../../checks/support/server/output.ts'
import type { Follower } from '../run/session.ts'
import { lookAtFiles } from './files.ts'
import type { State } from './state.ts'

/** These views are about code that a save has changed since. */
const OLD_AFTER_SAVE: State['view']['name'][] = ['welcome', 'hint', 'diff', 'printed']

/** Whoever shows the state. */
interface Screen {
  draw(): void
  /** The server on 8080 is another one now. */
  retap(): void
}

/**
 * The follower of one lesson's session. Its `state` is no longer on the screen once the learner went to another
 * lesson; it may change then, and nobody sees it.
 */
export function follow(screen: Screen, state: State): Follower {
  let runs = 0
  let output = new Output()
  let trouble = ''
  return {
    onBegin() {
      lookAtFiles(state)
      if (runs++ > 0) {
        if (state.notice === trouble) state.notice = ''
        state.scroll = 0
        if (OLD_AFTER_SAVE.includes(state.view.name)) state.view = { name: 'checks' }
      }
      state.running = true
      state.results = []
      screen.draw()
    },
    onCheck(result) {
      state.results.push(result)
      if (result.state === 'failed') state.streak = longer(state, result.id)
      screen.draw()
    },
    onVerdict(verdict) {
      state.running = false
      state.verdict = verdict
      state.notes = []
      if (verdict.passed) {
        state.done.add(verdict.lesson.slug)
        state.streak = { id: '', count: 0 }
      }
      screen.draw()
    },
    onDone(slugs) {
      for (const slug of slugs) state.done.add(slug)
      screen.draw()
    },
    onNotes(notes) {
      state.notes = notes
      screen.draw()
    },
    onRestart() {
      if (state.notice === trouble) state.notice = '' // of the server that is ended now
      output = new Output()
      state.printed = ''
      screen.draw()
    },
    onServed() {
      screen.retap()
    },
    onPrinted(text) {
      output.add(text)
      state.printed = output.text
      screen.draw()
    },
    onMissed() {
      state.hasMissed = true
      state.notice = MISSED
      screen.draw()
    },
    onTrouble(line) {
      trouble = line
      state.notice = line
      screen.draw()
    },
  }
}

function longer({ streak, canReset }: State, id: string): State['streak'] {
  return { id, count: canReset ? (id === streak.id ? streak.count : 0) + 1 : 0 }
}

const MISSED =
  'Your system did not tell of that save. Press s: saves are then found by looking, five times a second.'
