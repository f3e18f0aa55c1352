// What `npm run …` starts, with whatever Node there is. It can say what is missing when nothing is installed yet.
import { addressSpaceFault } from './address-space.mjs'
import { keepCompiled } from './compile-cache.mjs'
import { nodeFault } from './node-version.mjs'

/** @param {string} fault */
function say(fault) {
  console.error(fault)
  process.exit(2)
}

try {
  import.meta.resolve('vitest')
} catch {
  say('The packages are not installed yet. Type: npm ci')
}
const fault = nodeFault(process.versions.node) ?? addressSpaceFault()
if (fault) say(fault)
keepCompiled()
await import('./cli.ts')
