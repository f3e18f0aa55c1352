/**
 * Live checks: what `npm run lesson` found, sent to the lesson's page as server-sent events. The command writes its
 * verdicts to `.workshop/live.json`; this serves them at `/live/events?lesson=03-headers` while `npm run site` runs.
 */
import { readFileSync, statSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { fileURLToPath } from 'node:url'
import type { AstroIntegration } from 'astro'
import { type LiveEvent, type LiveFile, lessonOf } from '../../workshop/project/live.ts'

/** How often the file is looked at, in milliseconds. It is replaced as a whole, and may not be there yet. */
export const LOOK_MS = 100

/** After this many milliseconds of silence a comment goes out. */
const HEARTBEAT_MS = 15_000

/** How soon a page comes back when the connection broke, in milliseconds. */
const RETRY_MS = 1000

/** Adds the live checks to `astro dev`. */
export function liveChecks(): AstroIntegration {
  const file = fileURLToPath(new URL('../../.workshop/live.json', import.meta.url))
  return {
    name: 'live-checks',
    hooks: {
      'astro:server:setup'({ server }) {
        server.middlewares.use(liveHandler(file))
      },
    },
  }
}

/**
 * Answers `GET …/live/events?lesson=NN-slug` with an event stream, and passes every other request on.
 *
 * A page that comes back with `Last-Event-ID` gets what it missed. A new one, or one whose id is no longer known, gets
 * the newest verdict of its lesson, which tells everything, and whether the command has ended since. Only pages of this site, on this machine, are
 * answered; others get 403, since a verdict holds what the learner's program printed.
 *
 * @param file the path of `live.json`, which need not exist
 */
export function liveHandler(file: string) {
  return (request: IncomingMessage, response: ServerResponse, next: () => void): void => {
    const url = URL.parse(request.url ?? '/', 'http://localhost')
    const slug = url?.searchParams.get('lesson') ?? ''
    if (!url?.pathname.endsWith('/live/events')) next()
    else if (!isOwnPage(request))
      refuse(response, 403, 'Only pages of this site, on this machine, may listen.')
    else if (request.method !== 'GET')
      refuse(response, 405, 'Only GET opens an event stream.', { allow: 'GET' })
    else if (!/^\d\d-[\w-]+$/.test(slug)) refuse(response, 400, 'Name a lesson: ?lesson=03-headers')
    else follow(file, slug, request.headers['last-event-id'], response)
  }
}

function follow(
  file: string,
  slug: string,
  lastEventId: string | string[] | undefined,
  response: ServerResponse,
): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
  response.write(`retry: ${RETRY_MS}\n\n`)
  let last = lastEventId
  let seen = ''
  const look = () => {
    // Taken before the file is read: a change that comes in between shows as another one.
    const stamp = stampOf(file)
    if (stamp === seen) return
    seen = stamp
    for (const { id, at, verdict } of unseen(readEvents(file, slug), last)) {
      const [name, data] = verdict ? ['verdict', verdict] : ['ended', { at }]
      response.write(`id: ${id}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`)
      last = id
    }
  }
  look()
  const looking = setInterval(look, LOOK_MS)
  const heartbeat = setInterval(() => response.write(':\n\n'), HEARTBEAT_MS)
  response.on('close', () => {
    clearInterval(looking)
    clearInterval(heartbeat)
  })
}

/** Another text each time the file has been replaced; empty when it is not there. */
function stampOf(file: string): string {
  const stats = statSync(file, { throwIfNoEntry: false })
  return stats ? `${stats.ino} ${stats.mtimeMs} ${stats.size}` : ''
}

/** The events after the one with the id `last`; those from the newest verdict on when that one is not known. */
function unseen(events: LiveEvent[], last: string | string[] | undefined): LiveEvent[] {
  const index = events.findIndex(({ id }) => id === last)
  return events.slice(index === -1 ? events.findLastIndex(({ verdict }) => verdict) : index + 1)
}

/** The events of one lesson; none when the file is not there, or is no such file. */
function readEvents(file: string, slug: string): LiveEvent[] {
  try {
    const { events } = JSON.parse(readFileSync(file, 'utf8')) as LiveFile
    return events.filter((event) => /^[\w.:-]+$/.test(event.id) && lessonOf(event) === slug)
  } catch {
    return []
  }
}

/**
 * Whether a request comes from a page of this very site on this machine. The host is compared by name, because a
 * name of someone else may lead to 127.0.0.1 too; programs such as curl send no origin, and run here anyway.
 */
function isOwnPage({ headers, socket }: IncomingMessage): boolean {
  const host = headers.host ?? ''
  const site = headers['sec-fetch-site']
  return (
    /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/.test(socket.remoteAddress ?? '') &&
    /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host) &&
    (headers.origin === undefined || headers.origin === `http://${host}`) &&
    (site === undefined || site === 'same-origin')
  )
}

function refuse(
  response: ServerResponse,
  status: number,
  words: string,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', ...headers }).end(`${words}\n`)
}
