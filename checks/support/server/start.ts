/** Starts a learner's server, and waits until it can be talked to. */
import { freePort, isFree } from './ports.ts'
import { awaitReady } from './ready.ts'
import { LearnerServer } from './server.ts'
import { type Program, type ServeOptions, StartError } from './types.ts'

/** How many free ports in a row may be lost. More, and it is the server itself that listens on its port twice. */
const LOSSES = 3

/**
 * Starts a learner's server with `PORT` set, and waits until it agrees on HTTP/2, 10 s at most.
 * Throws `StartError`, or the signal's reason; in both cases nothing is left running.
 */
export async function startServer(options: Program & ServeOptions): Promise<LearnerServer> {
  return serve(() => new LearnerServer(options), options)
}

/** As `startServer`, with a program that waits for the word to run. It asks for another one where a port was lost. */
export async function serve(hold: () => LearnerServer, options: ServeOptions): Promise<LearnerServer> {
  for (let losses = 0; ; losses++) {
    options.signal?.throwIfAborted()
    const server = hold()
    try {
      return await begin(server, options)
    } catch (error) {
      if (options.port !== undefined || losses === LOSSES || !hasLostPort(server)) throw error
    }
  }
}

/** Whether someone took the port between our look, when it was free, and the server's listen(). */
function hasLostPort({ port, probe: { listening, listenError } }: LearnerServer): boolean {
  return listening.length === 0 && listenError?.code === 'EADDRINUSE' && listenError.port === port
}

async function begin(server: LearnerServer, options: ServeOptions): Promise<LearnerServer> {
  const { env, isHurried, signal, onOutput } = options
  const stop = () => void server.stop()
  signal?.addEventListener('abort', stop, { once: true })
  server.exited.then(() => signal?.removeEventListener('abort', stop))
  try {
    const port = options.port ?? (await freePort())
    const isAlone = options.port === undefined || (await isFree(port))
    server.port = port
    if (isHurried) await server.hurryAhead()
    server.run({ ...env, PORT: String(port) }, onOutput)
    const failure = await awaitReady(server, isAlone, signal)
    if (!failure) return server
    await server.stop()
    throw new StartError(failure, server.output, await server.exited)
  } catch (error) {
    await server.stop()
    throw error
  }
}
