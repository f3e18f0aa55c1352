import module from 'node:module'
import { fileURLToPath } from 'node:url'

/** Lets Node keep what it made of our TypeScript, so that it is stripped and compiled once, and not at each command. */
export function keepCompiled() {
  module.enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/workshop', import.meta.url)))
}
