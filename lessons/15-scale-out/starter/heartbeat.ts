import type { ServerHttp2Session } from 'node:http2'

/** How long a connection may be silent, in milliseconds. */
export const heartbeat = Number(process.env.HEARTBEAT_MS ?? 15_000)

/** Asks the other side now and then whether it is there, and destroys the connection when no answer comes. */
export function watch(session: ServerHttp2Session) {
  let answered = true
  const timer = setInterval(() => {
    if (!answered) session.destroy()
    // It closes when its last bytes have gone out, which may be never. Until then it takes no PING.
    if (session.destroyed) return clearInterval(timer)
    answered = false
    session.ping(() => {
      answered = true
    })
  }, heartbeat)
  session.on('close', () => clearInterval(timer))
}
