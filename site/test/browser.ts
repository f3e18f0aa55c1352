/** A built site, a server for it, and a browser: what the tests of the site share. */
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream, readFileSync, statSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { promisify } from 'node:util'
import { type Browser, chromium } from 'playwright-core'
import { findOfKind } from '../../checks/support/page/installed.ts'
import { root } from '../../workshop/project/paths.ts'
import { liveHandler } from '../integrations/live.ts'

/** The tests build the site for a path of its own, so that a link which forgets it leads nowhere. */
export const BASE = '/sse-workshop/'

/** What they say is the project's address. */
export const REPOSITORY = 'https://code.example.org/someone/repository'

export const ASTRO = join(root, 'node_modules', 'astro', 'bin', 'astro.mjs')

/** The environment without what Vitest puts into it: with that the site would not be the real one. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !OF_VITEST.has(name))
  return { ...Object.fromEntries(own), ASTRO_TELEMETRY_DISABLED: '1' }
}

/**
 * Builds the site into a folder.
 *
 * @returns what the build printed
 */
export async function buildSite(folder: string): Promise<string> {
  const env = {
    ...plainEnvironment(),
    SITE_ORIGIN: 'https://example.org',
    SITE_BASE: BASE,
    SITE_CACHE: `${folder}-cache`,
    SITE_REPOSITORY: REPOSITORY,
  }
  const build = [ASTRO, 'build', '--root', 'site', '--outDir', folder]
  const { stdout, stderr } = await promisify(execFile)(process.execPath, build, { cwd: root, env })
  return stdout + stderr
}

/**
 * Serves a built site at `BASE` on a free port.
 *
 * @param liveFile verdicts for its lesson pages to follow: what `npm run site` does, and a built site does not
 */
export async function serveSite(
  folder: string,
  liveFile?: string,
): Promise<{ server: Server; origin: string }> {
  const live = liveFile && liveHandler(liveFile)
  const server = createServer((request, response) => {
    const answer = () => {
      const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname)
      const name = path.startsWith(BASE) ? path.slice(BASE.length) : 'nowhere'
      const found = [name, `${name}index.html`].map((each) => join(folder, each)).find(isFile)
      const sent = found ?? join(folder, '404.html')
      response.writeHead(found ? 200 : 404, {
        'content-type': TYPES[extname(sent)] ?? 'application/octet-stream',
      })
      if (live && sent.endsWith('.html')) response.end(following(readFileSync(sent, 'utf8')))
      else createReadStream(sent).pipe(response)
    }
    if (live) live(request, response, answer)
    else answer()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

/** A page of the built site with the addresses of its live checks and of an editor, as in a page of `npm run site`. */
function following(html: string): string {
  const live = `source="${BASE}live/events?lesson=$1" editor="vscode://file/home/ada/project/"`
  return html.replace(/<live-checks lesson="([\w-]+)"/, `$& ${live}`)
}

/** @throws Error when no browser is installed: without one these tests prove nothing */
export async function launch(): Promise<Browser> {
  const found = findOfKind('chromium')
  if (!found)
    throw new Error('The tests of the site need Chrome, Edge or Chromium. npm run doctor says more.')
  return chromium.launch({ executablePath: found.path, args: ['--no-sandbox'] })
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false
}

const OF_VITEST = new Set(['NODE_ENV', 'MODE', 'DEV', 'PROD', 'SSR', 'BASE_URL', 'TEST', 'VITEST'])

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.txt': 'text/plain; charset=utf-8',
  '.xml': 'application/xml',
  '.wasm': 'application/wasm',
}
