import { ensureCerts } from '../../certs/make.ts'
import { root } from './paths.ts'

/**
 * Makes the certificate that every server needs, when there is none, and says so in one line; on stderr, because
 * stdout may be a report for another program.
 */
export async function announceCerts(): Promise<void> {
  const { made } = await ensureCerts(root)
  if (made) console.error('Made a certificate for localhost in certs/. How to trust it: certs/README.md')
}
