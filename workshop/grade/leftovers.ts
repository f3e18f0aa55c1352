/**
 * What a run leaves behind: processes, and ports that are still listened on. It is told apart from what else the
 * machine runs by a mark in the environment, which every process inherits from the one that started it.
 *
 * Linux shows this in `/proc`; elsewhere nothing is found.
 */
import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'

/** What is there at one moment. */
export interface Leftovers {
  /** Processes: their ids, and the command lines they were started with. */
  processes: Map<number, string>
  /** TCP ports that these processes, or this one, listen on. */
  ports: number[]
}

const MARK = 'SSE_WORKSHOP_RUN'

/** This process's mark. */
let mark: string | undefined

/**
 * Marks all that is started from now on, once for this process: call it before anything is started. Where this process
 * was started by a marked one, its mark begins with that one's, so that both know what they have started.
 */
export function markRun(): void {
  mark ??= `${process.env[MARK] ?? ''}/${randomUUID()}`
  process.env[MARK] = mark
}

/** What the marked run has started, and still runs or listens. This process itself is not counted, its ports are. */
export function lookAround(): Leftovers {
  const processes = new Map<number, string>()
  for (const pid of numbersIn('/proc')) {
    const environment = read(`/proc/${pid}/environ`).split('\0')
    const isOurs = pid !== process.pid && environment.some((entry) => entry.startsWith(`${MARK}=${mark}`))
    if (isOurs && !isService(pid)) processes.set(pid, commandOf(pid))
  }
  return { processes, ports: portsOf([process.pid, ...processes.keys()]) }
}

/** What is there now, and was not there before. What is just ending gets a moment to do so. */
export async function leftSince(before: Leftovers): Promise<Leftovers> {
  for (const end = performance.now() + ENDING_MS; ; await delay(POLL_MS)) {
    const now = lookAround()
    const processes = new Map([...now.processes].filter(([pid]) => !before.processes.has(pid)))
    const ports = now.ports.filter((port) => !before.ports.includes(port))
    if (processes.size + ports.length === 0 || performance.now() > end) return { processes, ports }
  }
}

/** How long a process that was killed may take to be gone on a busy machine, in milliseconds. */
const ENDING_MS = 2000

const POLL_MS = 20

/** esbuild, which compiles what this process imports, and ends with it. */
function isService(pid: number): boolean {
  const parent = Number(/^PPid:\s+(\d+)/m.exec(read(`/proc/${pid}/status`))?.[1])
  return parent === process.pid && commandOf(pid).includes('esbuild')
}

/** The ports that any of these processes listens on. */
function portsOf(pids: number[]): number[] {
  const held = new Set(pids.flatMap(socketsOf))
  const rows = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((table) => read(table).split('\n').slice(1))
  const ports = rows.flatMap((row) => {
    const [, local = '', , state, , , , , , inode = ''] = row.trim().split(/\s+/)
    return state === LISTEN && held.has(inode) ? [Number.parseInt(local.split(':')[1] ?? '', 16)] : []
  })
  return [...new Set(ports)]
}

/** The state of a socket that listens, in `/proc/net/tcp`. */
const LISTEN = '0A'

/** The inodes of a process's sockets. */
function socketsOf(pid: number): string[] {
  const folder = `/proc/${pid}/fd`
  return numbersIn(folder).flatMap((fd) => /^socket:\[(\d+)\]$/.exec(link(`${folder}/${fd}`))?.[1] ?? [])
}

function commandOf(pid: number): string {
  return read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim()
}

/** The entries of a folder whose names are numbers. A process may end while it is looked at: then there are none. */
function numbersIn(folder: string): number[] {
  const names = attempt(() => readdirSync(folder)) ?? []
  return names.map(Number).filter((number) => !Number.isNaN(number))
}

function read(file: string): string {
  return attempt(() => readFileSync(file, 'utf8')) ?? ''
}

function link(file: string): string {
  return attempt(() => readlinkSync(file)) ?? ''
}

function attempt<T>(look: () => T): T | undefined {
  try {
    return look()
  } catch {
    return undefined
  }
}
