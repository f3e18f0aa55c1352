/** A message whose one letter comes in two pieces, and what everyone receives of it. */
export const cutsLetter = 'npx node checks/08-broadcast/try.ts {origin}'

/** Sends what `print` prints as a message, while somebody listens. */
export const posts = (print: string) =>
  `curl -kN --http2 --max-time 3 {origin}/events & sleep 1; ${print} | curl -k --data-binary @- {origin}/messages; wait`
