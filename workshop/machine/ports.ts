import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { promisify } from 'node:util'
import { errorCode, UsageError } from '../errors.ts'

/**
 * The port that a server is to use: `PORT`, or 8080, the seed's port.
 *
 * @throws UsageError when `PORT` is no port's number, or the port is taken
 */
export async function portToServe(): Promise<number> {
  const typed = process.env.PORT || '8080'
  const port = Number(typed)
  if (!/^\d+$/.test(typed) || port < 1 || port > 65_535) {
    throw new UsageError(`PORT is "${typed}", but a port is a number from 1 to 65535, such as 8080.`)
  }
  const state = await portState(port)
  if (state === 'forbidden') {
    throw new UsageError(
      `The system lets no one but its administrator use port ${port}. Set PORT to one above 1023.`,
    )
  }
  if (state === 'taken') {
    const own = await ownCommandOn(port)
    if (own) throw new UsageError(await takenByOurs(port, own))
    const holder = await whoHolds(port)
    const by = holder ? ` by ${holder}` : ''
    throw new UsageError(`Port ${port} is taken${by}. Stop that program, or set PORT to another number.`)
  }
  return port
}

/** Whether a server could listen on `port`, on every address of this machine. */
export async function portState(port: number): Promise<'free' | 'taken' | 'forbidden'> {
  // A program that listens on one address only does not always keep others from listening on all of them.
  for (const host of [undefined, '127.0.0.1', '::1']) {
    const code = await tryListen(port, host)
    if (code === 'EADDRINUSE') return 'taken'
    if (code === 'EACCES') return 'forbidden'
  }
  return 'free'
}

/** The program that listens on `port`, as people read it: `node (process 1234)`; undefined where it can't be told. */
export async function whoHolds(port: number): Promise<string | undefined> {
  const { pid, name } = (await holderOf(port)) ?? {}
  if (pid === undefined) return undefined
  return name ? `${name} (process ${pid})` : `process ${pid}`
}

/** The command of this workshop whose server listens on `port`, in another terminal: `npm run lesson 3`. Not on Windows. */
async function ownCommandOn(port: number): Promise<string | undefined> {
  let { pid } = (await holderOf(port)) ?? {}
  // It may be the learner's server that listens, which the command has started.
  for (let generation = 0; pid !== undefined && generation < GENERATIONS; generation++) {
    const listed = await outputOf('ps', ['-o', 'ppid=,args=', '-p', pid])
    const { parent, words } =
      /^\s*(?<parent>\d+).*[\\/]?workshop[\\/]main\.mjs (?<words>.+)/.exec(listed)?.groups ?? {}
    if (parent && words) return typed(words.trim())
    pid = /^\s*(\d+)/.exec(listed)?.[1]
  }
  return undefined
}

/** How far up the command is looked for that has started a program. */
const GENERATIONS = 3

async function takenByOurs(port: number, own: string): Promise<string> {
  let other = port + 10
  while (other < 65_535 && (await portState(other)) !== 'free') other++
  const again = typed(process.argv.slice(2).join(' '))
  return `Port ${port} is taken by ${own}, in another terminal. End it there, or take another port: PORT=${other} ${again}`
}

/** A command of the workshop as it is typed. */
function typed(words: string): string {
  return words === 'start' ? 'npm start' : `npm run ${words}`
}

async function holderOf(port: number): Promise<{ pid: string; name?: string } | undefined> {
  for (const [program, args, pattern] of listings(port)) {
    const { pid, name } = (await outputOf(program, args)).match(pattern)?.groups ?? {}
    if (pid) return { pid, name }
  }
  return undefined
}

/** What a program prints; empty when it is not there, or fails. */
async function outputOf(program: string, args: string[]): Promise<string> {
  const run = promisify(execFile)(program, args, { timeout: 3000, windowsHide: true })
  return run.then(
    ({ stdout }) => stdout,
    () => '',
  )
}

/** Why listening failed; '' when it did not. */
async function tryListen(port: number, host: string | undefined): Promise<string> {
  const server = createServer()
  server.listen({ port, host, exclusive: true })
  try {
    await once(server, 'listening')
  } catch (error) {
    return errorCode(error)
  }
  server.close()
  await once(server, 'close')
  return ''
}

/** The programs that can tell who listens, and where in their output it stands. */
function listings(port: number): [program: string, args: string[], pattern: RegExp][] {
  if (process.platform === 'win32') {
    const pattern = new RegExp(`:${port}\\s+\\S+\\s+LISTENING\\s+(?<pid>\\d+)`)
    return [['netstat', ['-ano', '-p', 'tcp'], pattern]]
  }
  return [
    ['lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc'], /p(?<pid>\d+)\nc(?<name>.+)/],
    ['ss', ['-Hltnp', `sport = :${port}`], /\("(?<name>[^"]+)",pid=(?<pid>\d+)/],
  ]
}
