/** Finds out why a learner's server is not there: from its exit, its last error, and what it listened on. */
import { basename } from 'node:path'
import type { Failure } from '../../verdict.ts'
import type { ConnectError } from '../client/tls.ts'
import { cureOf } from './cures.ts'
import * as later from './later-faults.ts'
import { crashFrom } from './places.ts'
import type { CrashReport, ServerKind } from './probe.ts'
import type { LearnerServer } from './server.ts'
import * as faults from './start-faults.ts'
import type { Crash } from './types.ts'

/** Why a server ended that had been ready. */
export function deathFailure(server: LearnerServer): Failure {
  const { exit, crash } = server
  if (isTooBig(server)) return later.tooBig
  // An error ends a process with a code. Before a signal one was swallowed, and Node can break of what that leaves.
  if (exit?.signal) return crash ? swallowedFailure(crash) : endedBy(exit.signal)
  if (crash) return crashFailure(crash.kind === 'unhandledRejection' ? later.rejected : later.died, crash)
  return later.exited(exit?.code ?? null)
}

/** An uncaught error that did not end the process. */
export function swallowedFailure(crash: Crash): Failure {
  return crashFailure(later.swallowed, crash)
}

function crashFailure(said: typeof later.died, crash: Crash): Failure {
  return said(inWords(crash), cureOf(crash), crash.at)
}

/** A server that runs and answers nothing. */
export function busyFailure(_server: LearnerServer): Failure {
  return later.busy
}

/** Why a server ended before it was ready. */
export function deathAtStart(server: LearnerServer): Failure {
  const { exit, port, probe, spawnError } = server
  if (spawnError) return faults.couldNotRun(port, spawnError.message)
  if (isTooBig(server)) return later.tooBig
  if (probe.crash) return crashAtStart(server, probe.crash)
  if (probe.listenError?.code === 'EADDRINUSE') return inUse(port, probe.listenError.port)
  if (exit?.signal) return endedBy(exit.signal)
  if (exit?.code === 13) return faults.waitsForEver(port, server.places.inText(server.output))
  if (exit?.code === 0) return faults.endedAtOnce(port)
  return faults.endedWithCode(port, exit?.code ?? null)
}

function endedBy(signal: NodeJS.Signals): Failure {
  return BROKEN.has(signal) ? later.broke(signal) : later.killed(signal)
}

/** What the system sends to a program whose machine code goes wrong. SIGABRT is also what `process.abort()` sends. */
const BROKEN = new Set<NodeJS.Signals>(['SIGSEGV', 'SIGBUS', 'SIGILL', 'SIGFPE'])

/** Why a server that runs can not be connected to. */
export function listensElsewhere(address: { port: number } | string, port: number): Failure {
  return typeof address === 'string' ? faults.pipe(port, address) : faults.fixedPort(port, address.port)
}

/** Why a connection did not become HTTP/2. */
export function notHttp2(error: ConnectError, port: number, kind?: ServerKind): Failure {
  if (error.fault === 'refused') return faults.refused(port)
  if (error.fault === 'plain' || isWithoutTls(kind)) return faults.noTls(port, kind)
  if (error.fault === 'alpn') return faults.noHttp2(port, error.alpn || 'no protocol', kind)
  if (error.fault === 'silent') return faults.noAnswer(port, kind)
  return faults.badHandshake(port, error.message, kind)
}

/** Why a program did not come up, by the error that ended it. `entry` is its file, absolute. */
export function crashAtStart(
  { port, places, entry }: Pick<LearnerServer, 'port' | 'places' | 'entry'>,
  report: CrashReport,
): Failure {
  const { name, message, code, path } = report
  const crash = crashFrom(report, places)
  if (name === 'TransformError') {
    return faults.syntaxError(port, /ERROR: (.*)/.exec(message)?.[1] ?? message, crash.at)
  }
  if (code?.endsWith('MODULE_NOT_FOUND')) {
    const [, wanted = '', importer] =
      /'(.+)' imported from (.+)/.exec(message) ?? /'(.+)'/.exec(message) ?? []
    if (!importer || wanted === entry) return faults.noEntry(port, places.name(wanted))
    const name =
      wanted.includes(basename(wanted)) && /^[/\\]|^[A-Z]:/.test(wanted) ? places.name(wanted) : wanted
    return faults.noModule(port, name, places.name(importer), places.ofImport(importer, wanted))
  }
  if (name === 'SyntaxError') {
    const said = message.includes('export named') ? faults.noExport : faults.syntaxError
    return said(port, message, crash.at)
  }
  if (code === 'ENOENT' && path?.endsWith('.pem'))
    return faults.noCertificate(port, places.name(path), crash.at)
  if (code === 'EADDRINUSE') return inUse(port, report.port)
  return faults.threwAtStart(port, inWords(crash), cureOf(crash), crash.at)
}

function inUse(port: number, taken = port): Failure {
  return taken === port ? faults.portTaken(port) : faults.fixedPortTaken(port, taken)
}

function isTooBig({ probe, output }: LearnerServer): boolean {
  return probe.isTooBig || output.includes('JavaScript heap out of memory')
}

function isWithoutTls(kind?: ServerKind): boolean {
  return kind === 'http' || kind === 'http2-plain'
}

/** `TypeError: it broke`: the first line of it. `TimeoutError`, where there is no text. */
function inWords({ name, message }: Crash): string {
  const [line = ''] = message.split('\n')
  return line === '' ? name : `${name}: ${line.slice(0, 200)}`
}
