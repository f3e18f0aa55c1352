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

const { entry, gate, root, target } = run

/** Where the learner's code writes its events. */
const WRITTEN: Call = { call: 'write', path: '/events' }

/** How every time begins, whatever its event is called. */
const TIME = /^\d{4}-\d\d-\d\dT/

const TICKS = ['Tick 1', 'Tick 2', 'Tick 3']

const encoder = new LearnerModule('encode.ts')
const browser = new PageBrowser(run)
if (gate && target.kind !== 'address') encoder.warmUp({ folder: target.folder, entry, root })

await lesson(manifest, (check) => {
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
    const other = messages.find(({ type, data }) => type !== 'tick' && TIME.test(data)) ?? messages[0]
    const expected = 'event: tick'
    if (!other) return context.fail({ expected, received: 'no event', fault: 'silent', at: WRITTEN })
    const isTick = messages.some(({ type }) => type === 'tick')
    if (isTick && (other.type === 'tick' || !TIME.test(other.data))) return
    const isUnnamed = other.type === 'message'
    const received = isUnnamed ? 'an event without a name' : `event: ${visible(other.type)}`
    context.fail({ expected, received, fault: isUnnamed ? undefined : 'name', at: WRITTEN })
  })

  check('ids', async (context) => {
    const ticks = (await bothClients(context)).flatMap(({ messages }, client) => {
      return messages.filter(({ type }) => type === 'tick').map(({ id, data }) => ({ id, data, client }))
    })
    const expected = 'an id in each tick that no other has'
    for (const { id, data, client } of ticks) {
      if (!id) {
        const received = id === undefined ? 'a tick without an id' : 'a tick with an empty id'
        return context.fail({ expected, received, fault: 'none', at: WRITTEN })
      }
      const other = ticks.find((tick) => tick.id === id && tick.data !== data)
      if (!other) continue
      const isSame = other.client === client
      const whose = isSame ? 'one after the other' : 'one for each of two clients'
      const received = `two ticks with id: ${visible(id)}, ${whose}`
      context.fail({ expected, received, fault: isSame ? undefined : 'anew', at: WRITTEN })
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
