/** A proxy that people put before a server: the real program, with the very file that the site shows. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { connect } from '../../checks/support/client/client.ts'
import { freePort } from '../../checks/support/server/ports.ts'
import { holdLeash, killGroup } from '../../checks/support/server/spawn.ts'
import { within } from '../../checks/support/waiting.ts'

const root = join(import.meta.dirname, '..', '..')

/** How long a proxy may take to listen, and to end, in milliseconds. A busy machine needs some of it. */
const READY_MS = 20_000
const END_MS = 5000

export interface ProxyKind {
  program: string
  /** Its file in site/src/proxies/. */
  file: string
  /** How it is started, beside its file. */
  words: string[]
}

const nginxWith = (file: string): ProxyKind => ({
  program: 'nginx',
  file,
  words: ['-p', '.', '-c', file, '-e', 'stderr', '-g', 'daemon off; pid nginx.pid;'],
})

export const nginx = nginxWith('nginx.conf')
export const nginxHttp1 = nginxWith('nginx-http1.conf')

const haproxyWith = (file: string): ProxyKind => ({ program: 'haproxy', file, words: ['-db', '-f', file] })

export const haproxy = haproxyWith('haproxy.cfg')
export const haproxyPair = haproxyWith('haproxy-pair.cfg')
export const caddy: ProxyKind = { program: 'caddy', file: 'Caddyfile', words: ['run'] }

/** Whether the program is there. Where tests must not be left out, nginx has to be: then it is said to be. */
export function isInstalled({ program }: ProxyKind): boolean {
  if (program === 'nginx' && process.env.CI === 'true' && process.platform === 'linux') return true
  const isThere = spawnSync(program, ['-v'], { stdio: 'ignore' }).error === undefined
  if (!isThere) console.warn(`NOT RUN: ${program} is not installed, and its file on the site was not tried.`)
  return isThere
}

export class ProxyProgram implements AsyncDisposable {
  readonly origin: string
  #folder: string
  #child: ChildProcess
  #output = ''

  private constructor(port: number, folder: string, child: ChildProcess) {
    this.origin = `https://localhost:${port}`
    this.#folder = folder
    this.#child = child
    child.on('error', () => {}) // then it never listens
    child.stderr?.on('data', (text) => {
      this.#output = (this.#output + text).slice(-4096)
    })
  }

  /**
   * Starts it in a folder of its own, and waits until it can be connected to.
   *
   * @param changes what stands in the file, and what is to stand there: ports, and times
   */
  static async start(
    { program, file, words }: ProxyKind,
    changes: Record<string, string>,
  ): Promise<ProxyProgram> {
    const folder = await mkdtemp(join(tmpdir(), 'workshop-proxy-'))
    const port = await freePort()
    const shown = await readFile(join(root, 'site/src/proxies', file), 'utf8')
    await writeFile(join(folder, file), changed(shown, { ...changes, 8443: String(port) }))
    await copyCertificate(folder)
    const own = { HOME: folder, XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder } // Caddy keeps notes
    const child = spawn(program, words, {
      cwd: folder,
      env: { ...process.env, ...own },
      stdio: ['ignore', 'ignore', 'pipe'],
      detached: true,
    })
    const leash = child.pid === undefined ? undefined : holdLeash(child.pid)
    child.once('exit', () => leash?.kill('SIGKILL'))
    const proxy = new ProxyProgram(port, folder, child)
    try {
      await proxy.#ready()
      return proxy
    } catch (error) {
      await proxy[Symbol.asyncDispose]()
      throw error
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const { pid } = this.#child
    if (pid !== undefined && this.#isRunning) {
      const exited = once(this.#child, 'exit')
      killGroup(pid, 'SIGTERM')
      if (!(await within(exited, END_MS))) killGroup(pid, 'SIGKILL')
      await exited
    }
    await rm(this.#folder, { recursive: true, force: true })
  }

  get #isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null
  }

  async #ready(): Promise<void> {
    const end = performance.now() + READY_MS
    while (!(await listens(this.origin))) {
      if (this.#child.pid === undefined || !this.#isRunning || performance.now() > end)
        throw new Error(`${this.#child.spawnfile} does not listen: ${this.#output.trim()}`)
      await delay(20)
    }
  }
}

async function listens(origin: string): Promise<boolean> {
  try {
    await using _client = await connect(origin)
    return true
  } catch {
    return false
  }
}

/** The text with each change made. Each has to have its place, or the page shows something else than what is tried. */
function changed(text: string, changes: Record<string, string>): string {
  for (const from of Object.keys(changes))
    if (!text.includes(from)) throw new Error(`The proxy's file has no "${from}"`)
  return text.replaceAll(
    new RegExp(Object.keys(changes).map(RegExp.escape).join('|'), 'g'),
    (from) => changes[from] ?? '',
  )
}

async function copyCertificate(folder: string): Promise<void> {
  const certs = join(folder, 'certs')
  await mkdir(certs)
  const texts = await Promise.all(
    ['cert.pem', 'privkey.pem'].map(async (name) => {
      await cp(join(root, 'certs', name), join(certs, name))
      return readFile(join(certs, name), 'utf8')
    }),
  )
  await writeFile(join(certs, 'both.pem'), texts.join('\n')) // as HAProxy wants them
}
