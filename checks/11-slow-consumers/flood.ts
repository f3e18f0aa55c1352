/** Messages for everyone, one after the other, and how soon somebody has each who reads. */
import type { Client } from '../support/client/client.ts'
import type { Exchange, Head } from '../support/client/exchange.ts'
import type { Report } from '../support/failure.ts'
import type { LearnerServer } from '../support/server/server.ts'
import type { CheckContext } from '../support/subject.ts'
import { messagesOf } from '../support/traffic/audience.ts'
import { fateOf, openEvents } from '../support/traffic/events.ts'
import { post, sendMessage } from '../support/traffic/messages.ts'
import { type Flaw, flawIn } from '../support/traffic/sequence.ts'
import type { ParsedEvent } from '../wire/parse.ts'

/** What has not come by then is not coming, in milliseconds. A busy machine needs some of it. */
export const ARRIVAL_MS = 2500

/** How long the answer to a message may take, in milliseconds. */
const TAKEN_MS = 3000

/** How long a turn of the server is waited for, in milliseconds. */
const TURN_MS = 3000

/**
 * A message that takes so many milliseconds was held up, if the server had so many turns meanwhile: on a busy machine it
 * has few. As many messages tell that it is so each time.
 */
const SLOW_MS = 50
const SLOW_TURNS = 8
const ENOUGH = 8

/** What went wrong with one who reads, or with whoever sends: a name for it, and what came instead. */
export interface Trouble {
  kind: 'blocked' | 'connection' | 'ended' | 'refused' | 'late' | 'lost' | 'twice' | 'order' | 'torn'
  received: string
}

export class Flood {
  readonly server: LearnerServer
  /** One who reads whatever comes at once. */
  readonly fast: Exchange
  /** The text of each message, in the order in which they were sent. */
  readonly texts: string[] = []
  #context: CheckContext
  #client: Client
  #places = new Map<string, number>()
  /** How long each message took to arrive, in milliseconds, and how many turns the server had meanwhile. */
  #delays: { ms: number; turns: number }[] = []

  private constructor(context: CheckContext, server: LearnerServer, client: Client, fast: Exchange) {
    this.#context = context
    this.server = server
    this.#client = client
    this.fast = fast
  }

  /** Somebody listens, and reads. Fails the check where no event stream opens. */
  static async begin(context: CheckContext, server: LearnerServer): Promise<Flood> {
    const fast = await openEvents(context, await context.connect(server.origin))
    return new Flood(context, server, await context.connect(server.origin), fast)
  }

  /** The place of the newest message; -1 before the first. */
  get last(): number {
    return this.texts.length - 1
  }

