/** What a lesson's server can do that its demo has to show, and with which times, so that a room sees it. */
import { type LessonManifest, lessonNumber } from '../../checks/manifest.ts'

type Slug = Pick<LessonManifest, 'slug'>

/** Milliseconds between two ticks, where a clock would push the messages off the screen. */
const TICK_MS = '5000'

/** Less than between two ticks, so that there is a silence to hear. */
const HEARTBEAT_MS = '2000'

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

/** What its server is started with, unless whoever shows it has chosen otherwise. */
export function demoEnv(lesson: Slug): Record<string, string> {
  const { TICK_MS: tick = TICK_MS, HEARTBEAT_MS: heartbeat = HEARTBEAT_MS } = process.env
  return hasMessages(lesson) ? { TICK_MS: tick, HEARTBEAT_MS: heartbeat } : {}
}
