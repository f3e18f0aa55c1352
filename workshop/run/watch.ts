/** Tells when a learner saves. */
import { type Stats, statSync } from 'node:fs'
import { release } from 'node:os'
import { basename, join, sep } from 'node:path'
import { watch } from 'chokidar'
import { filesIn } from '../project/files.ts'
import { root } from '../project/paths.ts'

export interface WatchOptions {
  /** Look at the files several times a second, where the system does not tell of changes. */
  polling?: boolean
  /** Called when a file changed and the system did not tell; `onSave` is called as well. */
  onMissed?: () => void
}

/** Saves within this many milliseconds are one: editors write in several steps, and formatters write again. */
const TOGETHER_MS = 10

/** How often the files are looked at when polling, in milliseconds. */
const POLL_MS = 200

/** How often it is verified that the system told of every change, in milliseconds. */
const VERIFY_MS = 1000

/**
 * Calls `onSave` after each change below `folder`, its `starter` and editors' temporary files left out.
 *
 * @returns a function that ends the watching
 */
export async function watchFolder(
  folder: string,
  onSave: () => void,
  { polling = false, onMissed }: WatchOptions = {},
): Promise<() => Promise<void>> {
  const starter = `${folder}${sep}starter`
  const verifier = new Verifier(folder)
  const watcher = watch(folder, {
    ignoreInitial: true,
    ignored: (path) => path.startsWith(starter) || isTemporary(path),
    usePolling: polling,
    interval: POLL_MS,
  })
  let pending: NodeJS.Timeout | undefined
  const saved = () => {
    clearTimeout(pending)
    pending = setTimeout(() => {
      verifier.look() // before the save is checked: what changes from now on is another one
      onSave()
    }, TOGETHER_MS)
  }
  watcher.on('all', () => {
    verifier.heard = true
    saved()
  })
  watcher.on('error', () => {}) // a folder that vanished for a moment; the verifier sees what comes of it
  await new Promise<void>((resolve) => watcher.once('ready', resolve))
  if (verifier.hasChanged()) saved() // before the watcher was ready, which tells nothing of that
  const timer = setInterval(() => {
    if (!verifier.missed()) return
    onMissed?.()
    saved()
  }, VERIFY_MS)
  return async () => {
    clearInterval(timer)
    clearTimeout(pending)
    await watcher.close()
  }
}

/** Whether this project is on a disk whose changes are not told: asked for, or a Windows disk seen from WSL. */
export function needsPolling(env = process.env, project = root, system = release()): boolean {
  if (env.WORKSHOP_POLL) return true
  return /microsoft/i.test(system) && /^\/mnt\/[a-z]\//.test(project)
}

/** Compares what the files look like with what they looked like when a save was told. */
class Verifier {
  /** Whether the watcher told of a change since the last turn. */
  heard = false
  #folder: string
  #known: string
  #late = false

  constructor(folder: string) {
    this.#folder = folder
    this.#known = fingerprint(folder)
  }

  /** Takes the files as they are now for known. */
  look(): void {
    this.#known = fingerprint(this.#folder)
  }

  /** Whether the files are other ones than those that are known. */
  hasChanged(): boolean {
    return fingerprint(this.#folder) !== this.#known
  }

  /** True when the files changed, and the watcher was silent for a whole turn after that. */
  missed(): boolean {
    const isSilent = this.hasChanged() && !this.heard
    const missed = isSilent && this.#late
    this.#late = isSilent && !missed
    this.heard = false
    return missed
  }
}

function fingerprint(folder: string): string {
  const files = filesIn(folder, ['starter']).filter((file) => !isTemporary(file))
  return files
    .map((file) => {
      const { mtimeMs, size } = look(join(folder, file)) ?? {}
      return `${file} ${mtimeMs} ${size}`
    })
    .join('\n')
}

/** What can't be looked at, such as a link to itself, is left alone. */
function look(path: string): Stats | undefined {
  try {
    return statSync(path)
  } catch {
    return undefined
  }
}

function isTemporary(path: string): boolean {
  return /^\.#|~$|\.sw[a-z]$|^4913$/.test(basename(path))
}