  /** Sends the first messages, while nobody is in the way. Fails the check when one is not taken, as lesson 8 has it. */
  async begins(count: number, size: number, sign?: string): Promise<void> {
    for (let i = 0; i < count; i++) {
      await post(this.#context, this.#client, this.#write(size, sign))
      await this.#reaches(ARRIVAL_MS)
    }
  }

  /**
   * Sends so many messages of `size` bytes, most of which are those of `sign`. Answers with what went wrong, if anything
   * did: then no more are sent.
   */
  async send(count: number, size: number, sign?: string): Promise<Trouble | undefined> {
    for (let i = 0; i < count; i++) {
      const trouble = await this.#sendOne(this.#write(size, sign))
      if (trouble) return trouble
    }
    return this.#lateness()
  }

  /** Sends a message that a server may refuse for its size. Answers whether it was taken; 'blocked' for no answer. */
  async offer(size: number): Promise<boolean | 'blocked'> {
    const text = this.#write(size)
    const head = await sendMessage(this.#client, text).headWithin(TAKEN_MS)
    if (head?.status === 204) return true
    this.texts.pop()
    this.#places.delete(text)
    return head ? false : 'blocked'
  }

  /** The places of the messages among some events; -1 for one that nobody sent. */
  placesOf(events: readonly ParsedEvent[]): number[] {
    return events.filter(isMessage).map(({ data }) => this.#places.get(data) ?? -1)
  }

  /** What is wrong with what somebody received who had everything up to `from`, if anything is. */
  flawOf(events: readonly ParsedEvent[], from = -1, last = this.last): Flaw | 'torn' | undefined {
    const places = this.placesOf(events)
    return places.includes(-1) ? 'torn' : flawIn(places, from, last)
  }

  /** What is wrong with the last id of the first message that leaves its reader with another one than the one who reads. */
  strangeId(events: readonly ParsedEvent[]): Pick<Report, 'expected' | 'received'> | undefined {
    const ids = new Map(
      messagesOf({ exchange: this.fast }).map(({ data, lastEventId }) => [data, lastEventId]),
    )
    const strange = events.find(({ data, lastEventId }) => (ids.get(data) ?? lastEventId) !== lastEventId)
    if (!strange) return undefined
    const name = `message ${(this.#places.get(strange.data) ?? -1) + 1}`
    return {
      expected: `${name} with the id that everyone else got`,
      received: `${name} with ${strange.id === undefined ? 'no id' : 'another one'}`,
    }
  }

  /** What is told when the newest message does not come. */
  get blocked(): Trouble {
    return { kind: 'blocked', received: `no message ${this.last + 1}` }
  }

  /** What is wrong with what the one who reads has by now. */
  get troubleOfFast(): Trouble | undefined {
    return troubleOf(this.flawOf(messagesOf({ exchange: this.fast })))
  }

  async #sendOne(text: string): Promise<Trouble | undefined> {
    const begun = performance.now()
    const answer = sendMessage(this.#client, text).headWithin(TAKEN_MS)
    const arrival = this.#reaches(ARRIVAL_MS)
    const turns = this.#countTurns(arrival)
    const hasArrived = await arrival
    const ms = performance.now() - begun
    const head = await answer
    if (!hasArrived || head?.status !== 204) return this.#troubleWith(head, hasArrived)
    this.#delays.push({ ms, turns: await turns })
    return undefined
  }

  /** How many turns the server has until something has come about. */
  async #countTurns(event: Promise<unknown>): Promise<number> {
    let isOver = false
    void event.then(() => {
      isOver = true
    })
    for (let turns = 0; ; turns++) {
      if (isOver || !(await this.server.wakesWithin(TURN_MS))) return turns
    }
  }

  #troubleWith(head: Head | undefined, hasArrived: boolean): Trouble {
    if (this.fast.over) return { kind: 'ended', received: fateOf(this.fast) }
    if (!head && hasArrived) return { kind: 'blocked', received: 'no answer to POST /messages any more' }
    if (head && head.status !== 204)
      return { kind: 'refused', received: `status ${head.status} for POST /messages` }
    // The newest is missing: something else may be wrong before it.
    return troubleOf(this.flawOf(messagesOf({ exchange: this.fast }), -1, this.last - 1)) ?? this.blocked
  }

  #lateness(): Trouble | undefined {
    const delays = this.#delays.splice(0)
    if (delays.length < ENOUGH) return undefined
    const ms = median(delays.map(({ ms }) => ms))
    if (ms < SLOW_MS || median(delays.map(({ turns }) => turns)) < SLOW_TURNS) return undefined
    return { kind: 'late', received: `each message after ${Math.round(ms)} ms` }
  }

  /** A text of its own for each message: whatever is cut out of it or put into it shows. */
  #write(size: number, sign = '.'): string {
    const piece = `Message ${this.texts.length + 1} ${sign.repeat(100)} `
    const text = piece.repeat(Math.floor(size / Buffer.byteLength(piece)))
    const whole = text.padEnd(text.length + size - Buffer.byteLength(text), '.')
    this.#places.set(whole, this.texts.length)
    this.texts.push(whole)
    return whole
  }

  /** Whether the one who reads has the newest message, or as many as there are, within `ms` milliseconds. */
  #reaches(ms: number): Promise<boolean> {
    const { last } = this
    return this.fast.until(() => this.placesOf(messagesOf({ exchange: this.fast })).includes(last), ms)
  }
}

function isMessage({ type }: ParsedEvent): boolean {
  return type === 'message'
}

/** What a flaw is called, and how a learner reads it. */
export function troubleOf(flaw: Flaw | 'torn' | undefined): Trouble | undefined {
  if (!flaw) return undefined
  if (flaw === 'torn') return { kind: 'torn', received: 'a message that nobody sent' }
  const [first = 0] = flaw.messages
  const name = `message ${first + 1}`
  if (flaw.kind === 'double') return { kind: 'twice', received: `${name} once more` }
  if (flaw.kind === 'order') return { kind: 'order', received: `${name} too early` }
  const { length } = flaw.messages
  const names = length > 1 ? `messages ${first + 1} to ${first + length}` : name
  return { kind: 'lost', received: `all but ${names}` }
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
