import type { Http2SecureServer, ServerHttp2Session } from 'node:http2'
import { dismiss } from './broadcast.ts'

/** How long clients have to take their leave, in milliseconds. */
const patience = Number(process.env.SHUTDOWN_MS ?? 5000)

const sessions = new Set<ServerHttp2Session>()
let isEnding = false

/** Ends the process on SIGTERM and on Ctrl-C as soon as everyone has been told; on the second one at once. */
export function endGently(server: Http2SecureServer) {
  server.on('session', (session) => {
    if (isEnding) return session.close() // its handshake was still under way when the server was closed
    sessions.add(session)
    session.on('close', () => sessions.delete(session))
  })
  for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => end(server))
}

function end(server: Http2SecureServer) {
  if (isEnding) process.exit()
  isEnding = true
  server.close(() => process.exit()) // takes no new connections, and calls back when the last one has closed
  dismiss()
  for (const session of sessions) session.close() // GOAWAY: what is under way is finished, nothing new begins
  setTimeout(process.exit, patience, 0) // some never let go
}
