import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'

export interface AnswerOptions<Order, Answer> {
  /** How many processes answer, at most. */
  atOnce: number
  /** Called as each answer comes. */
  onAnswer: (answer: Answer, order: Order) => void
  signal?: AbortSignal
}

/**
 * Has orders answered by processes that run `file`, which stands beside this one.
 *
 * @throws the signal's reason
 */
export async function answerAll<Order extends object, Answer>(
  file: string,
  orders: readonly Order[],
  { atOnce, onAnswer, signal }: AnswerOptions<Order, Answer>,
): Promise<void> {
  const waiting = orders.values()
  const work = async () => {
    await using grader = new GradeProcess<Order, Answer>(file)
    for (const order of waiting) onAnswer(await grader.run(order, signal), order)
  }
  const workers = Array.from({ length: Math.min(atOnce, orders.length) }, work)
  for (const ended of await Promise.allSettled(workers)) if (ended.status === 'rejected') throw ended.reason
}

/**
 * One of the processes that judge, for commands that run many checks at once: it is sent an order, and answers it with
 * what `answerOrders` was given. The system copies a process's table of memory for each program that it starts: six
 * runners in one process would spend most of their time on that.
 */
class GradeProcess<Order extends object, Answer> implements AsyncDisposable {
  #child: ChildProcess

  constructor(file: string) {
    this.#child = fork(new URL(file, import.meta.url), {
      execArgv: [],
      serialization: 'advanced',
      env: { ...process.env, PORT: '' }, // the golden files name 8080
    })
  }

  /**
   * @throws the signal's reason; the process cannot be used any more then
   * @throws when the process ends
   */
  async run(order: Order, signal?: AbortSignal): Promise<Answer> {
    signal?.throwIfAborted()
    const ended = new AbortController()
    const onExit = () => ended.abort(new Error('a process that grades has ended'))
    this.#child.once('exit', onExit)
    try {
      this.#child.send(order)
      const waits = AbortSignal.any([ended.signal, ...(signal ? [signal] : [])])
      const [answer] = await once(this.#child, 'message', { signal: waits }).catch(() => {
        throw waits.reason
      })
      return answer
    } finally {
      this.#child.off('exit', onExit)
    }
  }

  /** Lets the process end, and waits until it has. A run that is under way is cancelled. */
  async [Symbol.asyncDispose](): Promise<void> {
    const isThere = this.#child.exitCode === null && this.#child.signalCode === null
    if (this.#child.connected) this.#child.disconnect()
    if (isThere) await once(this.#child, 'exit')
  }
}

/**
 * The process's side: answers one order after the other, until nobody is there to answer to. The signal is aborted then.
 * A `Runner` must be created in `answer`, not before: it takes away what is told of Ctrl-C from then on.
 */
export async function answerOrders<Order, Answer>(
  answer: (order: Order, signal: AbortSignal) => Promise<Answer>,
): Promise<void> {
  // Ctrl-C in a terminal goes to every process. The one that gave the orders hears it too, and lets us go.
  for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => {})
  const gone = new AbortController()
  let answering: Promise<unknown> = Promise.resolve()
  process.on('message', (order: Order) => {
    answering = answer(order, gone.signal).then((answer) => process.connected && process.send?.(answer))
  })
  if (process.connected) await once(process, 'disconnect')
  gone.abort()
  await answering
}
