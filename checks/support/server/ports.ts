/** Ports of this machine. */
import { lookup } from 'node:dns/promises'
import { createServer } from 'node:net'

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

/** A port that no program listens on, on IPv4 as well as IPv6. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('the system gave no port')
  return address.port
}

/** Whether a program that listens on `address` can be reached as `localhost` on this machine. */
export async function isLocalhost(address: string): Promise<boolean> {
  if (address === '::' || address === '0.0.0.0') return true
  const found = await lookup('localhost', { all: true })
  return found.some((entry) => entry.address === address)
}
