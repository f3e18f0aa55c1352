/** Everything that the live screen shows, as plain data. */
import type { StructuredPatchHunk } from 'diff'
import { type CheckManifest, hasServer, type LessonManifest, lessonNumber } from '../../checks/manifest.ts'
import type { CheckResult, Failure, Verdict } from '../../checks/verdict.ts'
import type { FileDiff } from '../project/diff.ts'
import { LOCAL_SITE } from '../project/site.ts'
import type { Received } from '../terminal/received.ts'

/** What stands between the heading and the keys. */
export type View =
  | { name: 'welcome' | 'checks' | 'printed' | 'reset' }
  /** `choices`: the editors of this machine, of which a number chooses one. */
  | { name: 'editor'; choices: string[] }
  /** `open`: how many of the three tiers are shown. `file`: where the lines of the third stand. */
  | {
      name: 'hint'
      says: string
      file: string
      tiers: [string, string, StructuredPatchHunk[]]
      open: 1 | 2 | 3
    }
  /** `whole` follows the hunks that matter to the failing check. */
  | { name: 'diff'; whole: boolean; title: string; diffs: FileDiff[] }
  | { name: 'wire' }
  | { name: 'list'; filter: string; selected: number }

export interface State {
  /** The whole course, in order. */
  lessons: readonly LessonManifest[]
  lesson: LessonManifest
  /** Where the learner's server answers; undefined in lesson 01. */
  origin?: string
  /** The slugs of the lessons that are done. */
  done: Set<string>
  view: View
  /** The first line of the view that is shown. */
  scroll: number
  running: boolean
  /** What the run under way has found so far. */
  results: CheckResult[]
  /** Of the last run that ended. */
  verdict?: Verdict
  notes: string[]
  /** What the server on 8080 has printed. */
  printed: string
  received: Received
  /** A line about what was just done; empty when there is none. */
  notice: string
  /** Whether there is a backup of this lesson to bring back. */
  canUndo: boolean
  /** Whether the learner's files differ from the starter. */
  canReset: boolean
  /** The command of the learner's editor; '' when none is known. */
  editor: string
  /** The check that failed last, and how often in a row. What an untouched starter fails is no attempt, and counts 0. */
  streak: { id: string; count: number }
  /** The id of the check whose fix was asked for. */
  asked: string
  /** Whether the system failed to tell of a save, and polling is not on yet. */
  hasMissed: boolean
}

/**
 * The state in which a lesson begins.
 *
 * @param port where the server of a lesson that has one is to listen
 */
export function initialState(
  { lessons, lesson }: Pick<State, 'lessons' | 'lesson'>,
  done: Iterable<string>,
  port: number,
): State {
  return {
    lessons,
    lesson,
    ...(hasServer(lesson) && { origin: `https://localhost:${port}` }),
    done: new Set(done),
    view: { name: 'checks' },
    scroll: 0,
    running: true,
    results: [],
    notes: [],
    printed: '',
    received: { head: '', bytes: new Uint8Array() },
    notice: '',
    canUndo: false,
    canReset: false,
    editor: '',
    streak: { id: '', count: 0 },
    asked: '',
    hasMissed: false,
  }
}

/** Whether the screen shows what the run under way has found, and no longer the last verdict. */
export function isFresh({ running, results, verdict }: State): boolean {
  return running && (results.length > 0 || !verdict)
}

/** The check that failed first, of what is on the screen. */
export function failing(state: State): (CheckResult & { failure: Failure }) | undefined {
  const checks = isFresh(state) ? state.results : state.verdict?.checks
  const failed = checks?.find((check) => check.state === 'failed')
  return failed?.failure && { ...failed, failure: failed.failure }
}

/** Whether the failing check tells how to mend it: it would give the answer away before a hint can ask for it. */
export function showsFix(state: State): boolean {
  const id = failing(state)?.id
  return id !== undefined && (id === state.asked || (id === state.streak.id && state.streak.count >= 2))
}

/** How many of the lesson's checks hold, and of how many. What earlier lessons taught is one of them, as on the screen. */
export function heldChecks(state: State): { held: number; all: number } {
  const { lessons, lesson, verdict } = state
  const isEarlier = ({ slug, entry }: LessonManifest) =>
    entry === lesson.entry && lessonNumber(slug) < lessonNumber(lesson.slug)
  const all = Object.keys(lesson.checks).length + Number(lessons.some(isEarlier))
  if (verdict?.passed && !isFresh(state)) return { held: all, all }
  const checks = isFresh(state) ? state.results : verdict?.checks
  const own = checks?.filter(({ id }) => id.startsWith(lesson.slug)) ?? []
  return { held: own.filter((check) => check.state === 'passed' || check.state === 'not-run').length, all }
}

/** The words of a check, and the lesson that it belongs to, by its id. */
export function wordsOf(
  { lessons }: Pick<State, 'lessons'>,
  id: string,
): { lesson: LessonManifest; words: CheckManifest } | undefined {
  const [slug, name = ''] = id.split('/')
  const lesson = lessons.find((each) => each.slug === slug)
  const words = lesson?.checks[name]
  return lesson && words && { lesson, words }
}

/** The lesson after this one; undefined behind the last. */
export function nextLesson({
  lessons,
  lesson,
}: Pick<State, 'lessons' | 'lesson'>): LessonManifest | undefined {
  return lessons.find((each) => lessonNumber(each.slug) === lessonNumber(lesson.slug) + 1)
}

/** The page of a lesson, at the check that failed. */
export function docsUrl(state: State): string {
  const [slug, name] = failing(state)?.id.split('/') ?? [state.lesson.slug]
  return `${LOCAL_SITE}lessons/${slug}/${name ? `#check-${name}` : ''}`
}
