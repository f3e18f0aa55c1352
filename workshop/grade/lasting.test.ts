import { beforeAll, expect, test } from 'vitest'
import { findLesson } from '../args.ts'
import { ensureCerts } from '../project/certs.ts'
import { Runner } from '../run/runner.ts'
import { targetOf } from '../run/target.ts'
import { Lasting } from './lasting.ts'
import { leftSince, lookAround, markRun } from './leftovers.ts'

beforeAll(async () => {
  await ensureCerts()
  markRun()
})

test('runs follow each other in one thread: none is told of another, their browser is one, and it goes with them', {
  timeout: 180_000,
}, async () => {
  const before = lookAround()
  {
    await using lasting = new Lasting()
    await using runner = await Runner.create(lasting)
    const judge = async (word: string, kind: 'starter' | 'solution') => {
      const lesson = findLesson(word)
      if (!lesson) throw new Error(`there is no lesson ${word}`)
      const { passed, checks } = await runner.run(lesson, targetOf({ kind }, lesson), { alone: true })
      return [passed, ...new Set(checks.map(({ id }) => id.split('/')[0]))]
    }
    expect(await judge('3', 'starter')).toEqual([false, '03-headers'])
    expect(await judge('3', 'solution')).toEqual([true, '03-headers'])
    expect(await judge('2', 'solution')).toEqual([true, '02-http2-server'])
    expect(browsers()).toEqual([])
    expect(await judge('5', 'solution')).toEqual([true, '05-client-page'])
    const kept = browsers()
    expect(kept).toHaveLength(1)
    expect(await judge('5', 'solution')).toEqual([true, '05-client-page'])
    expect(browsers()).toEqual(kept)
  }
  expect(await leftSince(before)).toEqual({ processes: new Map(), ports: [] })
})

/** The ids of the browsers that this process has started; not of their own processes. */
function browsers(): number[] {
  const isBrowser = (command: string) => command.includes('--headless') && !command.includes('--type=')
  return [...lookAround().processes].flatMap(([pid, command]) => (isBrowser(command) ? pid : []))
}
