/** Lesson 15: its HAProxy file is run, before two finished servers with one Redis. One after the other is killed. */
import { expect, test } from 'vitest'
import { RESTART_MS } from '../../checks/13-shutdown/rolling.ts'
import { outlive, Pair } from '../../checks/13-shutdown/rolling-pair.ts'
import { haproxyPair, isInstalled, ProxyProgram } from './proxy-program.ts'

const TIMES = 2

test.runIf(isInstalled(haproxyPair))(
  'behind HAProxy, nobody misses anything while each of two servers is killed',
  async () => {
    await using pair = await Pair.begin()
    const [one, other] = pair.ports
    await using proxy = await ProxyProgram.start(haproxyPair, { 8081: String(one), 8082: String(other) })
    const lives = await outlive(pair, proxy.origin, TIMES, ({ servers }, time) =>
      servers[time % 2 ? 1 : 0].crash(),
    )
    for (const { statuses } of lives) expect(statuses.length).toBeGreaterThanOrEqual(TIMES)
  },
  (TIMES + 2) * RESTART_MS,
)
