/**
 * `npm run monkey`, `npm run monkey 2`, `npm run monkey 10 7`: random keys, saves and resizes on the live screen for so
 * many minutes (10), from a seed (any number). It ends with exit code 0 when nothing crashed, nothing was left behind,
 * and no byte of the learner's changed but by a reset after yes, which undo took back.
 */
import { playMonkey } from './monkey-play.ts'

const [minutes = 10, seed = Date.now() % 100_000] = process.argv.slice(2).map(Number)
if (!(minutes > 0) || !Number.isInteger(seed)) {
  console.error('Type how many minutes, and a seed if it is to be the same again: npm run monkey 10 7')
  process.exit(2)
}
console.log(`${minutes} minutes with seed ${seed}`)
const end = Date.now() + minutes * 60_000
try {
  const { steps, keys, saves, resizes, resets } = await playMonkey(seed, () => Date.now() < end)
  console.log(`${steps} steps: ${keys} keys, ${saves} saves, ${resizes} resizes, ${resets} resets taken back`)
  console.log('No crash, nothing left behind, no byte changed.')
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
