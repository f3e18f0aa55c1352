/** Messages that a check publishes, in the order in which the server sends them: a witness listens all the while. */
import type { Client } from '../support/client/client.ts'
import type { CheckContext } from '../support/subject.ts'
import { EVENT_MS, SILENCE_MS } from '../support/traffic/clock.ts'
import { openEvents } from '../support/traffic/events.ts'
import { post } from '../support/traffic/messages.ts'
import { flawText, lettered, letterOf, upTo } from '../support/traffic/sequence.ts'
import { type Standing, Visit } from '../support/traffic/visit.ts'
import type { ParsedEvent } from '../wire/parse.ts'

/** So many requests may be under way at a time, on one connection. */
const AT_ONCE = 50

export class Publication {
  witness: Visit
  /** How many messages were published, those included that are on their way. */
  count = 0
  #context: CheckContext
  #client: Client
  /** Part of each text: others may publish at the same server. */
  #mark = Math.random().toString(36).slice(2, 6)
  /** So many were published before this witness came. */
  #before = 0
  #messages: ParsedEvent[] = []
  #places = new Map<string, number>()
  /** So many of the witness's events have been read. */
  #read = 0

  private constructor(context: CheckContext, client: Client, witness: Visit) {
    this.#context = context
    this.#client = client
    this.witness = witness
  }

  /**
   * Fails the check where no event stream opens.
   *
   * @param before another publication at the same server, which this one goes on with
   */
  static async begin(
    context: CheckContext,
    origin = context.origin,
    before?: Publication,
  ): Promise<Publication> {
    const client = await context.connect(origin)
    const first = await openEvents(context, client)
    first.reset()
    const witness = new Visit(await context.connect(origin))
    await witness.hears(({ lastEventId }) => lastEventId !== '')
    const publication = new Publication(context, client, witness)
    return before ? publication.#goOn(before) : publication
  }

  /** What was published until now, in the order in which the witness first had it. */
  get messages(): readonly ParsedEvent[] {
    const { events } = this.witness
    while (this.#read < events.length) {
      const event = events[this.#read++] as ParsedEvent
      if (!this.#isMessage(event) || this.#places.has(event.data)) continue
      this.#places.set(event.data, this.#messages.length)
      this.#messages.push(event)
    }
    return this.#messages
  }

  /** Publishes a message. Resolves when it is taken; whether it has been sent by then is the server's affair. */
  post(client = this.#client): Promise<void> {
    this.count += 1
    return post(this.#context, client, this.#textOf(this.count))
  }

  /** Publishes so many messages, all at once. Resolves when the witness has them. */
  async publish(count: number): Promise<void> {
    for (let left = count; left > 0; left -= AT_ONCE) {
      await Promise.all(Array.from({ length: Math.min(left, AT_ONCE) }, () => this.post()))
    }
    await this.arrived()
  }

  /** Waits until the witness has all that was published. Fails the check when it has not. */
  async arrived(): Promise<void> {
    if (await this.witness.until(() => this.messages.length >= this.count, EVENT_MS)) return
    const { length } = this.messages
    await this.#failWhereItJoinedLate()
    this.#context.fail({
      expected: `${this.count} messages, on a stream that was open when they were sent`,
      received: `${length} messages`,
      ...NOT_ALL,
    })
  }

  /** Whoever lacks the first messages alone, and gets the next one, was not yet among those that get what is new. */
  async #failWhereItJoinedLate(): Promise<void> {
    const due = upTo(this.count - 1, this.#before)
    const lost = due.filter((message) => !this.#places.has(this.#textOf(message + 1)))
    const next = this.#before + lost.length
    if (lost.at(-1) !== next - 1) return
    if (lost.length === due.length && !(await this.#hearsOneMore())) return
    const names = lettered(lost, this.#before)
    this.#context.fail({
      expected: `${lettered(upTo(next, this.#before), this.#before)}, for a client whose stream has begun`,
      received: [
        `${letterOf(next - this.#before)}: ${flawText({ kind: 'gap', at: 0, messages: lost }, this.#before)}`,
        `(published: ${names} behind the first block of its stream)`,
      ].join('\n'),
      ...TOO_LATE,
    })
  }

  async #hearsOneMore(): Promise<boolean> {
    await this.post()
    return this.witness.until(
      () => this.messages.length > 0 && this.#places.has(this.#textOf(this.count)),
      SILENCE_MS,
    )
  }

  /** Waits until a client has a message that was published later than the first `count`. */
  async reaches(visit: Visit, count = this.count - 1): Promise<boolean> {
    return visit.until(
      ({ events }) => events.some((event) => this.#isMessage(event) && this.#numberOf(event.data) > count),
      EVENT_MS,
    )
  }

  /** The messages of this publication among what a client received. */
  of({ events }: Pick<Standing, 'events'>): ParsedEvent[] {
    return events.filter((event) => this.#isMessage(event))
  }

  /** Whether a text is that of a message of this publication. */
  isOurs(data: string): boolean {
    return this.#numberOf(data) > 0
  }

  /** The places of messages in the order of publication, from 0. */
  placesOf(messages: readonly ParsedEvent[]): number[] {
    const { length } = this.messages // all that the witness has is placed now
    return messages.map(({ data }) => this.#places.get(data) ?? length)
  }

  #goOn(before: Publication): this {
    this.count = before.count
    this.#before = before.count
    this.#mark = before.#mark
    this.#messages = [...before.messages]
    this.#places = new Map(before.#places)
    return this
  }

  /** The text that is sent off as the `number`-th, from 1. */
  #textOf(number: number): string {
    return `${number} ${this.#mark}`
  }

  #isMessage({ type, data }: ParsedEvent): boolean {
    return type === 'message' && this.isOurs(data)
  }

  /** Which of the texts it is, from 1, in the order in which they were sent off; 0 for another text. */
  #numberOf(data: string): number {
    const [number, mark, ...more] = data.split(' ')
    return mark === this.#mark && more.length === 0 ? Number(number) : 0
  }
}

const NOT_ALL = {
  why: 'This check reads what is sent to everyone, as lesson 8 has it, and not all of it came.',
  fix: 'Send each message to every stream that is open: npm run check 8 tells what is missing.',
}

const TOO_LATE = {
  why: 'What is published after a stream has begun, and before it is among those that get what is new, is missed: it comes neither from the log nor when it is sent to everyone.',
  fix: 'Read the log, write, and add the stream in one go, without await, a timer or another callback in between.',
}
