/** The certificate that the learner's own program of lesson 1 makes. */
import { leafOf, type Pair } from '../../certs/make.ts'
import { lessonFolder } from './paths.ts'
import { readProgress } from './progress.ts'

const SLUG = '01-certs'
const ENTRY = 'make-certs.ts'

/** Whether lesson 1 has passed once. Without it, its program is nothing to rely on. `tell` is as for `readProgress`. */
export async function isLessonDone(project: string, tell: (line: string) => void): Promise<boolean> {
  const { done } = await readProgress(project, tell)
  return SLUG in done
}

/**
 * Runs the learner's program, as the checks do, and answers with what it makes. Undefined when that is no pair with which
 * a client that trusts it can reach localhost, or one that could vouch for other sites: the learner may have gone on
 * with the program since it passed.
 */
export async function pairOfLesson(project: string): Promise<Pair | undefined> {
  // Loaded only when it is needed, which is once.
  const { CERT, KEY, makeCerts } = await import('../../checks/01-certs/making.ts')
  const { handshake, mayVouch } = await import('../../checks/01-certs/rules.ts')
  const { LearnerServer } = await import('../../checks/support/server/server.ts')
  const program = { folder: lessonFolder(SLUG, project), entry: ENTRY, root: project }
  const context = {
    root: project,
    hold: () => new LearnerServer(program),
    signal: new AbortController().signal,
  }
  const { ran, files } = await makeCerts(context)
  const key = files.get(KEY)?.bytes
  const cert = files.get(CERT)?.bytes
  if (ran.exit?.code !== 0 || !key || !cert) return undefined
  try {
    const pair = { key, cert }
    if (mayVouch(leafOf(pair)) || (await handshake(key, cert))) return undefined
    return pair
  } catch {
    return undefined
  }
}
