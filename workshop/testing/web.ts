/** Web servers on localhost, for as long as a test needs them. */
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer as createHttp, type RequestListener } from 'node:http'
import type { IncomingHttpHeaders } from 'node:http2'
import {
  createServer as createHttp2,
  createSecureServer,
  type Http2SecureServer,
  type Http2Server,
  type ServerHttp2Stream,
} from 'node:http2'
import { createServer as createHttps } from 'node:https'
import { type AddressInfo, createServer as createTcp, type Server, type Socket } from 'node:net'
import { ensureCerts } from '../project/certs.ts'

export interface Web extends AsyncDisposable {
  /** Without a slash at its end. */
  origin: string
}

/** The project's certificate, which is self-signed and for localhost. */
async function identity() {
  const { key, cert } = await ensureCerts()
  return { key: readFileSync(key), cert: readFileSync(cert) }
}

export function http(listener: RequestListener): Promise<Web> {
  return serve(createHttp(listener), 'http')
}

export async function https(listener: RequestListener): Promise<Web> {
  return serve(createHttps(await identity(), listener), 'https')
}

type StreamListener = (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => void

export async function http2(listener: StreamListener): Promise<Web> {
  return serve(listening(createSecureServer(await identity()), listener), 'https')
}

/** HTTP/2 without TLS, for clients that know it beforehand. */
export function h2c(listener: StreamListener): Promise<Web> {
  return serve(listening(createHttp2(), listener), 'http')
}

/** A server of bytes: nothing is read or written but what the listener does. */
export function tcp(listener: (socket: Socket) => void): Promise<Web> {
  return serve(createTcp(listener), 'http')
}

function listening(server: Http2Server | Http2SecureServer, listener: StreamListener): Server {
  const take = (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => {
    stream.on('error', () => {})
    listener(stream, headers)
  }
  server.on('stream', take as never)
  server.on('sessionError', () => {})
  return server as Server
}

async function serve(server: Server, scheme: string): Promise<Web> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    origin: `${scheme}://localhost:${port}`,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}
