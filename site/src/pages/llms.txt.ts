/** A table of contents for language models: llmstxt.org. */
import { getCollection } from 'astro:content'
import type { APIRoute } from 'astro'

/** What is used of a page here. */
interface Page {
  id: string
  data: { title: string; description?: string }
}

export const GET: APIRoute = async ({ site }) => {
  const all: Page[] = await getCollection('docs')
  const pages = all.filter(({ id }) => id !== '404')
  const address = (path: string) => new URL(`${import.meta.env.BASE_URL.replace(/\/?$/, '/')}${path}`, site)
  const line = ({ id, data }: Page) =>
    `- [${data.title}](${address(id === 'index' ? '' : `${id}/`)}): ${data.description}`
  const section = (title: string, belongs: (id: string) => boolean) => {
    const lines = pages.filter(({ id }) => belongs(id)).sort((a, b) => a.id.localeCompare(b.id))
    return [`## ${title}`, '', ...lines.map(line), '']
  }
  const text = [
    '# Server-Sent Events on HTTP/2',
    '',
    '> A workshop: build a real Server-Sent Events server on HTTP/2 with Node and TypeScript, lesson by lesson.',
    '',
    `All of it as one text: [llms-full.txt](${address('llms-full.txt')})`,
    '',
    ...section('Lessons', (id) => id.startsWith('lessons/')),
    ...section('Concepts', (id) => id.startsWith('concepts/')),
    ...section('Reference', (id) => id.startsWith('reference/')),
    ...section('Optional', (id) => !id.includes('/')),
  ]
  return new Response(text.join('\n'), { headers: { 'content-type': 'text/plain; charset=utf-8' } })
}
