/** Everything that the demo's screen shows, as plain data. */
import type { LessonManifest } from '../../checks/manifest.ts'
import type { Connection } from '../../checks/support/proxy/proxy.ts'
import type { FileDiff } from '../project/diff.ts'
import type { Received } from '../terminal/received.ts'
import type { DeadClientSight } from './dead-client.ts'
import type { FrozenClientSight } from './frozen-client.ts'

export interface DemoState {
  /** The whole course, in order. */
  lessons: readonly LessonManifest[]
  lesson: LessonManifest
  /** Whose code is shown. */
  kind: 'solution' | 'starter'
  /** Where it answers. */
  origin: string
  episodes: Received[]
  connections: Connection[]
  /** A client that answers no PING, once it was opened. */
  dead?: DeadClientSight
  /** A client that does not read, once it was opened. */
  frozen?: FrozenClientSight & { isBusy: boolean }
  /** An answer of the model is on its way. */
  isAnswering: boolean
  /** The time of what is shown, in milliseconds since 1970. */
  now: number
  isSlow: boolean
  /** The screen stands still; what arrives meanwhile is shown afterwards. */
  isPaused: boolean
  /** The way from the lesson before, while it is shown. */
  diff?: FileDiff[]
  scroll: number
  notice: string
}
