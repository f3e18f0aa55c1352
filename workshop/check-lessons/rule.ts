import type { LessonManifest } from '../../checks/manifest.ts'
import type { Verdict } from '../../checks/verdict.ts'
import type { Target } from '../run/target.ts'

/** What the rules look at: the workshop itself, or a fixture that breaks one of them. */
export interface Course {
  /** The project's folder, absolute. */
  project: string
  /** All lessons, in order. */
  lessons: readonly LessonManifest[]
  /** Runs the checks of a lesson. */
  judge(lesson: LessonManifest, target: Target): Promise<Verdict>
}

/** Answers with a sentence for each thing that is not as it should be. */
export type Rule = (lesson: LessonManifest, course: Course) => string[] | Promise<string[]>

/** The lesson before this one, where both work on the same program. */
export function lessonBefore(
  { slug, entry }: LessonManifest,
  { lessons }: Course,
): LessonManifest | undefined {
  const before = lessons[lessons.findIndex((each) => each.slug === slug) - 1]
  return before?.entry === entry ? before : undefined
}
