/** Why a program that should have ended well did not. */
import { spawnSync } from 'node:child_process'
import { Misfortune } from '../support/failure.ts'
import { deathAtStart } from '../support/server/death.ts'
import { firstLine, type Ran } from '../support/server/program.ts'
import type { CheckContext } from '../support/subject.ts'

/**
 * Fails the check unless the program ended with exit code 0. The manifest of the check has the faults `crash`,
 * `missing`, `nothingNew`, `hang` and `openssl`.
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
    context.fail({ expected, received, fault: crash.code === 'ENOENT' ? 'missing' : 'crash', at: crash.at })
  }
  if (code === null || program.spawnError) throw new Misfortune({ ...deathAtStart(program), expected })
  if (code === 0) return
  const received = `exit code ${code}, and this line: ${firstLine(output)}`
  context.fail({ expected, received, fault: NO_REQUEST.test(output) ? 'nothingNew' : undefined })
}

function hasOpenssl(): boolean {
  return spawnSync('openssl', ['version'], { stdio: 'ignore', windowsHide: true }).error === undefined
}

/** What `openssl req` says when it was not told to make anything. */
const NO_REQUEST = /unable to load X509 request/i

/** Errors of a program that could not even be loaded. */
const LOADING = /TransformError|SyntaxError|MODULE_NOT_FOUND/
