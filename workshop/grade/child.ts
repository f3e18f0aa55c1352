/**
 * One of the processes in which `npm run grade` runs cases, one case at a time: it is sent an `Order`, and answers with
 * the verdict. It ends when nobody is there to answer to.
 */
import { lessons } from '../../checks/lessons.ts'
import { Runner } from '../run/runner.ts'
import { Lasting } from './lasting.ts'
import type { Order } from './process.ts'

// Ctrl-C in a terminal goes to every process. The one that gave the orders hears it too, and lets us go.
for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => {})

const gone = new AbortController()
process.once('disconnect', () => gone.abort())

const lasting = new Lasting()
const runner = await Runner.create(lasting)
let running: Promise<unknown> = Promise.resolve()

process.on('message', ({ slug, target }: Order) => {
  running = judge(slug, target)
})

if (!gone.signal.aborted) await new Promise((resolve) => gone.signal.addEventListener('abort', resolve))
await running
await runner[Symbol.asyncDispose]()
await lasting[Symbol.asyncDispose]()
process.exit()

async function judge(slug: string, target: Order['target']): Promise<void> {
  const lesson = lessons.find((each) => each.slug === slug)
  if (!lesson) throw new Error(`there is no lesson ${slug}`)
  const verdict = await runner.run(lesson, target, { signal: gone.signal })
  if (process.connected) process.send?.(verdict)
}
