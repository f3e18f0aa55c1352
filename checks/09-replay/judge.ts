/** What is said of a client that did not receive what it should: the messages by letters, in the order of publication. */
import type { Report } from '../support/failure.ts'
import { type Flaw, flawIn, flawText, lettered, letterOf, upTo } from '../support/traffic/sequence.ts'
import { visible } from '../wire/bytes.ts'
import type { Listed } from './cuts.ts'
import type { Outcome } from './outcome.ts'
import { NEW, type Return } from './quiet.ts'
import type { Comer } from './runs.ts'
import { LIVE, type Strangers } from './strangers.ts'
import type { Wandering, Wrong } from './wanderers.ts'

const BARE_RESET = 'event: reset without data'

/** Who came back, and nothing else was published meanwhile. */
export function judgeReturn(
  outcome: Return,
  who = `the id of ${letterOf(outcome.place)}`,
): Report | undefined {
  const { place, received, resets, hasBareReset, named, refusal } = outcome
  const expected = `${lettered(upTo(NEW, place + 1))}, for a client that comes back with ${who}`
  const told = (what: string) => `${what}\n(published: A B C D E while it was away, F when it was back)`
  if (refusal) return { expected, received: refusal, fault: 'refused' }
  const reset = hasBareReset ? BARE_RESET : resets > 0 && 'event: reset'
  if (reset) {
    const fault = place === NEW - 1 ? 'newest' : 'reset'
    return { expected, received: told(`${reset}, then ${lettered(received)}`), fault }
  }
  const flaw = flawIn(received, place, NEW)
  if (!flaw) return undefined
  if (named) return { expected, received: told(`some of it with event: ${visible(named)}`), fault: 'named' }
  const report = { expected, received: told(`${lettered(received)}: ${flawText(flaw)}`) }
  if (!received.includes(NEW)) return { ...report, fault: 'new' }
  if (received.length === 1) return report
  if (received[0] === 0 && place > 0) return { ...report, fault: 'all' }
  if (received[0] === place) return { ...report, fault: 'own-again' }
  return { ...report, fault: { gap: 'some', double: 'double', order: 'order' }[flaw.kind] }
}

/** Who came with an id that nobody knows, when message `live` was still to be published. */
export function judgeStranger(outcome: Outcome, who: string, live: number): Report | undefined {
  const { received, resets, early, hasBareReset, refusal } = outcome
  const expected = `event: reset, then ${letterOf(live)}, for ${who}`
  const told = (what: string) =>
    `${what}\n(published: ${lettered(upTo(live - 1))} before it came, ${letterOf(live)} when it was there)`
  if (refusal) return { expected, received: refusal, fault: 'refused' }
  if (hasBareReset) return { expected, received: BARE_RESET, fault: 'no-data' }
  if (resets === 0) {
    const isNewAlone = received.length <= 1
    return {
      expected,
      received: told(`${lettered(received)}, and no reset`),
      fault: isNewAlone ? undefined : 'all',
    }
  }
  if (resets > 1) return { expected, received: `${resets} times event: reset`, fault: 'several' }
  if (early > 0)
    return {
      expected,
      received: told(`${lettered(received.slice(0, early))}, then event: reset`),
      fault: 'late',
    }
  if (received.length === 1 && received[0] === live) return undefined
  const fault = received.includes(live) ? 'all' : 'silent'
  return { expected, received: told(`event: reset, then ${lettered(received)}`), fault }
}

/** Who came back behind a reset: it has the rest without a gap, or is told again. */
export function judgeBack({ back }: Strangers): Report | undefined {
  const { received, resets } = back
  const last = LIVE + 1
  const first = received[0] ?? last
  if (resets > 0 || (first <= LIVE && !flawIn(received, first - 1, last))) return undefined
  return {
    expected: `${lettered([LIVE, last])}, or a reset, for a client that dropped right behind its reset`,
    received: `${lettered(received)}\n(published: ${letterOf(LIVE)} while it was away, ${letterOf(last)} when it was back)`,
    fault: 'gap',
  }
}

