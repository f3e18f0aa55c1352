import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'

/**
 * Keeps every core busy until the end of its scope, as a machine does on which much else is going on.
 * The threads end with the process, however it ends.
 */
export function loadCores(): AsyncDisposable {
  const cores = Array.from({ length: availableParallelism() }, () => new Worker('for (;;);', { eval: true }))
  return {
    async [Symbol.asyncDispose]() {
      await Promise.all(cores.map((core) => core.terminate()))
    },
  }
}
