/** What mends an error of the console, told from its text: words for what goes wrong between the files of a page. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Place } from '../../verdict.ts'
import { noSuchFunction } from '../server/cures.ts'
import { Places } from '../server/places.ts'
import type { ConsoleError } from './tab.ts'

export interface PageCure {
  why?: string
  fix: string
  /** Where the import stands, which browsers do not tell. */
  at?: Place
}

/** The folder under check and the project's, both absolute; the first is empty for an address. */
interface Folders {
  folder: string
  root: string
}

/** The cure of an error, or undefined where its own text says all there is to say. */
export function cureOf({ text, url = '' }: ConsoleError, { folder, root }: Folders): PageCure | undefined {
  const places = new Places(folder, root)
  if (NOT_LOADED.test(text)) {
    const path = URL.canParse(url) ? new URL(url).pathname : ''
    return isScript(path, folder) ? { ...notLoaded(path), at: importOf(path, folder, places) } : undefined
  }
  const [, bare] = BARE.exec(text) ?? []
  if (bare) return { ...withoutAddress(bare), at: importOf(bare, folder, places) }
  if (NO_EXPORT.test(text)) return NAMED_OTHERWISE
  const [, owner = '', method] = NO_FUNCTION.exec(text) ?? []
  if (method) return noFunction(owner, method)
  if (WITHOUT_OBJECT.test(text)) return HANDED_ON
  const [, name] = NOT_DEFINED.exec(text) ?? []
  if (!name) return undefined
  const file = places.exporterOf(name)
  return file ? notImported(name, asScript(file.slice(1))) : misspelt(name)
}

/** It was answered with an error, or as something else than a script. */
const NOT_LOADED = /^(?:Failed to load (?:resource|module script)|Loading failed for the <script>)/

const BARE = /specifier ["“](.+?)["”]/

const NO_EXPORT = /an export named/

const NO_FUNCTION = /TypeError: (?:(\S+)\.)?(\w+) is not a function/

const NOT_DEFINED = /ReferenceError: (\w+) is not defined/

/** In the words of Chromium, and of Firefox. */
const WITHOUT_OBJECT = /Illegal invocation|called on an object that does not implement interface/

const HANDED_ON: PageCure = {
  why: 'A method that is handed on by itself no longer knows whose it is.',
  fix: 'Hand on a function that calls it: () => controller.abort() in place of controller.abort.',
}

/** What pages of the lessons use of the browser. */
const NAMES = [
  'AbortController',
  'Date',
  'EventSource',
  'JSON',
  'URL',
  'console',
  'document',
  'fetch',
  'window',
]

function isScript(path: string, folder: string): boolean {
  return /\.[cm]?[jt]sx?$/.test(path) || ['.js', '.ts'].some((end) => existsSync(join(folder, path + end)))
}

/** The address of a script: what a browser gets for a file of TypeScript is JavaScript. */
function asScript(path: string): string {
  return path.replace(/(?:\.[jt]s)?$/, '.js')
}

/** Where a page, or a script of it, names an address. */
function importOf(path: string, folder: string, places: Places): Place | undefined {
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => /\.(?:html|js)$/.test(file)) : []
  const found = files.flatMap((file) =>
    [path, `.${path}`].map((name) => places.ofImport(join(folder, file), name)),
  )
  return found.find((place) => place !== undefined)
}

function notLoaded(path: string): PageCure {
  const why = 'A script does not run, not one line of it, until all that it imports has been loaded.'
  if (path.endsWith('.js'))
    return { why, fix: `Correct the address, or let your server answer ${path} with a script.` }
  return {
    why,
    fix: `A browser reads no TypeScript. Import what the server makes of it: '${asScript(path)}'.`,
  }
}

function withoutAddress(name: string): PageCure {
  return {
    why: 'A browser imports an address. A bare name is one only where an import map of the page says so.',
    fix: `Begin with a slash: '${asScript(`/${name}`)}'.`,
  }
}

const NAMED_OTHERWISE: PageCure = {
  why: 'A module hands out the names that it exports. A name without braces stands for its default export.',
  fix: "Import a name that the file exports, in braces: import { … } from '…'.",
}

function noFunction(owner: string, method: string): PageCure {
  if (method === 'on')
    return {
      why: 'on() belongs to Node. What emits events in a browser has addEventListener() in its place.',
      fix: `Write ${owner}.addEventListener('message', (event) => …), with the name of the event that you want.`,
    }
  return noSuchFunction(owner, method)
}

function misspelt(name: string): PageCure {
  const meant = NAMES.find((each) => each.toLowerCase() === name.toLowerCase())
  if (meant) return { fix: `Write ${meant}: capitals count.` }
  return { fix: `Check the spelling of ${name}, or declare it: nothing in the page has that name.` }
}

function notImported(name: string, address: string): PageCure {
  return {
    why: 'A module knows the names that it declares, and those that it imports.',
    fix: `Import it at the top of the file: import { ${name} } from '${address}'.`,
  }
}
