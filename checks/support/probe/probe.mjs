/**
 * Runs inside the learner's process, before their code: `node --import probe.mjs … server.ts`. It asks nothing of their
 * code and changes nothing that it does.
 *
 * Descriptor 4 takes its reports, one JSON object a line, written synchronously: a report must get out while the
 * process dies of an uncaught error. Descriptor 3 brings the word to run and questions, and ends when the workshop does.
 */
import { subscribe } from 'node:diagnostics_channel'
import { writeSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Socket } from 'node:net'
import { callsOf, watchCalls } from './calls.mjs'
import { takeCensus, takeTimers, takeWaiting, watchCensus } from './census.mjs'
import { calm, hurry } from './hurry.mjs'
import { evaluate, importModule } from './module.mjs'

const QUESTIONS = 3
const REPORTS = 4

/** Longest text of a report, in characters. */
const TEXT = 8192

/** The memory that the whole process may take: 512 MiB. Buffers stand outside of the heap, which has a bound of its own. */
const MEMORY = 512 * 2 ** 20

// Workers and forked programs are started with the same arguments; without the variable, the probe sleeps in them.
const isAwake = process.env.SSE_WORKSHOP_PROBE !== undefined

/** Brings questions. It keeps the process alive only until the word to run has come. */
const questions = isAwake ? new Socket({ fd: QUESTIONS, readable: true, writable: false }) : undefined

/** @type {PromiseWithResolvers<void>} */
const wanted = Promise.withResolvers()

if (isAwake) {
  delete process.env.SSE_WORKSHOP_PROBE
  watchListening()
  watchChildren()
  watchErrors()
  watchCalls()
  answerQuestions()
  watchCensus()
}

/** Holds the program back before its first line until it is wanted: `hold.mjs` waits for this. */
export async function holdBack() {
  if (!isAwake) return
  await wanted.promise
  watchMemory()
  questions?.unref()
}

/** Does ahead what takes long at the first line of TypeScript, and of HTTP/2. It is the compiler that tsx has loaded. */
function warmUp() {
  const tsx = createRequire(import.meta.url).resolve('tsx')
  createRequire(tsx)('esbuild').transformSync('')
  process.getBuiltinModule('node:http2')
}

/** @param {object} data */
function report(data) {
  try {
    writeSync(REPORTS, `${JSON.stringify(data)}\n`)
  } catch {
    // The workshop has gone, and this process goes with it.
  }
}

function watchErrors() {
  process.on('uncaughtExceptionMonitor', (error, origin) =>
    report({ type: 'crash', origin, time: Date.now(), ...describe(error) }),
  )
}

/**
 * What can be said of a thrown value, which can be anything.
 * @param {any} error
 */
function describe(error) {
  try {
    if (!(error instanceof Error)) return { name: 'Error', message: String(error).slice(0, TEXT), stack: '' }
    const { name, message, code, path, port } = /** @type {any} */ (error)
    return {
      // Some libraries have errors of their own that say nothing but what they are called.
      name: message === '' && name === 'Error' ? error.constructor.name : name,
      message: `${message}`.slice(0, TEXT),
      code,
      path,
      port,
      stack: `${error.stack}`.slice(0, TEXT),
    }
  } catch {
    return { name: 'Error', message: 'a value that can not be shown', stack: '' }
  }
}

function watchListening() {
  subscribe('tracing:net.server.listen:asyncEnd', (event) => {
    const { server } = /** @type {any} */ (event)
    report({ type: 'listening', kind: kindOf(server), address: server.address() })
  })
  subscribe('tracing:net.server.listen:error', (event) => {
    const { code, port } = /** @type {any} */ (event).error
    report({ type: 'listen-error', code, port })
  })
}

/** A detached program is in a group of its own, so the end of this one's group would not be its end. */
function watchChildren() {
  subscribe('child_process', (event) => {
    const { process: child } = /** @type {any} */ (event)
    queueMicrotask(() => {
      if (child.pid === undefined) return // it could not be started
      report({ type: 'child', pid: child.pid })
      child.once('exit', () => report({ type: 'child-end', pid: child.pid }))
    })
  })
}

/** @param {object} server */
function kindOf(server) {
  const { Server: Tls } = process.getBuiltinModule('node:tls')
  const { Server: Http } = process.getBuiltinModule('node:http')
  const { Server: Https } = process.getBuiltinModule('node:https')
  if (server.constructor.name.startsWith('Http2')) return server instanceof Tls ? 'http2' : 'http2-plain'
  if (server instanceof Https) return 'https'
  if (server instanceof Http) return 'http'
  return server instanceof Tls ? 'tls' : 'net'
}

function watchMemory() {
  let isGrowing = false
  setInterval(() => {
    const memory = process.memoryUsage.rss()
    if (memory > MEMORY / 2 && !isGrowing) {
      isGrowing = true
      report({ type: 'growing' })
    }
    if (memory < MEMORY) return
    report({ type: 'memory' })
    killGroup()
  }, 100).unref()
}

function answerQuestions() {
  let text = ''
  questions?.setEncoding('utf8')
  questions?.on('data', async (chunk) => {
    const lines = (text + chunk).split('\n')
    text = lines.pop() ?? ''
    for (const line of lines) {
      const { id, ask, ...question } = JSON.parse(line)
      report({ type: 'answer', id, answer: await answer(ask, question) })
    }
  })
  questions?.on('error', killGroup)
  questions?.on('end', killGroup)
}

/**
 * @param {'run' | 'warm' | 'alive' | 'sample' | 'timers' | 'waiting' | 'where' | 'hurry' | 'calm' | 'import' | 'evaluate'} ask
 * @param {any} question
 */
async function answer(ask, question) {
  if (ask === 'run') {
    Object.assign(process.env, question.env)
    wanted.resolve()
  }
  if (ask === 'warm') warmUp()
  if (ask === 'sample') return takeCensus()
  if (ask === 'timers') return takeTimers()
  if (ask === 'waiting') return takeWaiting()
  if (ask === 'where') return callsOf(question.what, question.path)
  if (ask === 'hurry') return hurry(question.slowness)
  if (ask === 'calm') return calm()
  if (ask === 'import') {
    watchMemory()
    return importModule(question.url, question.helpers).catch((error) => ({ error: describe(error) }))
  }
  if (ask === 'evaluate') {
    const outcome = await evaluate(question.expression, question.awaits)
    return 'error' in outcome ? { ...outcome, error: describe(outcome.error) } : outcome
  }
  return true
}

function killGroup() {
  try {
    process.kill(-process.pid, 'SIGKILL')
  } catch {
    process.kill(process.pid, 'SIGKILL') // Windows has no groups
  }
}
