/** A connection of its own for frames that are written by hand. */
import { within } from '../waiting.ts'
import { preface } from './frames.ts'
import { type ConnectOptions, openTls } from './tls.ts'

/**
 * Sends frames behind the preface, in one write, so that a server reads them at once, however busy the machine is. Then
 * waits for an answer, and leaves.
 *
 * @param isAnswered whether all that is waited for is among the bytes that came
 * @returns whether it came; false when the connection was gone before, or `ms` milliseconds were over
 */
export async function sendFrames(
  { origin, signal }: ConnectOptions & { origin: string },
  frames: readonly Buffer[],
  isAnswered: (received: Buffer) => boolean,
  ms: number,
): Promise<boolean> {
  const socket = await openTls(origin, { signal })
  const { promise, resolve } = Promise.withResolvers<boolean>()
  let received = Buffer.alloc(0)
  socket.on('error', () => {}) // `close` follows
  socket.on('close', () => resolve(false))
  socket.on('data', (bytes: Buffer) => {
    received = Buffer.concat([received, bytes])
    if (isAnswered(received)) resolve(true)
  })
  socket.write(Buffer.concat([preface(), ...frames]))
  const came = await within(promise, ms)
  socket.destroy()
  return came === true
}
