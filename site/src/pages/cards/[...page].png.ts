/** A social card a page: `cards/lessons/03-headers.png`. src/route-data.ts names it in the page's head. */
import { getCollection } from 'astro:content'
import type { APIRoute, GetStaticPaths } from 'astro'
import { drawCard } from '../../lib/card.ts'
import { lessonOf } from '../../lib/lessons.ts'

/** What is used of a page here. */
interface Page {
  id: string
  data: { title: string; description?: string }
}

export const getStaticPaths: GetStaticPaths = async () => {
  const pages: Page[] = await getCollection('docs')
  return pages.map(({ id, data }) => ({ params: { page: id }, props: data }))
}

export const GET: APIRoute = async ({ params: { page = '' }, props: { title, description = '' } }) => {
  const [, slug] = page.split('lessons/')
  const minutes = slug ? ` · ${lessonOf(slug).minutes} minutes` : ''
  const above = page === 'index' ? 'A workshop' : `Server-Sent Events on HTTP/2${minutes}`
  const card = await drawCard({ above, title, description })
  return new Response(new Uint8Array(card), { headers: { 'content-type': 'image/png' } })
}
