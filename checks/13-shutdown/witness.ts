/**
 * A stream that is read frame by frame, and so shows how it ends: to Node's client, END_STREAM in an empty DATA frame may
 * look like a reset with NO_ERROR.
 */
import { Peer, type PeerStream } from '../support/client/peer.ts'
import type { CheckContext } from '../support/subject.ts'

/** Asks for `/events`, and resolves when the answer has begun, or `ms` milliseconds have passed. It ends with the check. */
export async function openWitness(context: CheckContext, origin: string, ms: number): Promise<PeerStream> {
  const peer = await Peer.connect(context, origin)
  const stream = peer.ask()
  await peer.until(() => stream.begun, ms)
  return stream
}
