import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { lessons } from '../../checks/lessons.ts'
import { readWords } from '../args.ts'
import { portToServe } from '../machine/ports.ts'
import { announceCerts } from '../project/certs.ts'
import { root, solutionFolder } from '../project/paths.ts'

/**
 * `npm start`: the finished server, at https://localhost:8080 or on `PORT`.
 *
 * It runs in this process, so Ctrl-C and its exit code need no passing on.
 */
export async function run(words: string[]): Promise<number> {
  readWords('start', words, [])
  const port = await portToServe()
  const newest = lessons.findLast(({ entry }) => entry === 'server.ts')
  if (!newest) throw new Error('checks/lessons.ts lists no lesson with a server')
  await announceCerts()
  process.chdir(root)
  process.env.PORT = String(port)
  console.log(`The page      https://localhost:${port}`)
  console.log(`The stream    https://localhost:${port}/events`)
  console.log('Ctrl-C stops the server.\n')
  await import(pathToFileURL(join(solutionFolder(newest.slug), newest.entry)).href)
  return new Promise(() => {}) // the server runs until Ctrl-C
}
