/** What a lesson's server can do that its demo has to show, and with which times, so that a room sees it. */
import { hasAnswers, type LessonManifest, lessonNumber } from '../../checks/manifest.ts'

type Slug = Pick<LessonManifest, 'slug'>

/** Milliseconds between two ticks, where a clock would push the messages off the screen. */
const TICK_MS = '5000'

/** Less than between two ticks, so that there is a silence to hear. */
const HEARTBEAT_MS = '2000'

/** Little enough for a few seconds of messages to fill it, in bytes. */
const MAX_BUFFER = '2048'

/** Slow enough to read along, and to stop it, in milliseconds. */
const TOKEN_MS = '250'

/** Whether it takes messages at `/messages`, and sends them to everyone. */
export function hasMessages({ slug }: Slug): boolean {
  return lessonNumber(slug) >= 8
}

/** Whether a client that comes back gets what it missed. */
export function hasReplay({ slug }: Slug): boolean {
  return lessonNumber(slug) >= 9
}

/** Whether it looks for clients that are gone. */
export function hasHeartbeat({ slug }: Slug): boolean {
  return lessonNumber(slug) >= 10
}

/** Whether what waits for a client that does not read has a bound. */
export function hasBound({ slug }: Slug): boolean {
  return lessonNumber(slug) >= 11
}

/** Whether it looks at who sends. */
export function hasDoors({ slug }: Slug): boolean {
  return lessonNumber(slug) >= 12
}

/** Whether it takes its leave of everyone at SIGTERM, which Windows does not have. */
export function hasFarewell({ slug }: Slug): boolean {
  return lessonNumber(slug) >= 13 && process.platform !== 'win32'
}

/** Whether several servers can have one log, in Redis. */
export function hasSharedLog({ slug }: Slug): boolean {
  return lessonNumber(slug) >= 15
}

/** What its server is started with, unless whoever shows it has chosen otherwise. */
export function demoEnv(lesson: Slug): Record<string, string> {
  const env = process.env
  return {
    ...(hasMessages(lesson) && { TICK_MS: env.TICK_MS ?? TICK_MS }),
    ...(hasHeartbeat(lesson) && { HEARTBEAT_MS: env.HEARTBEAT_MS ?? HEARTBEAT_MS }),
    ...(hasSharedLog(lesson) && env.REDIS_URL && { REDIS_URL: env.REDIS_URL }),
    ...(hasBound(lesson) && { MAX_BUFFER: env.MAX_BUFFER ?? MAX_BUFFER }),
    ...(hasAnswers(lesson) && { TOKEN_MS: env.TOKEN_MS ?? TOKEN_MS }),
  }
}
