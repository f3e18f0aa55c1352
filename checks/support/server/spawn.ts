/** Starts a learner's program in a process group of its own, and ends the group. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const WINDOWS = process.platform === 'win32'
const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
const PROBE = new URL('../probe/probe.mjs', import.meta.url).href
const HOLD = new URL('../probe/hold.mjs', import.meta.url).href

/** The memory that JavaScript values of a learner's program may take, in MiB: enough for every lesson. */
const HEAP_MIB = 384

/** Process groups of this thread that still run. */
const groups = new Set<number>()

/** The leash of each of them. */
const leashes = new WeakMap<ChildProcess, ChildProcess>()

function killAll(): void {
  for (const pid of groups) killGroup(pid, 'SIGKILL')
}

/**
 * Starts `entry` of `folder` with `root` as its working directory, and holds it back before its first line until the
 * probe is told to run it. Its stdio: nothing, two pipes for what it prints, a pipe with questions for the probe, and
 * one with the probe's reports. The last is not an IPC channel because reports must get out even while the program
 * dies, and the learner's `process.on('message')` stays their own.
 */
export function spawnProgram(root: string, folder: string, entry: string): ChildProcess {
  // The probe comes first: tsx would compile what is imported after it.
  const imports = [PROBE, TSX, HOLD].flatMap((module) => ['--import', module])
  const args = [`--max-old-space-size=${HEAP_MIB}`, ...imports, join(folder, entry)]
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...programEnv(process.env), SSE_WORKSHOP_PROBE: '1' },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'],
    detached: !WINDOWS,
    windowsHide: true,
  })
  const { pid } = child
  if (pid === undefined) return child
  if (groups.size === 0) process.on('exit', killAll)
  groups.add(pid)
  if (!WINDOWS) leashes.set(child, holdLeash(pid))
  child.once('exit', () => {
    if (!WINDOWS) killGroup(pid, 'SIGKILL') // a grandchild would keep the port
    groups.delete(pid)
    if (groups.size === 0) process.off('exit', killAll)
    leashes.get(child)?.kill('SIGKILL')
  })
  return child
}

/** Waits for the last of a program that has ended: a leash that nobody waits for stays behind as a zombie. */
export async function leashGone(child: ChildProcess): Promise<void> {
  const leash = leashes.get(child)
  if (leash?.pid && leash.exitCode === null && leash.signalCode === null) await once(leash, 'exit')
}

/**
 * Signals every process of the group. On Windows, which has no groups and no signals, it ends the tree.
 * Answers whether there was a process left to signal.
 */
export function killGroup(pid: number, signal: NodeJS.Signals): boolean {
  if (WINDOWS) {
    spawn('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true }).on(
      'error',
      () => {},
    )
    return true
  }
  try {
    return process.kill(-pid, signal)
  } catch {
    return false
  }
}

/** Signals one process and not its group. One that has ended is left alone. */
export function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // It is gone, which its exit tells.
  }
}

/** Keeps every process of the group from going on, until it is resumed or killed. Windows has no such signal. */
export function pauseGroup(pid: number): void {
  if (!WINDOWS) killGroup(pid, 'SIGSTOP')
}

export function resumeGroup(pid: number): void {
  if (!WINDOWS) killGroup(pid, 'SIGCONT')
}

/**
 * A shell that waits for the end of its input, which is the end of this thread or process, however it ends, and then
 * kills the group. The probe does the same from inside, but an endless loop would keep it from noticing.
 */
export function holdLeash(pid: number): ChildProcess {
  const leash = spawn('/bin/sh', ['-c', 'read -r _; kill -s KILL -- "-$0"', String(pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
  leash.on('error', () => {}) // without a shell, the probe alone must do
  leash.stdin?.on('error', () => {})
  return leash
}

/** Our own environment, less what Vitest and this Node process were told for themselves, and less a log that others share. */
export function programEnv(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const program: NodeJS.ProcessEnv = { NO_COLOR: '1' }
  for (const [name, value] of Object.entries(env)) {
    if (!OURS.test(name)) program[name] = value
  }
  return program
}

const OURS =
  /^(NODE_(OPTIONS|ENV|CHANNEL_.*|UNIQUE_ID|V8_COVERAGE)|VITEST.*|TEST|FORCE_COLOR|REDIS_(URL|KEY))$/
