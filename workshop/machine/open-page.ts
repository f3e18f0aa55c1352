/** The learner's own browser, for pages to read. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createConnection } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'

/** A program that still runs after this many milliseconds has shown the page, or is about to. */
const FAIL_MS = 2000

/** How long a server on this machine may take to accept a connection, in milliseconds. */
const ACCEPT_MS = 500

/** Shows a page. Answers false where no browser could be asked: over SSH, in a container. */
export async function openPage(url: string, env = process.env): Promise<boolean> {
  const [program, ...args] = opener(env)
  if (!program) return false
  const child = spawn(program, [...args, url], { stdio: 'ignore', detached: process.platform !== 'win32' })
  child.unref()
  const failed = once(child, 'exit').then(
    ([code]) => code !== 0,
    () => true,
  )
  return !(await Promise.race([failed, delay(FAIL_MS, false, { ref: false })]))
}

/** Whether a server on this machine answers at a page's port. */
export async function isServed(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url)
  const socket = createConnection({ host: hostname, port: Number(port) })
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(ACCEPT_MS) })
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}

function opener(env: NodeJS.ProcessEnv): string[] {
  if (process.platform === 'darwin') return ['open']
  if (process.platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler']
  // Without a desktop, xdg-open would look for a browser that draws in the terminal.
  const hasDesktop = env.DISPLAY || env.WAYLAND_DISPLAY || env.BROWSER || env.WSL_DISTRO_NAME
  return hasDesktop ? ['xdg-open'] : []
}
