import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { lessons } from '../../checks/lessons.ts'
import { hasServer } from '../../checks/manifest.ts'
import { UsageError } from '../errors.ts'
import { portToServe } from '../machine/ports.ts'
import { announceCerts } from '../project/certs.ts'
import { root, solutionFolder } from '../project/paths.ts'

/** Where Redis is when nobody says otherwise. */
const REDIS = 'redis://localhost:6379'

/**
 * `npm start`: the finished server, at https://localhost:8080 or on `PORT`. `npm start -- redis`: with its log in Redis.
 *
 * It runs in this process, so Ctrl-C and its exit code need no passing on.
 */
export async function run(words: string[]): Promise<number> {
  const [word, ...more] = words
  if (more.length > 0 || (word !== undefined && word !== 'redis'))
    throw new UsageError(`npm run start does not take "${words.join(' ')}". It takes redis, or no words.`)
  if (word === 'redis') process.env.REDIS_URL ??= REDIS
  const port = await portToServe()
  const newest = lessons.findLast(hasServer)
  if (!newest) throw new Error('checks/lessons.ts lists no lesson with a server')
  await announceCerts()
  process.chdir(root)
  process.env.PORT = String(port)
  console.log(`The page      https://localhost:${port}`)
  console.log(`The stream    https://localhost:${port}/events`)
  if (process.env.REDIS_URL) console.log(`The log       ${hidden(process.env.REDIS_URL)}`)
  console.log('Ctrl-C stops the server.\n')
  await import(pathToFileURL(join(solutionFolder(newest.slug), newest.entry)).href)
  return new Promise(() => {}) // the server runs until Ctrl-C
}

/** An address without its password. */
function hidden(url: string): string {
  return url.replace(/\/\/[^@/]*@/, '//')
}
