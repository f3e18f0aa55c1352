/** The way from one server to Redis, on which news can be late: what Redis answers to a read waits, and all else goes on. */
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'

export class SlowNetwork implements AsyncDisposable {
  /** Where the server is to look for Redis. */
  url: string
  #server: Server
  #sockets = new Set<Socket>()
  #isHeld = false
  #isDown = false
  #waiting: (() => void)[] = []

  private constructor(server: Server, url: string) {
    this.#server = server
    this.url = url
  }

  /** @param url where Redis is */
  static async open(url: string): Promise<SlowNetwork> {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const network = new SlowNetwork(server, `redis://127.0.0.1:${port}`)
    server.on('connection', (socket) => network.#join(socket, Number(new URL(url).port)))
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
  down(): void {
    this.#isDown = true
    for (const socket of this.#sockets) socket.destroy()
  }

  up(): void {
    this.#isDown = false
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve))
    for (const socket of this.#sockets) socket.destroy()
    await closed
  }

  #join(near: Socket, port: number): void {
    if (this.#isDown) {
      near.destroy()
      return
    }
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
