import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  asksWithoutPath,
  breaksConnection,
  resetsAtOnce,
  resetsStream,
} from '../../checks/02-http2-server/tries.ts'
import { cutsLetter, posts } from '../../checks/08-broadcast/tries.ts'
import { lessons } from '../../checks/lessons.ts'
import { startServer } from '../../checks/support/server/start.ts'
import { ensureCerts } from '../project/certs.ts'
import { root, solutionFolder } from '../project/paths.ts'
import { temporaryFolder } from '../testing/folder.ts'
import { assemble } from './assemble.ts'
import { findCases } from './cases.ts'

const run = promisify(execFile)

beforeAll(async () => void (await ensureCerts()))

/** What a command to try prints, typed while a server runs. */
async function typed(command: string, folder: string): Promise<string> {
  await using server = await startServer({ folder, root, entry: 'server.ts' })
  const line = command.replaceAll('{origin}', server.origin)
  const { stdout, stderr } = await run('/bin/sh', ['-c', line], { cwd: root, timeout: 40_000 }).catch(
    (error: { stdout: string; stderr: string }) => error,
  )
  return stdout + stderr
}

describe.skipIf(process.platform === 'win32')('a command to try shows the fault', { timeout: 90_000 }, () => {
  test.for<[id: string, command: string, shows: string, otherwise: string]>([
    ['02-http2-server/no-listener', resetsStream('GET', '/', 1), 'connection lost', 'still connected'],
    [
      '02-http2-server/listener-for-get-alone',
      resetsStream('HEAD', '/', 2),
      'connection lost',
      'still connected',
    ],
    [
      '02-http2-server/listener-for-home-alone',
      resetsStream('GET', '/nothing-here', 2),
      'connection lost',
      'still connected',
    ],
    ['02-http2-server/some-codes', resetsStream('GET', '/', 7), 'connection lost', 'still connected'],
    ['02-http2-server/ends-the-session', resetsStream('GET', '/', 2), 'connection lost', 'still connected'],
    ['02-http2-server/answers-too-late', resetsAtOnce, 'connection lost', 'still connected'],
    ['02-http2-server/no-path', asksWithoutPath, 'connection lost', 'still connected'],
    ['02-http2-server/session-errors-thrown', breaksConnection, 'curl: (', 'HTTP/2 200'],
    ['02-http2-server/connection-errors-thrown', breaksConnection, 'curl: (', 'HTTP/2 200'],
    ['08-broadcast/adds-chunks', cutsLetter, 'data: \uFFFD', 'data: 🎉'],
    ['08-broadcast/trims', posts("printf ' two\\nlines '"), 'data: two', 'data:  two'],
  ])('%s', async ([id, command, shows, otherwise]) => {
    const [slug = '', wrong] = id.split('/')
    const lesson = lessons.filter((each) => each.slug === slug)
    const found = findCases(lesson).find((each) => each.kind === 'wrong' && each.name === wrong)
    if (!found) throw new Error(`there is no case ${id}`)
    await using folder = await temporaryFolder({})
    const { folder: into } = (await assemble(found, folder.path)) as { folder: string }
    expect(await typed(command, into)).toContain(shows)
    expect(await typed(command, solutionFolder(slug))).toContain(otherwise)
  })
})
