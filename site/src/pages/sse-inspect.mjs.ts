/** The file that runs alone. */
import type { APIRoute } from 'astro'
import { inspectFile } from '../lib/standalone.ts'

export const GET: APIRoute = async () => {
  const { text } = await inspectFile()
  return new Response(text, { headers: { 'content-type': 'text/javascript; charset=utf-8' } })
}
