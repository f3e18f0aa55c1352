/** A Redis that checks write to, and that they may end and start again: a real one, with a folder and a port of its own. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from 'redis'
import { NotRun } from '../failure.ts'
import { within } from '../waiting.ts'
import { freePort } from './ports.ts'
import { holdLeash, killGroup, pauseGroup, resumeGroup } from './spawn.ts'

/** How long Redis may take to be ready, in milliseconds. A busy machine needs some of it. */
const READY_MS = 10_000

/** How long one command may take, in milliseconds. */
const COMMAND_MS = 5000

/** How many free ports in a row may be lost to others. */
const LOSSES = 3

const PROGRAM = 'redis-server'

export class Redis implements AsyncDisposable {
  url: string
  /** Whether it was started here: one that `REDIS_URL` names belongs to somebody, and goes on. */
  isOwn: boolean
  #folder: string
  #process?: ChildProcess
  #client?: ReturnType<typeof clientOf>

  private constructor(url: string, folder = '') {
    this.url = url
    this.isOwn = folder !== ''
    this.#folder = folder
  }

  /** Starts `redis-server`, or connects to what `REDIS_URL` names where there is none. Throws `NotRun` without either. */
  static async open(): Promise<Redis> {
    const given = process.env.REDIS_URL
    if (isInstalled()) return Redis.#start()
    if (given) {
      const redis = new Redis(given)
      await redis.#connect()
      return redis
    }
    const reason = 'needs redis-server on PATH, or REDIS_URL: npm run doctor tells more'
    // There is no redis-server for Windows.
    const isMissing = process.env.CI === 'true' && process.platform !== 'win32'
    throw isMissing ? new Error(reason) : new NotRun(reason)
  }

  static async #start(): Promise<Redis> {
    for (let losses = 0; ; losses++) {
      const folder = await mkdtemp(join(tmpdir(), 'workshop-redis-'))
      const redis = new Redis(`redis://127.0.0.1:${await freePort()}`, folder)
      try {
        await redis.start()
        return redis
      } catch (error) {
        await redis[Symbol.asyncDispose]()
        if (losses === LOSSES) throw error
      }
    }
  }

  /** Starts it, or starts it again on the same port, with all that it had been told. */
  async start(): Promise<void> {
    const { port } = new URL(this.url)
    const data = ['--dir', this.#folder, '--save', '', '--appendonly', 'yes', '--appendfsync', 'always']
    const args = ['--port', port, '--bind', '127.0.0.1', ...data]
    const child = spawn(PROGRAM, args, { stdio: ['ignore', 'pipe', 'ignore'], detached: true })
    this.#process = child
    const leash = child.pid === undefined ? undefined : holdLeash(child.pid)
    child.once('exit', () => leash?.kill('SIGKILL'))
    child.on('error', () => {}) // then it is never ready
    let output = ''
    const ready = new Promise<boolean>((resolve) => {
      child.stdout.on('data', (text) => {
        output = (output + text).slice(-4096)
        if (output.includes('Ready to accept connections')) resolve(true)
      })
      child.once('close', () => resolve(false))
    })
    if (!(await within(ready, READY_MS))) throw new Error(`redis-server did not start: ${output.trim()}`)
    await this.#connect()
  }

  /** Ends it at once, as a crash does. */
  async kill(): Promise<void> {
    this.#client?.destroy()
    this.#client = undefined
    const child = this.#process
    this.#process = undefined
    if (!child?.pid || child.exitCode !== null || child.signalCode !== null) return
    const exited = once(child, 'exit')
    killGroup(child.pid, 'SIGKILL')
    await exited
  }

  /** Lets it stand still: it is there, and answers nobody. Not on Windows, where there is none. */
  freeze(): void {
    if (this.#process?.pid) pauseGroup(this.#process.pid)
  }

  /** Lets it go on, with all that came meanwhile. */
  thaw(): void {
    if (this.#process?.pid) resumeGroup(this.#process.pid)
  }

  /** Takes away all that it has written down. It must not run. */
  async forget(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true })
    this.#folder = await mkdtemp(join(tmpdir(), 'workshop-redis-'))
  }

  /** Sends a command. Throws what Redis answers when it does not like it. */
  async ask<T>(...command: string[]): Promise<T> {
    if (!this.#client) throw new Error('Redis does not run')
    const answer = await within(
      this.#client.sendCommand<T & null>(command).then((value) => ({ value })),
      COMMAND_MS,
    )
    if (!answer) throw new Error(`Redis did not answer ${command[0]} within ${COMMAND_MS / 1000} s`)
    return answer.value
  }

  /** Adds entries to a stream, all in one moment: whoever reads gets them together. Returns their ids. */
  async add(key: string, ...texts: string[]): Promise<string[]> {
    if (!this.#client) throw new Error('Redis does not run')
    const transaction = this.#client.multi()
    for (const data of texts) transaction.xAdd(key, '*', { data })
    return (await transaction.exec()) as unknown as string[]
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill()
    if (this.#folder) await rm(this.#folder, { recursive: true, force: true })
  }

  async #connect(): Promise<void> {
    const client = clientOf(this.url)
    client.on('error', () => {}) // each command tells
    this.#client = client
    await client.connect()
  }
}

function clientOf(url: string) {
  return createClient({ url, socket: { reconnectStrategy: false } })
}

let installed: boolean | undefined

function isInstalled(): boolean {
  try {
    installed ??= execFileSync(PROGRAM, ['--version'], { stdio: 'pipe', timeout: 5000 }).length > 0
  } catch {
    installed = false
  }
  return installed
}
