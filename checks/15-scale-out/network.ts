/** The way from one server to Redis, on which news can be late: what Redis answers to a read waits, and all else goes on. */
import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { freePort } from '../support/server/ports.ts'

export class SlowNetwork implements AsyncDisposable {
  /** Where the server is to look for Redis. */
  url: string
  #server: Server
  #port: number
  #sockets = new Set<Socket>()
  #isHeld = false
  #waiting: (() => void)[] = []

  private constructor(server: Server, port: number) {
    this.#server = server
    this.#port = port
    this.url = `redis://127.0.0.1:${port}`
  }

  /** @param url where Redis is */
  static async open(url: string): Promise<SlowNetwork> {
    const server = createServer()
    const network = new SlowNetwork(server, await freePort())
    server.on('connection', (socket) => network.#join(socket, Number(new URL(url).port)))
    await network.up()
    return network
  }

  /** From now on, what comes for those who read waits. */
  hold(): void {
    this.#isHeld = true
  }

  /** Lets all of it go. */
  release(): void {
    this.#isHeld = false
    for (const send of this.#waiting.splice(0)) send()
  }

  /** Breaks all connections, and takes no new ones. */
  async down(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve))
    for (const socket of this.#sockets) socket.destroy()
    await closed
  }

  async up(): Promise<void> {
    this.#server.listen(this.#port, '127.0.0.1')
    await once(this.#server, 'listening')
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.down()
  }

  #join(near: Socket, port: number): void {
    const far = connect(port, '127.0.0.1')
    let isReading = false
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(from)
      from.on('error', () => {})
      from.once('close', () => {
        this.#sockets.delete(from)
        to.destroy()
      })
    }
    near.on('data', (bytes) => {
      isReading ||= /\r\nXREAD(GROUP)?\r\n/i.test(bytes.toString('latin1'))
      far.write(bytes)
    })
    far.on('data', (bytes) => {
      const send = () => near.destroyed || near.write(bytes)
      if (isReading && this.#isHeld) this.#waiting.push(send)
      else send()
    })
  }
}
