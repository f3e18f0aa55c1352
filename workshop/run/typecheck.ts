/** What TypeScript says about a learner's code: a note beside the verdict, never a part of it. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { root } from '../project/paths.ts'

/** How many type errors are told before the rest is counted. */
const SHOWN = 3

/**
 * The type errors of one file and of what it imports, each as a line: `TypeScript says, server.ts:12: Property … does
 * not exist`. Behind them a line that says what they are worth. None when there are none, and none when TypeScript could
 * not be asked.
 */
export async function typeNotes(folder: string, entry: string, signal?: AbortSignal): Promise<string[]> {
  const output = await askTypeScript(join(folder, entry), signal)
  const errors = [...output.matchAll(/^(.+?)\((\d+),\d+\): error TS\d+: (.+)$/gm)].map(
    ([, file, line, says]) => {
      return `TypeScript says, ${file?.split('/').at(-1)}:${line}: ${says}`
    },
  )
  if (errors.length === 0) return []
  const more = errors.length > SHOWN ? [`… and ${errors.length - SHOWN} more`] : []
  return [...errors.slice(0, SHOWN), ...more, WORTH]
}

async function askTypeScript(file: string, signal?: AbortSignal): Promise<string> {
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  try {
    await promisify(execFile)(process.execPath, [tsc, ...OPTIONS, file], { cwd: root, signal })
    return ''
  } catch (error) {
    return error instanceof Error && 'stdout' in error ? String(error.stdout) : ''
  }
}

const WORTH = 'No lesson fails for what TypeScript says: what runs right passes.'

/** As in tsconfig.json, which TypeScript leaves aside when it is given a file. */
const OPTIONS =
  '--ignoreConfig --noEmit --pretty false --target esnext --module nodenext --types node --strict --noUncheckedIndexedAccess --allowImportingTsExtensions --skipLibCheck'.split(
    ' ',
  )
