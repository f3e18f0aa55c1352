import { inspect } from '../inspect/run.ts'

/** `npm run inspect http://localhost:3000/sse`: any event stream, taken apart. Exit code 0: nothing is wrong; 1: something is. */
export function run(words: string[]): Promise<number> {
  return inspect(words)
}
