import { accessSync, constants, statSync } from 'node:fs'
import { posix, win32 } from 'node:path'

/** An installed browser that can be driven. */
export interface Browser {
  /** The program's file, as an absolute path. */
  path: string
  /** What people call it. */
  name: string
  /** How it is driven. */
  kind: 'chromium' | 'firefox'
}

/** What is asked of the machine, so that tests can answer for another one. */
export interface Machine {
  platform: string
  env: Record<string, string | undefined>
  isProgram(path: string): boolean
}

/**
 * An installed Chrome, Edge, Chromium or Firefox, in that order; undefined when there is none.
 *
 * `BROWSER_PATH` in the environment names one, of either kind, and then no other is looked for; so does `CHROME_PATH`.
 * In WSL only browsers installed in Linux count: a Windows browser can't be driven from there.
 */
export function findBrowser(machine: Machine = thisMachine): Browser | undefined {
  const chosen = chosenBrowser(machine)
  const candidates = chosen ? [chosen] : candidatesFor(machine)
  return candidates.find(({ path }) => machine.isProgram(path))
}

/** The first that is driven in this way: the one that the environment names, if it is of this kind. */
export function findOfKind(kind: Browser['kind'], machine: Machine = thisMachine): Browser | undefined {
  if (chosenBrowser(machine)?.kind === kind) return findBrowser(machine)
  return candidatesFor(machine).find((each) => each.kind === kind && machine.isProgram(each.path))
}

/** The program that the environment names, and the variable that names it. */
export function chosenBrowser({ env }: Machine = thisMachine): (Browser & { variable: string }) | undefined {
  const variable = ['BROWSER_PATH', 'CHROME_PATH'].find((name) => env[name])
  const path = variable && env[variable]
  if (!path) return undefined
  const kind = kindOf(path)
  return { path, name: `the ${kind === 'firefox' ? 'Firefox' : 'browser'} of ${variable}`, kind, variable }
}

/** The name of its file tells of which kind a browser is. */
function kindOf(path: string): Browser['kind'] {
  return /firefox/i.test(path.split(/[\\/]/).at(-1) ?? '') ? 'firefox' : 'chromium'
}

function candidatesFor({ platform, env }: Machine): Browser[] {
  const system = platform === 'win32' || platform === 'darwin' ? platform : 'linux'
  const { join, delimiter } = system === 'win32' ? win32 : posix
  const folders = {
    win32: [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA],
    darwin: ['/Applications', env.HOME && join(env.HOME, 'Applications')],
    linux: [...(env.PATH ?? '').split(delimiter), '/snap/bin'],
  }[system]
  return programs[system].flatMap(([name, file]) =>
    folders.flatMap((folder) => (folder ? [{ name, path: join(folder, file), kind: kindOf(file) }] : [])),
  )
}

/** True for a file that this process may run. */
function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

const thisMachine: Machine = { platform: process.platform, env: process.env, isProgram }

/** Under which file name each browser is installed, on each kind of system. */
const programs: Record<'win32' | 'darwin' | 'linux', [name: string, file: string][]> = {
  win32: [
    ['Chrome', 'Google\\Chrome\\Application\\chrome.exe'],
    ['Edge', 'Microsoft\\Edge\\Application\\msedge.exe'],
    ['Chromium', 'Chromium\\Application\\chrome.exe'],
    ['Firefox', 'Mozilla Firefox\\firefox.exe'],
  ],
  darwin: [
    ['Chrome', 'Google Chrome.app/Contents/MacOS/Google Chrome'],
    ['Edge', 'Microsoft Edge.app/Contents/MacOS/Microsoft Edge'],
    ['Chromium', 'Chromium.app/Contents/MacOS/Chromium'],
    ['Firefox', 'Firefox.app/Contents/MacOS/firefox'],
  ],
  linux: [
    ['Chrome', 'google-chrome-stable'],
    ['Chrome', 'google-chrome'],
    ['Edge', 'microsoft-edge-stable'],
    ['Edge', 'microsoft-edge'],
    ['Chromium', 'chromium'],
    ['Chromium', 'chromium-browser'],
    ['Firefox', 'firefox'],
    ['Firefox ESR', 'firefox-esr'],
  ],
}
