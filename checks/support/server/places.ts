/** From stack traces to places in the learner's code. */
import { readdirSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Place } from '../../verdict.ts'
import { type Frame, giver } from './callers.ts'
import type { CrashReport } from './probe.ts'
import type { Crash } from './types.ts'

export class Places {
  #folder: string
  #root: string
  #edit: string[]

  /**
   * Both absolute, with links resolved, because Node reports files so. Places are relative to `root`.
   *
   * @param edit the files of the folder that the learner edits
   */
  constructor(folder: string, root: string, edit: readonly string[] = []) {
    this.#folder = folder
    this.#root = root
    this.#edit = edit.map((file) => this.name(join(folder, file)))
  }

  /**
   * The first place of a text that is in a file which the learner edits, or else in the learner's folder: of a stack
   * trace, or an esbuild message. A file that was given throws at what it is given.
   */
  inText(text: string): Place | undefined {
    const places = this.#allIn(text)
    return places.find(({ file }) => this.#edit.includes(file)) ?? places[0]
  }

  /** The first of the calls that is in the learner's folder. */
  inCalls(calls: Place[]): Place | undefined {
    const call = calls.find((place) => this.#isOurs(place))
    return call && this.#place(call.file, call.line)
  }

  /** Where in the learner's folder the innermost of the calls got its values from. */
  ofGiver(calls: Frame[]): Place | undefined {
    const call = giver(
      calls.filter((frame) => this.#isOurs(frame)),
      linesOf,
    )
    return call && this.#place(call.file, call.line)
  }

  /** Where `importer` imports `specifier`, which Node's message gives as a package's name or an absolute path. */
  ofImport(importer: string, specifier: string): Place | undefined {
    const path = resolve(dirname(importer), specifier)
    const lines = linesOf(importer)
    const line = lines.findIndex((text) =>
      [...text.matchAll(/(['"])(.+?)\1/g)].some(([, , name = '']) => {
        return name === specifier || resolve(dirname(importer), name) === path
      }),
    )
    return line < 0 ? undefined : this.#place(importer, line + 1)
  }

  /** The file of the learner's folder that exports `name`, as another one imports it: `./encode.ts`. */
  exporterOf(name: string): string | undefined {
    const exported = new RegExp(`^export (?:async )?(?:function\\*?|class|const|let) ${name}\\b`)
    const file = filesIn(this.#folder).find((file) =>
      linesOf(join(this.#folder, file)).some((line) => exported.test(line)),
    )
    return file && `./${file}`
  }

  /** A path as a learner would write it: relative to the project, where their program runs. */
  name(path: string): string {
    return relative(this.#root, resolve(this.#root, path)).replaceAll(sep, '/')
  }

  #allIn(text: string): Place[] {
    const places: Place[] = []
    const url = pathToFileURL(this.#folder).href
    for (const line of text.split('\n')) {
      for (const [prefix, toPath] of [
        [`${url}/`, fileURLToPath],
        [this.#folder + sep, String],
      ] as const) {
        const start = line.indexOf(prefix)
        const [, file, number] =
          start < 0 ? [] : (/^(.+?):(\d+)/.exec(line.slice(start + prefix.length)) ?? [])
        if (!file || file.includes('node_modules')) continue
        places.push(this.#place(toPath(prefix + file), Number(number)))
        break
      }
    }
    return places
  }

  #isOurs({ file }: Place): boolean {
    return file.startsWith(this.#folder + sep) && !file.includes('node_modules')
  }

  #place(path: string, line: number): Place {
    return { file: this.name(path), line }
  }
}

/** What Node says of a name that is neither declared nor imported. */
export const NOT_DEFINED = /^ReferenceError: (\w+) is not defined/

/** The code of the error of a second answer to one request. */
const TWICE = 'ERR_HTTP2_HEADERS_SENT'

/** A report of the probe, with the stack trace turned into a place. */
export function crashFrom(report: CrashReport, places: Places): Crash {
  const { origin, name, message, code, stack } = report
  // A function that answers is right each time that it is called. It is the outer call that was one too many.
  const calls = code === TWICE ? stack.split('\n').reverse().join('\n') : stack
  const at = places.inText(message) ?? places.inText(calls)
  const [, missing] = NOT_DEFINED.exec(`${name}: ${message}`) ?? []
  return { kind: origin, name, message, code, at, exporter: missing && places.exporterOf(missing) }
}

/** A path without links, as Node reports files. One that was just moved away is as it was. */
export function realPath(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((file) => /\.[cm]?[jt]s$/.test(file))
  } catch {
    return []
  }
}

function linesOf(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n')
  } catch {
    return []
  }
}
