/** The program of the file that runs alone: `node sse-inspect.mjs URL`, with any Node from 20 on. */
import './older-node.ts'
import { UsageError } from '../errors.ts'
import { guardConsole } from '../render/harmless.ts'
import { inspect } from './run.ts'
import { USAGE } from './usage.ts'

guardConsole()
const words = process.argv.slice(2)
try {
  if (words.length === 0 || ['--help', '-h', 'help'].includes(words[0] ?? '')) {
    console.log(USAGE)
    process.exitCode = words.length === 0 ? 2 : 0
  } else {
    process.exitCode = await inspect(words)
  }
} catch (error) {
  if (!(error instanceof UsageError)) throw error
  console.error(error.message)
  process.exitCode = 2
}
// A connection that is slow to close must not keep it from ending. What is printed goes out first.
process.stdout.write('', () => process.stderr.write('', () => process.exit()))
