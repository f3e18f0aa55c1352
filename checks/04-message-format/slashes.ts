/** `/n` in place of `\n`: two characters that any text may end in, so that only a stream without a line end is suspected. */
import { type ByteExcerpt, decode, excerpt } from '../wire/bytes.ts'

/** Where a piece of a stream ends in `/n`, once or more, beside what was meant. Undefined where it does not. */
export function slashes(piece: Uint8Array): ByteExcerpt | undefined {
  const text = decode(piece)
  const meant = text.replace(/(?:\/n)+$/, '\n\n')
  if (meant === text) return undefined
  return excerpt({ line: piece, wrongAt: new TextEncoder().encode(meant).length - 2, should: meant })
}
