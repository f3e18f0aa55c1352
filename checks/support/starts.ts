/** The body of `starts`, the first check of every lesson that has a server. */
import { ConnectError } from './client/tls.ts'
import type { CheckContext } from './subject.ts'

/**
 * A server that the checks start, and that does not come up, has been told of before this runs. What is left is to
 * reach it, which at an address says whether a server is there at all.
 */
export async function starts(context: CheckContext): Promise<void> {
  try {
    await context.connect()
  } catch (error) {
    if (!(error instanceof ConnectError)) throw error
    const fault = error.fault === 'refused' || error.fault === 'plain' ? error.fault : undefined
    context.fail({ expected: `HTTP/2 over TLS at ${context.origin}`, received: error.message, fault })
  }
}
