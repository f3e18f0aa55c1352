/** What a page is, in the words of schema.org, for search engines. */
import { lessonOf, lessons, titleOf } from './lessons.ts'

/**
 * The home page and each lesson as something to learn from; undefined for other pages.
 *
 * @param id of the page: empty, or for example `lessons/03-headers`
 * @param home the address of the home page
 */
export function describe(
  id: string,
  data: { title: string; description?: string },
  home: URL,
): object | undefined {
  const slug = /^lessons\/(.+)$/.exec(id)?.[1]
  const resource = {
    '@context': 'https://schema.org',
    '@type': 'LearningResource',
    name: data.title,
    description: data.description,
    inLanguage: 'en',
    isAccessibleForFree: true,
    license: 'https://spdx.org/licenses/MIT',
  }
  const partOf = (of: string) => new URL(`lessons/${of}/`, home).href
  if (slug) {
    const { goal, minutes } = lessonOf(slug)
    return {
      ...resource,
      url: partOf(slug),
      learningResourceType: 'lesson',
      teaches: goal,
      timeRequired: `PT${minutes}M`,
      isPartOf: { '@type': 'LearningResource', name: 'Server-Sent Events on HTTP/2', url: home.href },
    }
  }
  if (id !== '') return undefined
  return {
    ...resource,
    url: home.href,
    learningResourceType: 'workshop',
    timeRequired: `PT${lessons.reduce((sum, { minutes }) => sum + minutes, 0)}M`,
    hasPart: lessons.map((lesson) => ({
      '@type': 'LearningResource',
      name: titleOf(lesson),
      url: partOf(lesson.slug),
    })),
  }
}
