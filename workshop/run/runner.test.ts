import { expect, test } from 'vitest'
import { findLesson } from '../args.ts'
import { ensureCerts } from '../project/certs.ts'
import { Runner } from './runner.ts'
import { targetOf } from './target.ts'

test('nothing watches the checks: a change to them would start a run of its own, in the middle of another', async () => {
  const watchers = () => process.getActiveResourcesInfo().filter((name) => name === 'FSEventWrap').length
  const before = watchers()
  await using _runner = await Runner.create()
  await expect.poll(watchers).toBe(before)
})

test('a run that was made ready for another lesson leaves nothing in the verdict', async () => {
  await ensureCerts()
  const headers = findLesson('headers')
  const server = findLesson('http2-server')
  if (!headers || !server) throw new Error('lesson 02 or 03 is missing')
  await using runner = await Runner.create()
  await runner.prepare(headers, targetOf({ kind: 'solution' }, headers))
  const { checks, passed } = await runner.run(server, targetOf({ kind: 'solution' }, server))
  expect(checks.filter(({ id }) => !id.startsWith(server.slug))).toEqual([])
  expect(passed).toBe(true)
})
