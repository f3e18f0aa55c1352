import { styleText } from 'node:util'
import { readWords } from '../args.ts'
import { examine, type Finding } from '../machine/doctor.ts'
import { readable } from '../render/harmless.ts'
import { wrap } from '../render/lines.ts'

/** `npm run doctor`: what the workshop finds on this machine, and what to do. Exit code 1 when it can't run like this. */
export async function run(words: string[]): Promise<number> {
  readWords('doctor', words, [])
  const findings = await examine()
  console.log('')
  for (const finding of findings) console.log(entry(finding))
  const broken = findings.filter(({ state }) => state === 'broken').map(({ name }) => name)
  console.log(broken.length === 0 ? '\n  You are ready.' : `\n  To be mended: ${broken.join(', ')}`)
  return broken.length === 0 ? 0 : 1
}

function entry({ name, state, says, advice }: Finding): string {
  const indent = ' '.repeat(17)
  const [first = '', ...more] = wrap(readable(says), 80 - indent.length)
  const lines = [`  ${marks[state]} ${name.padEnd(13)}${first}`, ...more.map((line) => indent + line)]
  if (advice)
    lines.push(
      ...wrap(advice, 80 - indent.length - 2).map((line, i) => indent + (i === 0 ? '→ ' : '  ') + line),
    )
  return lines.join('\n')
}

const marks: Record<Finding['state'], string> = {
  found: styleText('green', '✓'),
  missing: styleText('yellow', '–'),
  broken: styleText('red', '✗'),
}
