/** The server of the playground: it sends what is typed, in pieces, to each EventSource that comes. */
import type { ResponseHead } from '../../../checks/wire/head-rules.ts'
import { readAnswer } from '../playground/answer.ts'
import { CUT_BYTES, pieceAt } from '../playground/pieces.ts'
import type { Answer, Asked, Head } from './server.ts'

export interface Plan {
  /** What is typed: a body, or head and body. */
  bytes: Uint8Array
  /** How many bytes a piece has. */
  size: number
}

/** What the server tells of itself. `piece` is what went out, and `sent` how many bytes of the body are out by then. */
export interface Reporter {
  asked(asked: Asked): void
  answered(head: Head): void
  sent(piece: Uint8Array, sent: number): void
  left(): void
}

const OK: Head = { status: 200, headers: [['content-type', 'text/event-stream']] }
const AWAY: Head = { status: 503, headers: [['content-type', 'text/plain']] }

/** It has no log: whoever comes back gets the stream from its first byte on. */
export class StreamServer {
  /** Milliseconds between two pieces. */
  pace = 100
  /** Answers 503, as a proxy does whose server is away. */
  isAway = false
  readonly #plan: () => Promise<Plan>
  readonly #reporter: Reporter
  #answer: Answer | undefined
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(plan: () => Promise<Plan>, reporter: Reporter) {
    this.#plan = plan
    this.#reporter = reporter
  }

  async answer(asked: Asked, answer: Answer): Promise<void> {
    this.#stop()
    this.#reporter.asked(asked)
    const { bytes, size } = await this.#plan()
    const { head, body } = readAnswer(bytes)
    const said = this.isAway ? AWAY : headOf(head)
    answer.respond(said)
    this.#reporter.answered(said)
    if (this.isAway) return answer.end()
    this.#answer = answer
    answer.onleave = () => {
      this.#stop()
      this.#reporter.left()
    }
    this.#send(answer, body.subarray(0, CUT_BYTES), size, 0)
  }

  end(): void {
    this.#answer?.end()
    this.#stop()
  }

  /** Sends the next piece, and the others after it. The stream stays open behind the last. */
  #send(answer: Answer, bytes: Uint8Array, size: number, index: number): void {
    const piece = pieceAt({ bytes, size }, index)
    if (piece.length === 0) return
    answer.write(piece)
    this.#reporter.sent(piece, index * size + piece.length)
    this.#timer = setTimeout(() => this.#send(answer, bytes, size, index + 1), this.pace)
  }

  #stop(): void {
    clearTimeout(this.#timer)
    this.#answer = undefined
  }
}

/** The head that was typed, less what no page may send; without one, that of an event stream. */
function headOf(head: ResponseHead | undefined): Head {
  if (!head) return OK
  return { status: head.status, headers: head.fields.filter(isAllowed).map(([name, value]) => [name, value]) }
}

function isAllowed([name, value]: readonly [string, string]): boolean {
  try {
    return new Headers([[name, value]]).has(name)
  } catch {
    return false
  }
}
