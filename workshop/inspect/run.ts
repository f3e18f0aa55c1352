/** `inspect`: one event stream taken apart. Shared by the command and by the file that runs alone. */
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { writeError } from '../errors.ts'
import { readable } from '../render/harmless.ts'
import { stopSignal } from '../stop.ts'
import { typedIn } from '../typed-in.ts'
import { askAgain } from './again.ts'
import type { Listener } from './answer.ts'
import { withDialect } from './answer-rules.ts'
import { Sending } from './ask.ts'
import { compareDirect } from './direct.ts'
import { count, time } from './figures.ts'
import { judge, wayRemarks } from './judge.ts'
import { type Options, readOptions } from './options.ts'
import { checkOrigin, fromPage } from './origin.ts'
import { playgroundLink } from './playground.ts'
import { type Recording, record, type Watcher } from './recording.ts'
import type { Remark } from './remark.ts'
import { githubLines } from './render/github.ts'
import { junitOf } from './render/junit.ts'
import { liveView } from './render/live.ts'
import { textOptions } from './render/paint.ts'
import { reportLines } from './render/text.ts'
import { type Fact, type Report, reportOf } from './report.ts'
import { readSaved } from './saved.ts'
import { shownUrl } from './secrets.ts'
import type { Ask } from './target.ts'

/** Exit code 0: nothing is wrong; 1: something is. */
export async function inspect(words: readonly string[]): Promise<number> {
  const options = readOptions(words)
  const report = await reportFor(options, stopSignal())
  if (options.output === 'json') console.log(JSON.stringify(report, null, 2))
  else if (options.output === 'github') print(githubLines(report))
  else print(reportLines(report, textOptions()))
  if (options.junit !== undefined) write(options.junit, junitOf(report))
  return report.passed ? 0 : 1
}

/** Reads the stream, while it is shown, and judges it. */
export async function reportFor(options: Options, signal: AbortSignal): Promise<Report> {
  const { from } = options
  if (from === 'stdin' || 'file' in from) return savedReport(from, options, signal)
  const page =
    options.origin === undefined ? undefined : { origin: options.origin, credentials: options.credentials }
  const ask = page ? fromPage(from, page) : from
  const target = targetOf(ask)
  announce(target, options)
  let sending: Sending | undefined
  const begin = async (listener: Listener) => {
    sending = await Sending.start(ask, listener, signal)
    return sending
  }
  const recording = await record(begin, options, signal, watcherFor(options))
  const answered = sending?.ask ?? ask
  const { method } = answered
  let remarks = [
    ...(sending ? wayRemarks(sending) : []),
    ...judge(recording, { live: true, method, ...(sending && { connectMs: sending.opened.ms }) }),
  ]
  const facts: Fact[] = []
  const add = (more: { remarks: Remark[]; facts: Fact[] }) => {
    remarks = [...remarks, ...more.remarks]
    facts.push(...more.facts)
  }
  if (options.direct && !signal.aborted) {
    const compared = await compareDirect(recording, remarks, options.direct, options, signal)
    remarks = compared.remarks
    facts.push(...compared.facts)
  }
  if (page) add(await checkOrigin(recording, answered, page, signal))
  if (options.again && !signal.aborted) add(await askAgain(recording, answered, timeFor(options), signal))
  return await spoken(recording, remarks, { target, facts, method }, options)
}

async function savedReport(
  from: { file: string } | 'stdin',
  options: Options,
  signal: AbortSignal,
): Promise<Report> {
  const target = from === 'stdin' ? 'standard input' : from.file
  announce(target, options)
  const recording = await record(
    (listener) => readSaved(from, listener),
    options,
    signal,
    watcherFor(options),
  )
  const method = 'GET'
  const remarks = judge(recording, { live: false, method })
  const file = from === 'stdin' ? {} : { file: from.file }
  return await spoken(recording, remarks, { target, facts: [], method, ...file }, options)
}

/** Adds what the dialect has to say. */
async function spoken(
  recording: Recording,
  remarks: readonly Remark[],
  { method, ...more }: { target: string; file?: string; facts: Fact[]; method: string },
  options: Options,
): Promise<Report> {
  const { events, head, ending } = recording
  const ended = ending.how === 'ended' && recording.leftFor === undefined
  const found = withDialect(remarks, { events, ...(head && { head }), ended, method }, options.dialect)
  const dialect = found.dialect?.name
  const playground = await playgroundLink(recording, dialect !== undefined)
  return reportOf(recording, found.remarks, {
    ...more,
    failOn: options.failOn,
    ...(dialect && { dialect }),
    ...(playground !== undefined && { playground }),
  })
}

/** How long a second request is listened to, where the first one has no bound, in milliseconds. */
function timeFor({ ms }: Options): number {
  return Number.isFinite(ms) ? ms : 10_000
}

function targetOf({ method, url }: Ask): string {
  return `${method} ${shownUrl(url)}`
}

function announce(target: string, options: Options): void {
  if (options.output !== 'text') return
  const { paint } = textOptions()
  const bounds = [
    ...(Number.isFinite(options.ms) ? [time(options.ms)] : []),
    ...(Number.isFinite(options.events) ? [count(options.events, 'event')] : []),
  ]
  print(['', `  ${paint('bold', readable(target))}`])
  if (bounds.length > 0) {
    const end = 'Ctrl-C tells what came by then'
    print([`  ${paint('dim', `listens for ${bounds.join(' or ')}, or until the stream ends; ${end}`)}`])
  }
}

function watcherFor({ output, lines, from }: Options): Watcher {
  const live = from !== 'stdin' && 'url' in from
  return output === 'text' ? liveView((line) => print([line]), { ...textOptions(), lines, live }) : {}
}

function print(lines: readonly string[]): void {
  for (const line of lines) console.log(line)
}

function write(name: string, text: string): void {
  const path = resolve(typedIn(), name)
  try {
    writeFileSync(path, text)
  } catch (error) {
    throw writeError(path, error)
  }
}
