/** What the tests of `inspect` share. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { readOptions } from './options.ts'
import type { Report } from './report.ts'
import { reportFor } from './run.ts'

/** The head of a right stream. */
export const HEAD = { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' }

/** Takes a stream apart, and prints nothing. */
export function report(...words: string[]): Promise<Report> {
  return reportFor(readOptions([...words, '--json']), new AbortController().signal)
}

export function codes({ findings }: Report): string[] {
  return findings.map(({ code }) => code)
}

/** Errors and warnings alone. */
export function faults({ findings }: Report): string[] {
  return findings.filter(({ severity }) => severity !== 'note').map(({ code }) => code)
}

/** Sends a text every so many milliseconds, until the client leaves or there is none left. */
export function ticking(
  request: IncomingMessage,
  answer: ServerResponse,
  ms: number,
  next: (count: number) => string | undefined,
): void {
  let count = 0
  const timer = setInterval(() => {
    const text = next(count++)
    if (text === undefined) answer.end()
    else if (text !== '') answer.write(text)
  }, ms)
  request.on('close', () => clearInterval(timer))
  answer.on('close', () => clearInterval(timer))
}
