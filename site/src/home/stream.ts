/** A stream as a server might write it, short enough to be read letter by letter: three messages and a comment. */
export const STREAM = new TextEncoder().encode(
  'data: 08:29:06\n\ndata: 08:29:07\n\n: still here\ndata: 08:29:08\n\n',
)
