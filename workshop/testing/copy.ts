import { type ChildProcess, spawn } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../project/paths.ts'

/** What a command printed, and how it ended: `code` is null when a signal ended it. */
export interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

/** A command that runs in a copy of the project. */
export class Running {
  readonly child: ChildProcess
  readonly ended: Promise<Ended>
  stdout = ''
  stderr = ''

  constructor(child: ChildProcess) {
    this.child = child
    child.stdout?.setEncoding('utf8').on('data', (text) => {
      this.stdout += text
    })
    child.stderr?.setEncoding('utf8').on('data', (text) => {
      this.stderr += text
    })
    this.ended = new Promise((resolve, reject) => {
      child.on('error', reject)
      child.on('close', (code) => resolve({ code, stdout: this.stdout, stderr: this.stderr }))
    })
  }

  /** Waits until the command has printed `text`; rejects when it ends without. */
  async prints(text: string): Promise<void> {
    const ended = this.ended.then(({ stdout, stderr }) => {
      if (!stdout.includes(text)) throw new Error(`It ended without "${text}":\n${stdout}\n${stderr}`)
    })
    const printed = new Promise<void>((resolve) => {
      const look = () => this.stdout.includes(text) && resolve()
      this.child.stdout?.on('data', look)
      look()
    })
    await Promise.race([printed, ended])
  }
}

/** A copy of the project without git, in a folder whose path has a space and a letter beyond ASCII. */
export class Copy implements AsyncDisposable {
  readonly root: string
  readonly #home: string

  constructor(home: string) {
    this.#home = home
    this.root = join(home, 'wörk shop')
  }

  /** Starts a command of the workshop, as `npm run` does. It is killed after a minute. */
  start(words: string[], env: Record<string, string> = {}): Running {
    const args = [join('workshop', 'main.mjs'), ...words]
    return new Running(
      spawn(process.execPath, args, { cwd: this.root, env: { ...cleanEnv(), ...env }, timeout: 60_000 }),
    )
  }

  /** Runs a command to its end. */
  run(words: string[], env: Record<string, string> = {}): Promise<Ended> {
    return this.start(words, env).ended
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#home, { recursive: true, force: true })
  }
}

/** Copies what git tracks of the project; `node_modules` is a link to the one there is. */
export async function copyProject(): Promise<Copy> {
  const copy = new Copy(await mkdtemp(join(tmpdir(), 'workshop-')))
  await mkdir(copy.root)
  for (const entry of copied) {
    await cp(join(root, entry), join(copy.root, entry), { recursive: true, filter: isTracked })
  }
  await symlink(join(root, 'node_modules'), join(copy.root, 'node_modules'), 'junction')
  return copy
}

/** Not tracked are the certificate, and the learner's own files, which stand beside `starter/`. */
function isTracked(path: string): boolean {
  if (path.endsWith('.pem')) return false
  const lessons = join(root, 'lessons')
  if (!path.startsWith(lessons)) return true
  const [, , name] = path.slice(lessons.length).split(/[\\/]/)
  return name === undefined || name === 'starter'
}

/** The environment without what would change a command: colours, ports, and the folder in which npm was typed. */
function cleanEnv(): NodeJS.ProcessEnv {
  const { INIT_CWD, FORCE_COLOR, NODE_OPTIONS, BROWSER_PATH, CHROME_PATH, REDIS_URL, PORT, ...env } =
    process.env
  return { ...env, NO_COLOR: '1' }
}

const copied = ['package.json', 'tsconfig.json', 'certs', 'checks', 'lessons', 'solutions', 'workshop']
