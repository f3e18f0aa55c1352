/** Every lesson, in order. What else exists for a lesson is named by its slug. */
import certs from './manifests/01-certs.ts'
import http2Server from './manifests/02-http2-server.ts'
import headers from './manifests/03-headers.ts'
import messageFormat from './manifests/04-message-format.ts'
import clientPage from './manifests/05-client-page.ts'
import disconnect from './manifests/06-disconnect.ts'
import type { LessonManifest } from './support/manifest.ts'

export const lessons: readonly LessonManifest[] = [
  certs,
  http2Server,
  headers,
  messageFormat,
  clientPage,
  disconnect,
]
