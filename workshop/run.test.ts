import { expect, test } from 'vitest'
import { Runner } from './run.ts'

test('nothing watches the checks: a change to them would start a run of its own, in the middle of another', async () => {
  const watchers = () => process.getActiveResourcesInfo().filter((name) => name === 'FSEventWrap').length
  const before = watchers()
  await using _runner = await Runner.create()
  await expect.poll(watchers).toBe(before)
})
