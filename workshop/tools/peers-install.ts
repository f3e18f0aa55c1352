/** Servers of other people, which npm installs beside the workshop: they are none of its dependencies. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { memoryFolder } from '../project/paths.ts'

/** Where they are, and where a program has to stand that imports them. */
export const peersFolder = join(memoryFolder(), 'peers')

/** Installs those of the packages, `name@version`, that are not there yet. Throws when npm can't. */
export function installPeers(packages: readonly string[]): void {
  const missing = [...new Set(packages)].filter((name) => !isPeerInstalled(name))
  mkdirSync(peersFolder, { recursive: true })
  const manifest = join(peersFolder, 'package.json')
  if (!existsSync(manifest)) writeFileSync(manifest, '{ "private": true, "type": "module" }\n')
  if (missing.length === 0) return
  const words = [
    'install',
    '--no-audit',
    '--no-fund',
    '--ignore-scripts',
    '--prefix',
    peersFolder,
    ...missing,
  ]
  const { status } = spawnSync('npm', words, { stdio: 'inherit', shell: process.platform === 'win32' })
  if (status !== 0) throw new Error('npm could not install the servers')
}

/** Whether this very version, `name@version`, is there. */
export function isPeerInstalled(wanted: string): boolean {
  const at = wanted.lastIndexOf('@')
  const file = join(peersFolder, 'node_modules', wanted.slice(0, at), 'package.json')
  return existsSync(file) && JSON.parse(readFileSync(file, 'utf8')).version === wanted.slice(at + 1)
}
