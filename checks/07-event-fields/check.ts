import { afterAll } from 'vitest'
import { lesson } from '../support/lesson.ts'
import { PageBrowser } from '../support/page/browser.ts'
import { quote } from '../support/page/expect.ts'
import { startScripted } from '../support/proxy/scripted.ts'
import { run } from '../support/run.ts'
import { LearnerModule } from '../support/server/module.ts'
import type { Call } from '../support/server/types.ts'
import type { CheckContext } from '../support/subject.ts'
import { visible } from '../wire/bytes.ts'
import {
  arrives,
  dataFault,
  fieldsFault,
  inBrowser,
  inShort,
  isRefused,
  notRefused,
  refusedFault,
} from './counterexample.ts'
import { COMMENTS, DATA, FIELDS, REFUSED } from './inputs.ts'
import manifest from './manifest.ts'
import { type Evaluate, findWrong } from './search.ts'
import { bothClients, retriesOf } from './streams.ts'

const { entry, gate, keeper, root, target } = run

/** Where the learner's code writes its events. */
const WRITTEN: Call = { call: 'write', path: '/events' }

const TICKS = ['Tick 1', 'Tick 2', 'Tick 3']

await lesson(manifest, (check) => {
  const encoder = new LearnerModule('encode.ts')
  const browser = new PageBrowser(keeper)
  if (gate) browser.warmUp()
  if (gate && target.kind !== 'address') encoder.warmUp({ folder: target.folder, entry, root })
  afterAll(() => Promise.all([encoder.close(), browser.close()]))

  check('exports', async (context) => {
    const call = "encode({ data: 'hello' })"
    const [kind, outcome] = await encoder.evaluate(context, ['typeof encode', call])
    if (!kind || !('value' in kind) || kind.value !== 'function') {
      const received = 'no function of this name'
      return context.fail({ expected: 'a function encode that encode.ts exports', received })
    }
    // What it throws is told by the check that knows why it should not.
    if (!outcome || 'thrown' in outcome || ('value' in outcome && typeof outcome.value === 'string')) return
    const fault = 'type' in outcome && outcome.type === 'Promise' ? 'promise' : 'text'
    context.fail({ expected: `${call} → a text`, received: inShort(outcome), fault })
  })

  check('data', async (context) => {
    const wrong = await findWrong(calls(context), DATA, arrives)
    if (wrong) context.fail({ ...inBrowser(wrong), fault: dataFault(wrong) })
  })

  check('fields', async (context) => {
    const wrong = await findWrong(calls(context), FIELDS, arrives)
    if (wrong) context.fail({ ...inBrowser(wrong), fault: fieldsFault(wrong) })
  })

  check('comment', async (context) => {
    const wrong = await findWrong(calls(context), COMMENTS, arrives)
    if (wrong) context.fail({ ...inBrowser(wrong), fault: 'thrown' in wrong.outcome ? 'threw' : undefined })
  })

  check('refuses', async (context) => {
    const wrong = await findWrong(calls(context), REFUSED, isRefused)
    if (wrong) context.fail({ ...notRefused(wrong), fault: refusedFault(wrong) })
  })

  check('retry', async (context) => {
    for (const [i, recording] of (await bothClients(context)).entries()) {
      const { values, early } = retriesOf(recording)
      const value = values[early - 1]
      if (value === '2000') continue
      const whose = i === 0 ? '' : ' for the next client'
      const expected = `retry: 2000 before the first event${whose}`
      const first = values[0]
      if (value !== undefined) {
        const fault = /^\d+$/.test(value) ? 'other' : 'digits'
        context.fail({ expected, received: `retry: ${visible(value)}`, fault, at: WRITTEN })
      }
      const received = first === undefined ? 'no retry field' : `retry: ${visible(first)}, after an event`
      const fault = first === undefined ? (i === 0 ? undefined : 'once') : 'late'
      context.fail({ expected, received, fault, at: WRITTEN })
    }
  })

  check('ticks', async (context) => {
    const [{ messages }] = await bothClients(context)
    const other = messages.find(({ type, data }) => type !== 'tick' && !Number.isNaN(Date.parse(data)))
    if (!other && messages.some(({ type }) => type === 'tick')) return
    const name = (other ?? messages[0])?.type
    const isUnnamed = name === undefined || name === 'message'
    context.fail({
      expected: 'event: tick',
      received: isUnnamed ? 'an event without a name' : `event: ${visible(name)}`,
      fault: isUnnamed ? undefined : 'name',
      at: WRITTEN,
    })
  })

  check('ids', async (context) => {
    const streams = (await bothClients(context)).map(({ messages }) => {
      return messages.filter(({ type }) => type === 'tick')
    })
    const seen = new Map<string, { data: string; stream: number }>()
    for (const [stream, ticks] of streams.entries()) {
      for (const { id, data } of ticks) {
        const expected = 'an id in each tick that no other has'
        if (!id) {
          const received = id === undefined ? 'a tick without an id' : 'a tick with an empty id'
          return context.fail({ expected, received, fault: 'none', at: WRITTEN })
        }
        const before = seen.get(id)
        if (before && before.data !== data) {
          const fault = before.stream === stream ? undefined : 'anew'
          const where = fault ? 'one for each of two clients' : 'one after the other'
          context.fail({
            expected,
            received: `two ticks with id: ${visible(id)}, ${where}`,
            fault,
            at: WRITTEN,
          })
        }
        seen.set(id, { data, stream })
      }
    }
  })

  check('listed', async (context) => {
    await using source = await startScripted({ root: context.root, target: context.origin, event: 'tick' })
    await using page = await browser.open(context, source.origin)
    await page.until(({ sources }) => sources.some(({ readyState }) => readyState === 1))
    source.send(...TICKS)
    const { sight } = await page.until(({ items = [] }) => items.length >= TICKS.length)
    await page.catchUp()
    const items = sight.items ?? []
    if (items.length === TICKS.length && TICKS.every((data, i) => items[i] === data)) return
    const expected = `items ${quote(TICKS)}`
    const [error] = page.errors
    if (items.length === 0 && error) {
      context.fail({ expected, received: error.text, fault: 'error', at: error.at })
    }
    const isTwice = items[0] !== undefined && items[0] === items[1]
    const received = items.length === 0 ? 'no item' : `items ${quote(items.slice(0, TICKS.length))}`
    context.fail({ expected, received, fault: isTwice ? 'twice' : undefined })
  })

  function calls(context: CheckContext): Evaluate {
    return (expressions) => encoder.evaluate(context, expressions)
  }
})
