/** Every lesson, in order. What else exists for a lesson is named by its slug. */
import certs from './01-certs/manifest.ts'
import http2Server from './02-http2-server/manifest.ts'
import headers from './03-headers/manifest.ts'
import messageFormat from './04-message-format/manifest.ts'
import clientPage from './05-client-page/manifest.ts'
import disconnect from './06-disconnect/manifest.ts'
import eventFields from './07-event-fields/manifest.ts'
import broadcast from './08-broadcast/manifest.ts'
import replay from './09-replay/manifest.ts'
import heartbeat from './10-heartbeat/manifest.ts'
import slowConsumers from './11-slow-consumers/manifest.ts'
import security from './12-security/manifest.ts'
import shutdown from './13-shutdown/manifest.ts'
import tokenStream from './14-token-stream/manifest.ts'
import scaleOut from './15-scale-out/manifest.ts'
import type { LessonManifest } from './manifest.ts'

export const lessons: readonly LessonManifest[] = [
  certs,
  http2Server,
  headers,
  messageFormat,
  clientPage,
  disconnect,
  eventFields,
  broadcast,
  replay,
  heartbeat,
  slowConsumers,
  security,
  shutdown,
  tokenStream,
  scaleOut,
]
