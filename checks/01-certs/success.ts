/** Why a program that should have ended well did not. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Misfortune } from '../support/failure.ts'
import { cureOf } from '../support/server/cures.ts'
import { deathAtStart } from '../support/server/death.ts'
import { firstLine, type Ran } from '../support/server/program.ts'
import type { CheckContext } from '../support/subject.ts'
import { strangeOption } from './options.ts'
import { refusalIn } from './refusals.ts'

/**
 * Fails the check unless the program ended with exit code 0. The manifest of the check has the faults `crash`,
 * `missing`, `nothingNew`, `asks`, `option`, `hang` and `openssl`.
 */
export function expectSuccess(context: CheckContext, ran: Ran, ms: number): void {
  const { exit, output, program } = ran
  const expected = `exit code 0, within ${ms / 1000} s`
  if (output.toLowerCase().includes('openssl') && exit?.code !== 0 && !hasOpenssl()) {
    context.fail({ expected, received: firstLine(output), fault: 'openssl' })
  }
  if (ran.listening !== undefined) {
    context.fail({ expected, received: `a program that listens on port ${ran.listening}`, fault: 'hang' })
  }
  if (!exit)
    context.fail({ expected, received: `a program that still runs after ${ms / 1000} s`, fault: 'hang' })
  const { crash, code } = exit
  if (crash && LOADING.test(`${crash.name} ${crash.code}`)) {
    throw new Misfortune({ ...deathAtStart(program), expected })
  }
  if (crash) {
    const received = `${crash.name}: ${crash.message.split('\n')[0]?.slice(0, 200)}`
    if (crash.code === 'ENOENT') context.fail({ expected, received, fault: 'missing', at: crash.at })
    context.fail({ expected, received, fault: 'crash', ...cureOf(crash), at: crash.at })
  }
  if (code === null || program.spawnError) throw new Misfortune({ ...deathAtStart(program), expected })
  if (code === 0) return
  const ending = `exit code ${code}, `
  if (ASKS.test(output)) {
    context.fail({ expected, received: `${ending}after openssl had asked for a name`, fault: 'asks' })
  }
  const refused = refusalIn(output)
  if (refused) {
    const received = `${ending}as openssl does not understand ${refused.option}`
    context.fail({ expected, received, fault: 'option', fix: refused.fix })
  }
  if (HELP.test(output)) {
    const { received, fix } = refusal(context, output)
    context.fail({ expected, received: ending + received, fault: 'option', fix })
  }
  const received = `${ending}and this line: ${firstLine(output)}`
  context.fail({ expected, received, fault: NO_REQUEST.test(output) ? 'nothingNew' : undefined })
}

/** Which option openssl refuses, in words. Mostly it says so; else it is found in the program's source. */
function refusal(context: CheckContext, output: string): { received: string; fix?: string } {
  const line = firstLine(output)
  const option = HELP.test(line) ? strangeOption(sourceOf(context)) : undefined
  if (!option) return { received: `and this line: ${line}` }
  return {
    received: `as openssl does not understand ${option}`,
    fix: option.startsWith('-') ? undefined : NO_SPACE,
  }
}

function sourceOf({ folder }: CheckContext): string {
  try {
    return readFileSync(join(folder, 'make-certs.ts'), 'utf8')
  } catch {
    return ''
  }
}

function hasOpenssl(): boolean {
  return spawnSync('openssl', ['version'], { stdio: 'ignore', windowsHide: true }).error === undefined
}

const NO_SPACE =
  'Write the value of an option without a space: what stands behind one is taken for the next option.'

/** What `openssl req` says when it was not told to make anything. */
const NO_REQUEST = /unable to load X509 request/i

/** What it says when it was not told the name: there is no one to type an answer. */
const ASKS = /You are about to be asked/i

/** What it says of options that it can not take. */
const HELP = /Use -help for summary|^usage: req/im

/** Errors of a program that could not even be loaded. */
const LOADING = /TransformError|SyntaxError|MODULE_NOT_FOUND/