/** Who came back to a log that holds `size` messages. The one before those may be known by its id, or not. */
export function judgeKept(comer: Comer): Report | undefined {
  const { place, last, size, received, resets } = comer
  const isDefault = size > 26
  const missed = last - place
  const isReset = resets === 1 && received.length === 1 && received[0] === last + 1
  const isWhole = resets === 0 && !flawIn(received, place, last + 1)
  const expected = `${missed > size ? 'event: reset' : isDefault ? `${missed} messages` : lettered(upTo(last, place + 1))}, for a client that missed ${missed} messages${isDefault ? '' : ` with LOG_SIZE=${size}`}`
  const old = received.filter((message) => message <= last)
  const list = isDefault ? `${old.length} messages` : lettered(old)
  const told = (what: string) => (isDefault ? what : `${what}\n(published: A to ${letterOf(last)})`)
  if (missed > size) {
    if (isReset) return undefined
    if (resets > 0) return { expected, received: told(`event: reset, then ${list}`), fault: 'after-reset' }
    if (isWhole) return { expected, received: told(list), fault: isDefault ? 'unbounded' : undefined }
    return { expected, received: told(`${list}, and no reset`), fault: lostFault(old, last) }
  }
  if (isWhole || (missed === size && isReset)) return undefined
  const seen = resets > 0 ? 'event: reset' : list
  return { expected, received: told(seen), fault: isDefault ? 'default' : 'short' }
}

/** Which part a client did not get that was not told of it: a log may let go of the wrong end. */
function lostFault(received: readonly number[], last: number): string {
  if (received.length === 0) return 'nothing'
  return received.includes(last) ? 'gap' : 'newest'
}

/** Those who came back while something was published all the time: the story of one that went wrong, as short as can be. */
export function judgeWandering({ wrong }: Wandering): Report | undefined {
  const [story] = wrong.toSorted((a, b) => rank(a) - rank(b))
  if (!story) return undefined
  const { flaw } = story
  const { published, second, what } = typeof flaw === 'string' ? WITHOUT[flaw] : tale(flaw, story.from)
  const isAtStart = wrong.every(
    ({ flaw }) => typeof flaw !== 'string' && flaw.kind === 'gap' && flaw.at === 0,
  )
  const fault = typeof flaw === 'string' ? flaw : flaw.kind
  return {
    expected: `${published}: what was published, each once and in this order`,
    received: [
      'first connection: … A',
      `second connection, with the id of A: ${second}`,
      what,
      `(${wrong.length} of their returns went wrong)`,
    ].join('\n'),
    fault: isAtStart ? 'start' : fault === 'gap' ? undefined : fault,
  }
}

const WITHOUT = {
  reset: { published: 'A B', second: 'event: reset, B', what: 'reset, although A had just been sent' },
  silent: {
    published: 'A B',
    second: 'nothing that is new',
    what: 'B is missing, and all that comes behind it',
  },
}

/** What was right is left out but for the last of it. */
function tale({ kind, at, messages }: Flaw, from = -1): (typeof WITHOUT)['reset'] {
  const isOld = (messages[0] ?? 0) <= from
  if (kind === 'double' && isOld) return { published: 'A B', second: '… A …', what: 'A came again' }
  if (kind === 'double') return { published: 'A B C', second: '… B … B …', what: 'B came again' }
  if (kind === 'order') return { published: 'A B C', second: '… C … B …', what: 'C came before B' }
  const [last, second, next] = at === 0 ? ['A', 'C …', 'C'] : ['B', '… B D …', 'D']
  const published = at === 0 ? 'A B C' : 'A B C D'
  return { published, second, what: `between ${last} and ${next}, ${messages.length} of them are missing` }
}

/** What went wrong with one has consequences for another: the first of these kinds tells what it was. */
const KINDS = ['reset', 'order', 'double', 'gap', 'silent']

function rank({ from, flaw }: Wrong): number {
  if (typeof flaw === 'string') return 1000 * KINDS.indexOf(flaw)
  const { kind, at, messages } = flaw
  const isPlain = at > 0 && (messages[0] ?? 0) > from
  return 1000 * KINDS.indexOf(kind) + (isPlain ? 0 : 500) + Math.min(at, 400)
}

/** The page's list behind a network that breaks. A list may have let go of its oldest items. */
export function judgeListed({ items, last, sources }: Listed): Report | undefined {
  const flaw = flawIn(items, (items[0] ?? 0) - 1, last)
  if (!flaw) return undefined
  const { published, second, what } = tale(flaw)
  const isEnd = flaw.kind === 'gap' && flaw.messages.includes(last)
  return {
    expected: `items ${published}: what was published, each once and in this order`,
    received: isEnd ? `… B\nbehind B, ${flaw.messages.length} of them are missing` : `${second}\n${what}`,
    fault: sources > 1 ? 'new-source' : undefined,
  }
}
