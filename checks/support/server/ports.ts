/** Ports of this machine. */
import { randomInt } from 'node:crypto'
import { lookup } from 'node:dns/promises'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'

/** Whether nothing listens on the port. */
export async function isFree(port: number): Promise<boolean> {
  const server = createServer()
  const free = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false))
    server.listen(port, () => resolve(true))
  })
  await new Promise((resolve) => server.close(resolve))
  return free
}

/** Listens on a port of its own until the end of its scope; on every address, or on `host` alone. */
export async function takePort(host?: string): Promise<{ port: number } & AsyncDisposable> {
  const server = createServer().listen(0, host)
  await once(server, 'listening')
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()))
  return { port: (server.address() as AddressInfo).port, [Symbol.asyncDispose]: close }
}

/**
 * A port that no program listens on, on IPv4 as well as IPv6. Nobody gets it who asks the system for any port: those
 * begin at 32768 on Linux, and at 49152 elsewhere. So it is still free when its server is started again. Browsers refuse
 * to go to some ports, of which 10080 is the last.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(11_000, 32_768)
    if (await isFree(port)) return port
  }
}

/** Whether a program that listens on `address` can be reached as `localhost` on this machine. */
export async function isLocalhost(address: string): Promise<boolean> {
  if (address === '::' || address === '0.0.0.0') return true
  const found = await lookup('localhost', { all: true })
  return found.some((entry) => entry.address === address)
}
