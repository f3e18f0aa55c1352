/**
 * A run that is made ready before it is wanted: its worker has started, and its checks are loaded, when the learner
 * saves. Worker and command meet on a `BroadcastChannel`, which joins the threads of one process.
 */

/** What the command tells a run that waits: begin, or end without having begun. */
export type Word = 'begin' | 'end'

/** The worker's side: says that it is ready, and waits for the word. */
export function waitForWord(name: string): Promise<Word> {
  const channel = new BroadcastChannel(name)
  new MessageEvent('message') // the first of a thread loads much: better now than when the word comes
  return new Promise((resolve) => {
    channel.onmessage = ({ data }) => {
      if (data !== 'begin' && data !== 'end') return
      channel.close()
      resolve(data)
    }
    channel.postMessage('ready')
  })
}

/** The command's side. A word that is given too early is passed on as soon as the worker listens. */
export class Gate {
  name: string
  /** Resolves when the worker waits for the word. */
  ready: Promise<void>
  #channel: BroadcastChannel

  constructor(name: string) {
    this.name = name
    this.#channel = new BroadcastChannel(name)
    this.ready = new Promise((resolve) => {
      this.#channel.onmessage = () => resolve()
    })
  }

  async say(word: Word): Promise<void> {
    await this.ready
    this.#channel.postMessage(word)
  }

  close(): void {
    this.#channel.close()
  }
}
