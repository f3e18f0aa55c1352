/** What is wrong with the messages that listeners received. Pure. */
import type { Report } from '../support/failure.ts'
import { type Listener, messagesOf, namesOf, textsOf } from '../support/traffic/audience.ts'
import { eventsOf, fateOf } from '../support/traffic/events.ts'
import { visible } from '../wire/bytes.ts'
import { FIRST, GREETINGS, type ManyPosted } from './posting.ts'

type Wrong<F extends string> = Pick<Report, 'received'> & { fault?: F }

/** Why the first message did not come to all of them; undefined when it did. */
export function reachFault({
  early,
}: ManyPosted): Wrong<'some' | 'sender' | 'named' | 'changed'> | undefined {
  const without = early.filter((listener) => !textsOf(listener).includes(FIRST))
  const [one] = without
  if (!one) return undefined
  const named = eventsOf(one.exchange).find(({ type, data }) => type !== 'message' && data.includes(FIRST))
  if (named) return { received: `event: ${visible(named.type)}`, fault: 'named' }
  const received = one.exchange.over ? fateOf(one.exchange) : 'nothing'
  if (without.length === early.length) {
    const other = textsOf(one).at(-1)
    if (other === undefined) return { received: `${received} on any of ${early.length} streams` }
    return { received: `data: ${visible(other)}`, fault: 'changed' }
  }
  const isOfSender = ({ client }: Listener) => client === early[0]?.client
  if (early.every((listener) => isOfSender(listener) === without.includes(listener))) {
    const where = `the ${without.length} streams of the connection that it was posted on`
    return { received: `${received} on ${where}`, fault: 'sender' }
  }
  return { received: `${received} on ${namesOf(without, early, 'any')}`, fault: 'some' }
}

/** The first id that is missing, that two messages have, or that is another one for another listener. */
export function idFault({ listeners, texts }: ManyPosted): Wrong<'none' | 'shared'> | undefined {
  const sent = new Set([...GREETINGS, ...texts])
  const ids = new Map<string, string>()
  const owners = new Map<string, string>()
  for (const listener of listeners) {
    for (const { data, id: own, lastEventId: id } of messagesOf(listener)) {
      if (!sent.has(data)) continue
      const other = ids.get(data) ?? id
      const owner = owners.get(id) ?? data
      if (id === '' || (own === undefined && owner !== data)) {
        return { received: `no id with "${data}"`, fault: 'none' }
      }
      if (other !== id) {
        return {
          received: 'two ids for the same message: one for one client, one for another',
          fault: 'shared',
        }
      }
      if (owner !== data) return { received: `id: ${visible(id)} with two messages` }
      ids.set(data, id)
      owners.set(id, data)
    }
  }
  return undefined
}
