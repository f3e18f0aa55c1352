/** A rolling restart: servers that take each other's place, who writes and who listens all the time, and what was missed. */
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { expect } from 'vitest'
import { connect } from '../support/client/client.ts'
import { EventSourceClient } from '../support/client/event-source.ts'
import { freePort } from '../support/server/ports.ts'
import type { LearnerServer } from '../support/server/server.ts'
import { killGroup } from '../support/server/spawn.ts'
import { startServer } from '../support/server/start.ts'
import { sendMessage } from '../support/traffic/messages.ts'
import { createEventReader, type ParsedEvent } from '../wire/parse.ts'

export const RESTARTS = 10

/** A restart may take so long on a busy machine, in milliseconds. */
export const RESTART_MS = 30_000

const root = join(import.meta.dirname, '..', '..')

/** A solution's server, and those that take its place on the same port. */
export class Succession implements AsyncDisposable {
  #start: () => Promise<LearnerServer>
  #server: LearnerServer

  static async begin(slug: string, more: Record<string, string> = {}): Promise<Succession> {
    const port = await freePort()
    const program = { root, folder: join(root, 'solutions', slug), entry: 'server.ts', port }
    const start = () => startServer({ ...program, env: { TICK_MS: '0', SHUTDOWN_MS: '20000', ...more } })
    return new Succession(start, await start())
  }

  private constructor(start: () => Promise<LearnerServer>, server: LearnerServer) {
    this.#start = start
    this.#server = server
  }

  get origin(): string {
    return this.#server.origin
  }

  get port(): number {
    return this.#server.port
  }

  /** Sends SIGTERM, sees the process end well, and starts the next one. */
  async next(): Promise<void> {
    this.#server.signal('SIGTERM')
    await this.#server.exited
    expect(this.#server.exit).toMatchObject({ code: 0, crash: undefined })
    this.#server = await this.#start()
  }

  /** Ends the process as a crash does, without a word to anyone, and starts the next one. */
  async crash(): Promise<void> {
    killGroup(this.#server.pid, 'SIGKILL')
    await this.#server.exited
    this.#server = await this.#start()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.stop()
  }
}

/** How long somebody waits before the next message, or after one that was not taken: in milliseconds. */
const PACE_MS = 10

/** Writes one number after the other, as a message, and notes those that were taken. */
export async function write(taken: string[], origin: string, signal: AbortSignal): Promise<void> {
  for (let count = 1; !signal.aborted; ) {
    try {
      await using client = await connect(origin, { signal })
      while (!signal.aborted) {
        const text = String(count++)
        const { status } = await sendMessage(client, text).head
        if (status === 204) taken.push(text)
        await delay(PACE_MS)
      }
    } catch {
      await delay(PACE_MS) // there is no server at the moment
    }
  }
}

/** One client, as long as a test lasts: what it received, and the status of each answer. */
export class Life {
  events: ParsedEvent[] = []
  /** How many comments came: heartbeats. */
  comments = 0
  statuses: number[] = []
  /** Connections that ended without END_STREAM. */
  cuts = 0

  has(text: string): boolean {
    return this.events.some(({ data }) => data === text)
  }

  /** Connects again and again, after a tenth of the time that the server asks for: its chance stays. */
  async live(origin: string, signal: AbortSignal): Promise<void> {
    const source = new EventSourceClient(origin, '/events')
    for await (const { exchange, head, lastEventId } of source.connections(signal)) {
      this.statuses.push(head.status)
      const reader = createEventReader(lastEventId)
      exchange.eachChunk(({ bytes }) => {
        const { events, comments } = reader.feed(bytes)
        this.events.push(...events)
        this.comments += comments.length
      })
      await exchange.done
      if (!exchange.ended && !signal.aborted) this.cuts++
      source.reconnectionTime /= 10
    }
  }
}

/** Where a client missed messages and was not told, or has some twice, or in another order. */
export function silentGaps(
  events: readonly Pick<ParsedEvent, 'type' | 'data'>[],
  taken: readonly string[],
): string[] {
  const gaps: string[] = []
  let last: number | undefined
  let wasTold = false
  for (const { type, data } of events) {
    if (type === 'reset') wasTold = true
    if (type !== 'message') continue
    const number = Number(data)
    const missed = last === undefined || wasTold ? [] : between(taken, last, number)
    if (missed.length > 0 || number <= (last ?? 0)) gaps.push(`${last} → ${number}`)
    last = number
    wasTold = false
  }
  return gaps
}

function between(taken: readonly string[], from: number, to: number): string[] {
  return taken.filter((text) => Number(text) > from && Number(text) < to)
}
