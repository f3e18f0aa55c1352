/** The certificate that every server needs: there when it is wanted, whichever command is the first to need it. */
import { join } from 'node:path'
import { type Certs, CertsError, makeCerts, readCerts, setAside, writeCerts } from '../../certs/make.ts'
import { UsageError, writeError } from '../errors.ts'
import { isLessonDone, pairOfLesson } from './certs-lesson.ts'
import { withLock } from './lock.ts'
import { memoryFolder, root, shown } from './paths.ts'

export interface Ensured extends Certs {
  /** It was made, or put in place of another one, just now. */
  made: boolean
  /** What the learner should know of that, in a line or two; empty when all is as it was, and well. */
  news: string
}

/**
 * Sees to it that `certs/privkey.pem` and `certs/cert.pem` are there and can be used. They are the learner's, once lesson
 * 1 has passed: their program makes them. Before that the workshop makes a pair. What was there is never lost: what
 * can't be used, and what gives way to the learner's own, is set aside.
 *
 * @throws UsageError when the folder can't be written
 */
export async function ensureCerts(project = root): Promise<Ensured> {
  const folder = join(project, 'certs')
  const lines: string[] = []
  const isDone = await isLessonDone(project, (line) => lines.push(line))
  // Half a pair may be one that another command is making: that is seen when it is our turn.
  const ready = await readCerts(folder).catch(() => undefined)
  const isReady = ready !== undefined && isRight(ready, isDone)
  const { news, ...certs } = isReady ? unchanged(ready) : await told(mend(folder, isDone, project))
  return { ...certs, news: [...lines, news].join(' ').trim() }
}

/** Makes what is missing, and what takes the place of what is there, while no other command does. */
function mend(folder: string, isDone: boolean, project: string): Promise<Ensured> {
  return withLock(join(memoryFolder(project), 'certs.lock'), async () => {
    const there = await readCerts(folder).then(withTimeLeft, (error: unknown) => {
      if (error instanceof CertsError) return error
      throw error
    })
    if (there && !(there instanceof CertsError)) return inPlaceOf(there, isDone, folder, project)
    const aside = there && shown(await setAside(folder), project)
    const made = await make(isDone, folder, project)
    return aside ? { ...made, news: `${there.message} It is kept in ${aside}/. ${made.news}` } : made
  })
}

/** The certificate that is there, or undefined when there is none. Makes nothing; throws when it can't be used. */
export function findCerts(project = root): Promise<Certs | undefined> {
  return told(readCerts(join(project, 'certs')))
}

/** Does as `ensureCerts`, and says what there is to say; on stderr, because stdout may be a report. */
export async function announceCerts(): Promise<void> {
  const { news } = await ensureCerts()
  if (news) console.error(news)
}

/** Nothing is to be done about it: a browser can trust it, and it is the learner's, or there is no other yet. */
function isRight({ names, until, isOurs }: Certs, isDone: boolean): boolean {
  return names.includes('localhost') && until.getTime() > Date.now() && !(isOurs && isDone)
}

/** A certificate whose time is over can't be used: whoever comes back after a month or a year has one. */
function withTimeLeft(there: Certs | undefined): Certs | CertsError | undefined {
  if (!there || there.until.getTime() > Date.now()) return there
  return new CertsError(`The certificate in certs/ ended on ${there.until.toISOString().slice(0, 10)}.`)
}

function unchanged(there: Certs): Ensured {
  return { ...there, made: false, news: '' }
}

/** The learner's own pair in place of one that is there: the workshop's, or one that names no localhost. */
async function inPlaceOf(there: Certs, isDone: boolean, folder: string, project: string): Promise<Ensured> {
  if (isRight(there, isDone)) return unchanged(there)
  const blame = there.isOurs ? '' : NO_NAME
  const pair = isDone ? await pairOfLesson(project) : undefined
  if (!pair) return { ...there, made: false, news: `${blame}${isDone ? FAILS : UNTIL_THEN}`.trim() }
  const aside = shown(await setAside(folder), project)
  const certs = await writeCerts(folder, pair)
  return { ...certs, made: true, news: `${blame}${BY_LESSON} The one before is kept in ${aside}/. ${TRUST}` }
}

async function make(isDone: boolean, folder: string, project: string): Promise<Ensured> {
  const pair = isDone ? await pairOfLesson(project) : undefined
  if (pair) return { ...(await writeCerts(folder, pair)), made: true, news: `${BY_LESSON} ${TRUST}` }
  const news = `${isDone ? `${FAILS} ` : ''}Made a certificate for localhost in certs/. ${TRUST}`
  return { ...(await makeCerts(folder)), made: true, news }
}

/** What goes wrong is told to whoever typed the command, in one line. */
async function told<T>(task: Promise<T>): Promise<T> {
  try {
    return await task
  } catch (error) {
    if (error instanceof CertsError) throw new UsageError(`${error.message} ${MEND}`, { cause: error })
    throw writeError('certs/', error)
  }
}

const MEND = 'Type npm run certs: it keeps what is there in another folder, and makes a new pair.'
const TRUST = 'How to trust it: certs/README.md'
const BY_LESSON = 'The certificate in certs/ is now the one that your lesson 1 makes.'
const FAILS = 'Your lesson 1 makes no certificate that can be used any more: npm run check 1 says why.'
const NO_NAME = 'The certificate in certs/ does not name localhost: browsers refuse it, trusted or not. '
const UNTIL_THEN = 'Once lesson 1 passes, its certificate takes the place of this one.'
