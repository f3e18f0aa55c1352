/** Rules about what is said of a lesson: its name, its title, its page, its row in the README, its hints. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type LessonManifest, lessonNumber } from '../../checks/manifest.ts'
import { hintHunks } from '../project/diff.ts'
import type { Course } from './rule.ts'

/** A slug is `NN-name`, with the lesson's number in the order of the list, and no other lesson has it. */
export function checkSlug({ slug }: LessonManifest, { lessons }: Course): string[] {
  if (!/^\d\d-[a-z0-9]+(-[a-z0-9]+)*$/.test(slug)) return [`"${slug}" is not NN-name, in small letters`]
  const place = lessons.findIndex((each) => each.slug === slug) + 1
  if (lessons.filter((each) => lessonNumber(each.slug) === lessonNumber(slug)).length > 1)
    return [`another lesson has the number ${lessonNumber(slug)} too`]
  return lessonNumber(slug) === place ? [] : [`stands in place ${place} of checks/lessons.ts`]
}

/** The lesson has a page in the documentation, with its title, in its place, with its checks and with a way on. */
export function checkPage({ slug, title }: LessonManifest, { project }: Course): string[] {
  const file = `site/src/content/docs/lessons/${slug}.mdx`
  if (!existsSync(join(project, file))) return [`${file} is missing`]
  const text = readFileSync(join(project, file), 'utf8')
  const wanted = [
    [`\ntitle: ${lessonNumber(slug)} · ${title}\n`, 'the title of the page is not the title of the lesson'],
    [`\n  order: ${lessonNumber(slug)}\n`, 'the page stands at another place in the sidebar'],
    [`<Checks slug="${slug}"`, 'the page does not list the checks'],
    [`<Next slug="${slug}"`, 'the page does not lead to the next lesson'],
  ] as const
  return wanted.filter(([part]) => !text.includes(part)).map(([, says]) => says)
}

/** The README's table has a row for the lesson, in its place and with its title; and none that is of no lesson. */
export function checkReadme({ slug, title }: LessonManifest, { project, lessons }: Course): string[] {
  const readme = readFileSync(join(project, 'README.md'), 'utf8')
  const rows = Array.from(readme.matchAll(/^\| (\d+ · .+?) +\| .*\S.* \|$/gm), ([, name]) => name)
  const place = lessons.findIndex((each) => each.slug === slug)
  const name = `${lessonNumber(slug)} · ${title}`
  const problems = []
  if (rows[place] !== name)
    problems.push(`row ${place + 1} of the README's lessons is "${rows[place] ?? ''}", not "${name}"`)
  if (rows.length > lessons.length && place === lessons.length - 1)
    problems.push(`the README lists ${rows.length} lessons, and there are ${lessons.length}`)
  return problems
}

/** Each check has hints in three tiers: a question, the API with its documentation, and lines of the solution. */
export function checkHints({ slug, checks }: LessonManifest, { project }: Course): string[] {
  return Object.entries(checks).flatMap(([name, { hints }]) => {
    const [nudge, api, diff] = hints
    const problems = []
    if (!nudge.includes('?')) problems.push(`the first hint of ${name} asks nothing`)
    if (!/[a-z]\.[a-z]+\/\S+$/i.test(api))
      problems.push(`the second hint of ${name} ends without documentation`)
    if (hintHunks(slug, diff, project).length === 0)
      problems.push(`the third hint of ${name} finds no line with "${diff.lines}" in ${diff.file}`)
    return problems
  })
}
