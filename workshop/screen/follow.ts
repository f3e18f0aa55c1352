/** What happens in a session, as changes of the screen's state. */
import { Output } from '../../checks/support/server/output.ts'
import type { Follower } from '../run/session.ts'
import type { App } from './app.ts'
import { lookAtFiles } from './controls.ts'
import type { State } from './state.ts'

/** These views are about code that a save has changed since. */
const OLD_AFTER_SAVE: State['view']['name'][] = ['welcome', 'hint', 'diff', 'printed']

/**
 * The follower of one lesson's session. Its `state` is no longer on the screen once the learner went to another
 * lesson; it may change then, and nobody sees it.
 */
export function follow(app: App, state: State): Follower {
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
      app.draw()
    },
    onCheck(result) {
      state.results.push(result)
      app.draw()
    },
    onVerdict(verdict) {
      state.running = false
      state.verdict = verdict
      state.notes = []
      if (verdict.passed) state.done.add(verdict.lesson.slug)
      app.draw()
    },
    onDone(slugs) {
      for (const slug of slugs) state.done.add(slug)
      app.draw()
    },
    onNotes(notes) {
      state.notes = notes
      app.draw()
    },
    onRestart() {
      if (state.notice === trouble) state.notice = '' // of the server that is ended now
      output = new Output()
      state.printed = ''
      app.draw()
    },
    onServed() {
      app.retap()
    },
    onPrinted(text) {
      output.add(text)
      state.printed = output.text
      app.draw()
    },
    onMissed() {
      state.hasMissed = true
      state.notice = MISSED
      app.draw()
    },
    onTrouble(line) {
      trouble = line
      state.notice = line
      app.draw()
    },
  }
}

const MISSED =
  'Your system did not tell of that save. Press f: saves are then found by looking, five times a second.'
