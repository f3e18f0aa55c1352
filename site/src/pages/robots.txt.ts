/** Everything may be read, and all of it stands in the sitemap. */
import type { APIRoute } from 'astro'

export const GET: APIRoute = ({ site }) => {
  const sitemap = new URL(`${import.meta.env.BASE_URL.replace(/\/?$/, '/')}sitemap-index.xml`, site)
  const text = `User-agent: *\nAllow: /\nSitemap: ${sitemap}\n`
  return new Response(text, { headers: { 'content-type': 'text/plain; charset=utf-8' } })
}
