/** A client that has connected before the signal, and whose TLS handshake comes after it: on a slow line both take a while. */
import { once } from 'node:events'
import { connect as connectHttp2 } from 'node:http2'
import { connect as connectTcp, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { Client } from '../support/client/client.ts'
import { within } from '../support/waiting.ts'

/** How long the handshake may take, in milliseconds. */
const HANDSHAKE_MS = 2000

export class Latecomer implements Disposable {
  #origin: string
  #socket: Socket

  private constructor(origin: string, socket: Socket) {
    this.#origin = origin
    this.#socket = socket
  }

  /** Connects, and says nothing yet. */
  static async dial(origin: string): Promise<Latecomer> {
    const socket = connectTcp(Number(new URL(origin).port), 'localhost')
    socket.on('error', () => {}) // it is closed then, which is all that matters
    await once(socket, 'connect')
    return new Latecomer(origin, socket)
  }

  /** Goes on with the handshake. Undefined when the server does not want that any more. */
  async arrive(): Promise<Client | undefined> {
    if (this.#socket.destroyed) return undefined
    const socket = connectTls({
      socket: this.#socket,
      servername: 'localhost',
      ALPNProtocols: ['h2'],
      rejectUnauthorized: false,
    })
    socket.on('error', () => {})
    const shaken = once(socket, 'secureConnect').catch(() => undefined) // an error is a refusal
    const handshake = Promise.race([
      shaken,
      once(socket, 'close').then(
        () => undefined,
        () => undefined,
      ),
    ])
    if (!(await within(handshake, HANDSHAKE_MS)) || socket.alpnProtocol !== 'h2') return undefined
    const session = connectHttp2(this.#origin, { createConnection: () => socket })
    return new Client(this.#origin, session, socket)
  }

  [Symbol.dispose](): void {
    this.#socket.destroy()
  }
}
