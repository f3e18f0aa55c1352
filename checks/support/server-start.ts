/** Starts a learner's server, and waits until it can be talked to. */
import { freePort, isFree } from './ports.ts'
import { LearnerServer } from './server.ts'
import { awaitReady } from './server-ready.ts'
import { type Program, type ServeOptions, StartError } from './server-types.ts'

/**
 * Starts a learner's server with `PORT` set, and waits until it agrees on HTTP/2, 10 s at most.
 * Throws `StartError`, or the signal's reason; in both cases nothing is left running.
 */
export async function startServer(options: Program & ServeOptions): Promise<LearnerServer> {
  options.signal?.throwIfAborted()
  return serve(new LearnerServer(options), options)
}

/** As `startServer`, with a program that was started ahead. */
export async function serve(server: LearnerServer, options: ServeOptions): Promise<LearnerServer> {
  const { env, signal, onOutput } = options
  const stop = () => void server.stop()
  signal?.addEventListener('abort', stop, { once: true })
  server.exited.then(() => signal?.removeEventListener('abort', stop))
  try {
    const port = options.port ?? (await freePort())
    const isAlone = options.port === undefined || (await isFree(port))
    server.port = port
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
