/** The certificate that every server needs: made once, whichever command is the first to need it. */
import { join } from 'node:path'
import { type Certs, CertsError, makeCerts, readCerts } from '../../certs/make.ts'
import { UsageError, writeError } from '../errors.ts'
import { withLock } from './lock.ts'
import { memoryFolder, root } from './paths.ts'

/**
 * Makes `certs/privkey.pem` and `certs/cert.pem` when neither is there. What is there is never overwritten.
 *
 * @returns the certificate, and whether it was `made` just now
 * @throws UsageError when what is there can't be used, or when the folder can't be written
 */
export async function ensureCerts(project = root): Promise<Certs & { made: boolean }> {
  const folder = join(project, 'certs')
  // Half a pair may be one that another command is making: that is seen when it is our turn.
  const ready = await readCerts(folder).catch(() => undefined)
  if (ready) return { ...ready, made: false }
  return told(
    withLock(join(memoryFolder(project), 'certs.lock'), async () => {
      const there = await readCerts(folder)
      return { ...(there ?? (await makeCerts(folder))), made: there === undefined }
    }),
  )
}

/** The certificate that is there, or undefined when there is none. Makes nothing; throws as `ensureCerts` does. */
export function findCerts(project = root): Promise<Certs | undefined> {
  return told(readCerts(join(project, 'certs')))
}

/** Makes the certificate when there is none, and says so in one line; on stderr, because stdout may be a report. */
export async function announceCerts(): Promise<void> {
  const { made } = await ensureCerts()
  if (made) console.error('Made a certificate for localhost in certs/. How to trust it: certs/README.md')
}

/** What goes wrong is told to whoever typed the command, in one line. */
async function told<T>(task: Promise<T>): Promise<T> {
  try {
    return await task
  } catch (error) {
    if (error instanceof CertsError) throw new UsageError(error.message, { cause: error })
    throw writeError('certs/', error)
  }
}
