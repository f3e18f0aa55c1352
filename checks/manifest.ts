/**
 * A lesson's manifest: the words of its checks, as data that the terminal, the site and the tests share.
 * The check file beside it holds the logic, and refers to these entries by name.
 */

/** Where the third hint's code stands: every hunk of the starter → solution diff in which `lines` occurs. */
export interface DiffHint {
  /** A file of the solution, for example `server.ts`. */
  file: string
  /** Text that an added line of the diff contains. */
  lines: string
}

/** What is said about one way to fail. */
export interface Fault {
  why: string
  fix: string
  /** A command that shows it; `{origin}` stands for the server's address, `{folder}` for the target's folder. */
  try?: string
}

export interface CheckManifest extends Fault {
  /** What the server does when it is right: a sentence that begins with a verb in the third person. */
  says: string
  /** Faults that want other words than the check's own, by name. One whose `try` is empty has none to show it. */
  faults?: Record<string, Fault>
  /** A nudge; the API with its documentation; the lines that matter. */
  hints: [nudge: string, api: string, diff: DiffHint]
  /** True when a server at an address can't be asked this: the check starts one of its own, or looks into its process. */
  needsProcess?: boolean
  /** The slug of the lesson that replaces this behaviour; the check holds for the lessons before that one. */
  until?: string
}

export interface LessonManifest {
  /** `NN-name`: also the name of the folder, the check file and the page. */
  slug: string
  title: string
  /** One sentence: what the learner has at the end. */
  goal: string
  /** About how long it takes somebody who has not done it before. */
  minutes: number
  /** The file that is run: `server.ts`, or `make-certs.ts` in lesson 01. */
  entry: string
  /** What the learner edits, in the order of the work. */
  edit: string[]
  /** Files that the starter has anew, where the lesson before had others under their names. */
  given?: string[]
  /** The name of the check at which the starter fails: where the work begins. */
  begins: string
  checks: Record<string, CheckManifest>
}

/** Keeps the literal names of the checks, so that a misspelt one is a type error. */
export function defineLesson<const M extends LessonManifest>(manifest: M): M {
  return manifest
}

/** A lesson's number: the digits its slug begins with. */
export function lessonNumber(slug: string): number {
  return Number.parseInt(slug, 10)
}

/** Whether what a lesson runs is a server, which its checks talk to; lesson 01 runs a program that comes to its end. */
export function hasServer({ entry }: Pick<LessonManifest, 'entry'>): boolean {
  return entry === 'server.ts'
}

/** Whether that server has an event stream to look at, at `/events`: from lesson 03 on. */
export function hasStream(lesson: Pick<LessonManifest, 'entry' | 'slug'>): boolean {
  return hasServer(lesson) && lessonNumber(lesson.slug) >= 3
}

/** Whether a model answers at `/completions`, each time with a stream of its own. */
export function hasAnswers({ slug }: Pick<LessonManifest, 'slug'>): boolean {
  return lessonNumber(slug) >= 14
}

/** What a lesson needs besides Node, for its own checks and for those of the lessons before it. */
export function needsOf({ slug }: Pick<LessonManifest, 'slug'>): string[] {
  const number = lessonNumber(slug)
  return [
    ...(number === 1 ? ['openssl'] : []),
    ...(number >= 5 ? ['Chrome, Edge, Chromium or Firefox'] : []),
    ...(number >= 15 ? ['Redis'] : []),
  ]
}

/** Whether a check can only be asked of a process that is started for it, and not of an `https://` address. */
export function needsProcess(lesson: LessonManifest, check: string): boolean {
  return !hasServer(lesson) || lesson.checks[check]?.needsProcess === true
}
