/**
 * The process that a server is measured in: imports its program, sends what it is told to, and answers what this has cost.
 * It does nothing else, and ends with whoever started it.
 */
import { pathToFileURL } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Answer, Order } from './server.ts'
import { textsOf } from './text.ts'

const { publish } = await import(pathToFileURL(process.argv[2] ?? '').href)
setFlagsFromString('--expose-gc')
const gc: () => void = runInNewContext('gc')

process.on('disconnect', () => process.exit())
process.on('message', (order: Order) => {
  if (order.publish !== undefined) publish(textsOf(order.publish))
  else process.send?.(usage(order.afterGc === true))
})
process.send?.(usage(false)) // the server is there

function usage(afterGc: boolean): Answer {
  if (afterGc) for (let pass = 0; pass < 4; pass++) gc() // what was weakly held goes with the second
  const { user, system } = process.cpuUsage()
  const { rss, heapUsed, external } = process.memoryUsage()
  return { cpu: user + system, rss, heap: heapUsed + external }
}
