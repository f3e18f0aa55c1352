/** Judges cases of `npm run grade`, one at a time: a `GradeProcess`. */
import type { Verdict } from '../../checks/verdict.ts'
import { Runner } from '../run/runner.ts'
import { assemble } from './assemble.ts'
import type { Case } from './cases.ts'
import { Lasting } from './lasting.ts'
import { answerOrders } from './process.ts'

export interface Order {
  case: Case
  /** Where to put it together, absolute. */
  folder: string
  /** The checks of the lessons before are left out. */
  alone: boolean
}

const lasting = new Lasting()
let runner: Promise<Runner> | undefined

await answerOrders<Order, Verdict>(async ({ case: each, folder, alone }, signal) => {
  runner ??= Runner.create(lasting)
  const target = await assemble(each, folder)
  return (await runner).run(each.lesson, target, { alone, signal })
})
await (await runner)?.[Symbol.asyncDispose]()
await lasting[Symbol.asyncDispose]()
process.exit()
