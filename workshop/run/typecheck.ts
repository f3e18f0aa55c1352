/** What TypeScript says about a learner's code: a note beside the verdict, never a part of it. */
import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pathToFileURL } from 'node:url'
import { holdLeash, killGroup } from '../../checks/support/server/spawn.ts'
import { root } from '../project/paths.ts'
import { readable } from '../render/harmless.ts'

/** How many type errors are told before the rest is counted. */
const SHOWN = 3

/** The memory that TypeScript may take, in KiB of its address space: ten times what a lesson needs. */
const MEMORY_KIB = 2 ** 20

/** More than this many characters of errors are not read. */
const MOST = 1e6

const WINDOWS = process.platform === 'win32'

/**
 * The type errors of one file and of what it imports, each as a line: `TypeScript says, server.ts:12: Property … does
 * not exist`. Behind them a line that says what they are worth. None when there are none, and none when TypeScript could
 * not be asked, or did not answer within `ms` milliseconds: types can be written that take for ever, and a file that is
 * imported may be a pipe. Nothing outlives the answer.
 */
export async function typeNotes(
  folder: string,
  entry: string,
  ms: number,
  signal?: AbortSignal,
): Promise<string[]> {
  const output = await askTypeScript(join(folder, entry), ms, signal)
  const errors = [...output.matchAll(/^(.+?)\((\d+),\d+\): error TS\d+: (.+)$/gm)].map(
    ([, file, line, says]) => {
      return readable(`TypeScript says, ${file?.split('/').at(-1)}:${line}: ${says}`)
    },
  )
  if (errors.length === 0) return []
  const more = errors.length > SHOWN ? [`… and ${errors.length - SHOWN} more`] : []
  return [...errors.slice(0, SHOWN), ...more, WORTH]
}

async function askTypeScript(file: string, ms: number, signal?: AbortSignal): Promise<string> {
  if (signal?.aborted) return ''
  const child = await start([...OPTIONS, file]).catch(() => undefined)
  if (!child?.pid) return ''
  const { pid } = child
  const leash = WINDOWS ? undefined : holdLeash(pid) // it must not outlive us, however we end
  const end = () => void killGroup(pid, 'SIGKILL')
  const timer = setTimeout(end, ms)
  signal?.addEventListener('abort', end, { once: true })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output += text
    if (output.length > MOST) end()
  })
  await once(child, 'close')
  clearTimeout(timer)
  signal?.removeEventListener('abort', end)
  leash?.kill('SIGKILL')
  return output
}

/** Starts the compiler itself, in a group of its own. A shell can bound the memory of a program, Windows can not. */
async function start(args: string[]): Promise<ChildProcessByStdio<null, Readable, null>> {
  const found = pathToFileURL(join(root, 'node_modules', 'typescript', 'lib', 'getExePath.js')).href
  const program: string = (await import(found)).default()
  const [command = '', ...rest] = WINDOWS
    ? [program, ...args]
    : ['/bin/sh', '-c', 'ulimit -v "$0"; exec "$@"', String(MEMORY_KIB), program, ...args]
  return spawn(command, rest, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: !WINDOWS,
    windowsHide: true,
  })
}

const WORTH = 'No lesson fails for what TypeScript says: what runs right passes.'

/** As in tsconfig.json, which TypeScript leaves aside when it is given a file. */
const OPTIONS =
  '--ignoreConfig --noEmit --pretty false --target esnext --module nodenext --types node --strict --noUncheckedIndexedAccess --allowImportingTsExtensions --skipLibCheck'.split(
    ' ',
  )
