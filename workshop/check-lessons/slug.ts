import { type LessonManifest, lessonNumber } from '../../checks/manifest.ts'
import type { Course } from './rule.ts'

/** A slug is `NN-name`, with the lesson's number in the order of the list, and no other lesson has it. */
export function checkSlug({ slug }: LessonManifest, { lessons }: Course): string[] {
  if (!/^\d\d-[a-z0-9]+(-[a-z0-9]+)*$/.test(slug)) return [`"${slug}" is not NN-name, in small letters`]
  const place = lessons.findIndex((each) => each.slug === slug) + 1
  if (lessons.filter((each) => lessonNumber(each.slug) === lessonNumber(slug)).length > 1)
    return [`another lesson has the number ${lessonNumber(slug)} too`]
  return lessonNumber(slug) === place ? [] : [`stands in place ${place} of checks/lessons.ts`]
}
