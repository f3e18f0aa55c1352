/** A balancer: one address, and servers behind it that take turns. TLS and HTTP/2 pass through it as bytes. */
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { pipeline } from 'node:stream'

export class Balancer implements AsyncDisposable {
  /** What clients are told. */
  readonly origin: string
  #server: Server
  #ports: readonly number[]
  #turn = 0
  #sockets = new Set<Socket>()

  private constructor(server: Server, ports: readonly number[]) {
    this.origin = `https://localhost:${(server.address() as AddressInfo).port}`
    this.#server = server
    this.#ports = ports
    server.on('connection', (near) => this.#join(near))
  }

  /** Listens on a free port. @param ports those of the servers, on this machine */
  static async listen(ports: readonly number[]): Promise<Balancer> {
    const server = createServer().listen(0)
    await once(server, 'listening')
    return new Balancer(server, ports)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve))
    for (const socket of this.#sockets) socket.destroy()
    await closed
  }

  /** Hands a connection on. It ends as that to the server does, and the other way round. */
  async #join(near: Socket): Promise<void> {
    this.#own(near)
    const far = await this.#reach()
    if (!far || near.destroyed) {
      near.destroy()
      far?.destroy()
      return
    }
    pipeline(near, far, () => {})
    pipeline(far, near, () => {})
  }

  /** A connection to the server whose turn it is. One that takes none is passed over. */
  async #reach(): Promise<Socket | undefined> {
    for (let tries = 0; tries < this.#ports.length; tries++) {
      const far = connect(this.#ports[this.#turn++ % this.#ports.length] as number, 'localhost')
      this.#own(far)
      try {
        await once(far, 'connect')
        return far
      } catch {
        // The next one is asked.
      }
    }
    return undefined
  }

  #own(socket: Socket): void {
    this.#sockets.add(socket)
    socket.on('error', () => {}) // `close` follows
    socket.once('close', () => this.#sockets.delete(socket))
  }
}
