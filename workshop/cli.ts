/** The one program behind `npm run lesson`, `npm run check` and the others; `main.mjs` loads it. */
import { UsageError } from './errors.ts'
import { nearest } from './nearest.ts'
import { guardConsole } from './render/harmless.ts'

interface Command {
  /** Does what the words ask for, and returns the exit code: 0 all is well, 1 a check failed. */
  run(words: string[]): Promise<number>
}

const commands: Record<string, () => Promise<Command>> = {
  lesson: () => import('./commands/lesson.ts'),
  check: () => import('./commands/check.ts'),
  list: () => import('./commands/list.ts'),
  reset: () => import('./commands/reset.ts'),
  undo: () => import('./commands/undo.ts'),
  diff: () => import('./commands/diff.ts'),
  demo: () => import('./commands/demo.ts'),
  doctor: () => import('./commands/doctor.ts'),
  certs: () => import('./commands/certs.ts'),
  start: () => import('./commands/start.ts'),
  inspect: () => import('./commands/inspect.ts'),
  case: () => import('./commands/case.ts'),
  grade: () => import('./commands/grade.ts'),
  'check-lessons': () => import('./commands/check-lessons.ts'),
  help: () => import('./commands/help.ts'),
}

/** What people type after a command that they know too little about. */
const HELP = ['help', '--help', '-h']

async function main([name = '', ...words]: string[]): Promise<number> {
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!load) throw new UsageError(unknownCommand(name))
  if (name !== 'help' && words.some((word) => HELP.includes(word))) return main(['help', name])
  const command = await load()
  return command.run(words)
}

function unknownCommand(name: string): string {
  const names = Object.keys(commands)
  const meant = nearest(name, names)
  const offer = meant ? `Did you mean "${meant}"?` : `There are: ${names.join(', ')}.`
  return name === '' ? `Which command? ${offer}` : `There is no command "${name}". ${offer}`
}

/** One line for whoever typed the command; the stack is for those who look for the fault in the workshop. */
function report(error: unknown): void {
  if (error instanceof UsageError) {
    console.error(error.message)
    return
  }
  if (process.env.DEBUG === 'workshop') console.error(error)
  const message = error instanceof Error ? error.message : String(error)
  const options = process.env.NODE_OPTIONS
  const advice = options ? `NODE_OPTIONS is set to ${options}: try without it.` : howToReport
  console.error(`The workshop itself failed: ${message.split('\n')[0]}. ${advice}`)
}

const howToReport =
  'Please report it: CONTRIBUTING.md says how. DEBUG=workshop in the environment shows where.'

guardConsole()
try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  report(error)
  process.exitCode = 2
}
// A library that left a file watcher open must not keep the command from ending. What is printed goes out first.
process.stdout.write('', () => process.stderr.write('', () => process.exit()))
