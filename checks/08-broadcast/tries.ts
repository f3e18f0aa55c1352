import { connect, inNode } from '../support/in-node.ts'

/** A message whose one letter comes in two pieces, two bytes each, half a second apart; and what is sent to everyone. */
export const cutsLetter = inNode(
  connect,
  "c.request({ ':path': '/events' }).setEncoding('utf8').on('data', console.log)",
  "s = c.request({ ':method': 'POST', ':path': '/messages' })",
  "s.write(Buffer.from('f09f', 'hex'))",
  "setTimeout(() => s.end(Buffer.from('8e89', 'hex')), 500)",
  'setTimeout(() => c.destroy(), 1500)',
)

/** Sends what `print` prints as a message, while somebody listens. */
export const posts = (print: string) =>
  `curl -kN --http2 --max-time 3 {origin}/events & sleep 1; ${print} | curl -k --data-binary @- {origin}/messages; wait`
