import type { Http2SecureServer } from 'node:http2'

/** Ends the process on SIGTERM and on Ctrl-C as soon as everyone has been told; on the second one at once. */
export function endGently(server: Http2SecureServer) {
  // TODO 2: At the first SIGTERM or SIGINT: close the server, dismiss everyone, and close each session. (Node 26 closes
  // the sessions with the server; Node 20 and 22 do not, and then nobody hears GOAWAY.)
  // TODO 3: Exit with code 0 when the last connection has closed, after SHUTDOWN_MS (5000 when it is not set) at the
  // latest, and at once at the second signal.
}
