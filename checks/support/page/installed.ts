import { accessSync, constants, statSync } from 'node:fs'
import { posix, win32 } from 'node:path'

/** An installed browser that can be driven. */
export interface Browser {
  /** The program's file, as an absolute path. */
  path: string
  /** What people call it. */
  name: string
}

/** What is asked of the machine, so that tests can answer for another one. */
export interface Machine {
  platform: string
  env: Record<string, string | undefined>
  isProgram(path: string): boolean
}

/**
 * An installed Chrome, Edge or Chromium, in that order; undefined when there is none.
 *
 * `CHROME_PATH` in the environment names one, and then no other is looked for. In WSL only browsers installed
 * in Linux count: a Windows browser can't be driven from there.
 */
export function findBrowser(machine: Machine = thisMachine): Browser | undefined {
  const chosen = machine.env.CHROME_PATH
  const candidates = chosen ? [{ path: chosen, name: 'the browser of CHROME_PATH' }] : candidatesFor(machine)
  return candidates.find(({ path }) => machine.isProgram(path))
}

function candidatesFor({ platform, env }: Machine): Browser[] {
  const kind = platform === 'win32' || platform === 'darwin' ? platform : 'linux'
  const { join, delimiter } = kind === 'win32' ? win32 : posix
  const folders = {
    win32: [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA],
    darwin: ['/Applications', env.HOME && join(env.HOME, 'Applications')],
    linux: [...(env.PATH ?? '').split(delimiter), '/snap/bin'],
  }[kind]
  return programs[kind].flatMap(([name, file]) =>
    folders.flatMap((folder) => (folder ? [{ name, path: join(folder, file) }] : [])),
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
  ],
  darwin: [
    ['Chrome', 'Google Chrome.app/Contents/MacOS/Google Chrome'],
    ['Edge', 'Microsoft Edge.app/Contents/MacOS/Microsoft Edge'],
    ['Chromium', 'Chromium.app/Contents/MacOS/Chromium'],
  ],
  linux: [
    ['Chrome', 'google-chrome-stable'],
    ['Chrome', 'google-chrome'],
    ['Edge', 'microsoft-edge-stable'],
    ['Edge', 'microsoft-edge'],
    ['Chromium', 'chromium'],
    ['Chromium', 'chromium-browser'],
  ],
}
