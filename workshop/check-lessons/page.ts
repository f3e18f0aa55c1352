import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type LessonManifest, lessonNumber } from '../../checks/manifest.ts'
import type { Course } from './rule.ts'

/** The lesson has a page in the documentation, under its number, with its checks, to which the screens link. */
export function checkPage({ slug }: LessonManifest, { project }: Course): string[] {
  const file = `site/src/content/docs/lessons/${slug}.mdx`
  if (!existsSync(join(project, file))) return [`${file} is missing`]
  const text = readFileSync(join(project, file), 'utf8')
  const wanted = [
    [`title: ${lessonNumber(slug)} · `, 'the title of the page does not begin with the number'],
    [`order: ${lessonNumber(slug)}\n`, 'the page stands at another place in the sidebar'],
    [`<Checks slug="${slug}"`, 'the page does not list the checks'],
  ] as const
  return wanted.filter(([part]) => !text.includes(part)).map(([, says]) => says)
}
