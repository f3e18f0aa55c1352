/** Judges programs from hell, one at a time: a `GradeProcess`. Each has a new thread, as a learner's has. */
import { firstFailed } from '../../checks/verdict.ts'
import { Runner } from '../run/runner.ts'
import { typeNotes } from '../run/typecheck.ts'
import { assemble } from './assemble.ts'
import type { HellOrder, HellResult } from './hell.ts'
import { isReceived } from './hell-cases.ts'
import { leftSince, lookAround, markRun } from './leftovers.ts'
import { answerOrders } from './process.ts'

/** Nobody waits for these notes: a busy machine may take its time, in milliseconds. */
const TYPES_MS = 60_000

markRun() // what this process leaves behind is told from what the others leave
let runner: Promise<Runner> | undefined

await answerOrders<HellOrder, HellResult>(async ({ case: each, folder }, signal) => {
  runner ??= Runner.create()
  const target = await assemble(each, folder)
  const ready = await runner
  const before = lookAround()
  const memory = watchMemory()
  const verdict = await ready.run(each.lesson, target, { signal })
  const grown = memory.stop()
  const left = await leftSince(before)
  if (each.passes !== 'no') verdict.notes.push(...(await typeNotes(folder, each.lesson.entry, TYPES_MS)))
  const message = firstFailed(verdict)?.failure?.received ?? verdict.notes.join('; ')
  const isRight = each.passes === 'maybe' || verdict.passed === (each.passes === 'yes')
  const isSaid = (each.passes === 'maybe' && verdict.passed) || isReceived(each, message)
  return { case: each, verdict, message, isAsSaid: isRight && isSaid, left, grown }
})
await (await runner)?.[Symbol.asyncDispose]()
process.exit()

/** Looks at this process's memory again and again. `stop` answers with the growth up to its peak, in MiB. */
function watchMemory(): { stop(): number } {
  const start = process.memoryUsage.rss()
  let peak = start
  const timer = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss())
  }, 50)
  return {
    stop() {
      clearInterval(timer)
      return Math.round((peak - start) / 2 ** 20)
    },
  }
}
