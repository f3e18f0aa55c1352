/**
 * Commands to try that show what no option of curl does. `npx node` is the Node of the workshop; in `-e` it has its modules
 * without an import.
 */

/** Statements of Node as one command for a shell. They hold no double quotes. */
export const inNode = (...lines: string[]) => `npx node -e "${lines.join('; ')}"`

/** An HTTP/2 connection to the server, named `c`. */
export const connect = "c = http2.connect('{origin}', { rejectUnauthorized: false })"
