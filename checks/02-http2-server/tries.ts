/** Commands that show what no option of curl does: a client that leaves in the middle of an answer. `npx node` is the workshop's. */
const command = 'npx node checks/02-http2-server/try.ts {origin}'

/** A request that is reset once the head of its answer has come. */
export const resetsStream = (method: string, path: string, code: number) =>
  `${command} reset ${method} ${path} ${code}`

/** A request for `/` that is taken back with CANCEL in the same write. */
export const resetsAtOnce = `${command} reset-at-once`

/** CONNECT names a host and a port in place of a path. */
export const asksWithoutPath = `${command} connect`

/** A connection that breaks with a TCP reset while an answer is on its way; then another client asks. */
export const breaksConnection = `${command} break && curl -kI --http2 {origin}/`
