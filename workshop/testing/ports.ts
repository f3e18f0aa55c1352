import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'

/** Listens on a port of its own until the end of its scope; on every address, or on `host` alone. */
export async function takePort(host?: string): Promise<{ port: number } & AsyncDisposable> {
  const server = createServer().listen(0, host)
  await once(server, 'listening')
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()))
  return { port: (server.address() as AddressInfo).port, [Symbol.asyncDispose]: close }
}

/** A port that nobody uses at the moment. */
export async function unusedPort(): Promise<number> {
  await using taken = await takePort()
  return taken.port
}
