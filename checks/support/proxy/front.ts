/** The side of a proxy that clients see: an HTTP/2 server of ours, whose connections can all be cut. */
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createSecureServer, type Http2SecureServer } from 'node:http2'
import type { Socket } from 'node:net'
import { join } from 'node:path'

export class Front implements AsyncDisposable {
  readonly server: Http2SecureServer
  /** Also those whose TLS handshake is not over: they have no session yet. */
  #sockets = new Set<Socket>()

  private constructor(server: Http2SecureServer) {
    this.server = server
    server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket)
      socket.once('close', () => this.#sockets.delete(socket))
    })
    server.on('session', (session) => session.on('error', () => {}))
    server.on('stream', (stream) => stream.on('error', () => {}))
  }

  /**
   * Listens with the project's certificate.
   *
   * @param root the project's folder
   * @param port a free port by default
   */
  static async listen(root: string, port = 0): Promise<Front> {
    const read = (name: string) => readFile(join(root, 'certs', name))
    const server = createSecureServer({ key: await read('privkey.pem'), cert: await read('cert.pem') })
    const front = new Front(server)
    server.listen(port)
    await once(server, 'listening')
    return front
  }

  /** Breaks every connection, without a word, as a lost network does. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve))
    this.cut()
    await closed
  }
}
