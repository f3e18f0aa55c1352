/**
 * Where in the learner's code a response was begun, written to and ended, and what was written to a stream that had
 * closed. Part of the probe.
 */
import { subscribe } from 'node:diagnostics_channel'
import { findSourceMap } from 'node:module'
import { getCallSites } from 'node:util'
import { fileOf } from './sites.mjs'

/** How far up the stack the learner's code is looked for, in calls. */
const DEPTH = 12

/** Paths remembered: checks ask for the last few only. */
const PATHS = 200

/** @typedef {{ file: string, line: number, column: number, name: string }} Spot */
/** @typedef {ReturnType<typeof getCallSites>} Sites */

/** @type {Map<string, Sites>} Keys are `what path`; the last call wins. */
const calls = new Map()

/** How many watched methods are running: those that Node calls from within another are not the learner's. */
let depth = 0

/** @type {WeakMap<object, string>} The path that each stream was asked for. */
const paths = new WeakMap()

/** Streams whose 'close' event has come. Until then nobody can know that one of them is gone. @type {WeakSet<object>} */
const closed = new WeakSet()

/** Writes to those streams. @type {{ count: number, sites?: Sites }} */
const late = { count: 0 }

/** Where the caller of a watched method stands among the calls: behind `note` and the wrapper. */
const CALLER = 2

/** Streams that the learner's code has ended. Node ends one itself when it is destroyed. @type {WeakSet<object>} */
const ended = new WeakSet()

/** Writes to those streams. @type {{ count: number, sites?: Sites }} */
const afterEnd = { count: 0 }

/**
 * Begins to watch. The prototypes are reached through the first stream, so a program without HTTP/2 pays nothing.
 * An own property of the wrapped prototype shadows the inherited method, so no other kind of stream is touched.
 */
export function watchCalls() {
  let isWrapped = false
  subscribe('http2.server.stream.created', (event) => {
    const { stream, headers } = /** @type {any} */ (event)
    paths.set(stream, headers[':path'])
    if (isWrapped) return
    isWrapped = true
    const { Http2ServerResponse } = process.getBuiltinModule('node:http2')
    const prototype = Object.getPrototypeOf(stream)
    watchClose(prototype)
    wrap(prototype, 'respond', 'respond')
    wrap(prototype, 'write', 'write')
    wrap(prototype, 'end', 'end')
    wrap(Http2ServerResponse.prototype, 'writeHead', 'respond')
    wrap(Http2ServerResponse.prototype, 'write', 'write')
    wrap(Http2ServerResponse.prototype, 'end', 'end')
  })
}

/**
 * The calls on the stack when `what` was last called for a request of `path`, innermost first, in the files as written.
 * @param {string} what
 * @param {string} path
 */
export function callsOf(what, path) {
  return spots(calls.get(`${what} ${path}`))
}

/** Writes to closed streams so far, with the calls of the first. */
export function lateWrites() {
  return { count: late.count, stack: spots(late.sites) }
}

/** The same of streams that the learner's code has ended. */
export function writesAfterEnd() {
  return { count: afterEnd.count, stack: spots(afterEnd.sites) }
}

/**
 * Notes each stream before the first listener of its 'close' is called.
 * @param {any} prototype
 */
function watchClose(prototype) {
  const { emit } = prototype
  Object.defineProperty(prototype, 'emit', {
    /** @this {any} @param {any[]} args */
    value(...args) {
      if (args[0] === 'close') closed.add(this)
      return emit.apply(this, args)
    },
    writable: true,
    configurable: true,
    enumerable: false,
  })
}

/**
 * @param {any} prototype
 * @param {string} method
 * @param {'respond' | 'write' | 'end'} what
 */
function wrap(prototype, method, what) {
  const original = prototype[method]
  const own = Object.getOwnPropertyDescriptor(prototype, method)
  const wrapper = {
    /** @this {any} @param {any[]} args */
    [method](...args) {
      if (depth === 0) note(this, what, args)
      depth += 1
      try {
        return original.apply(this, args)
      } finally {
        depth -= 1
      }
    },
  }[method]
  Object.defineProperty(wrapper, 'length', { value: original.length, configurable: true })
  Object.defineProperty(prototype, method, {
    value: wrapper,
    writable: true,
    configurable: true,
    enumerable: own?.enumerable ?? false,
  })
}

/**
 * @param {any} target A stream, or a response of the compatibility API.
 * @param {'respond' | 'write' | 'end'} what
 * @param {any[]} args
 */
function note(target, what, args) {
  const stream = paths.has(target) ? target : target.stream
  const sites = getCallSites(DEPTH)
  const key = `${what} ${paths.get(stream)}`
  calls.delete(key)
  calls.set(key, sites)
  if (calls.size > PATHS) calls.delete(/** @type {string} */ (calls.keys().next().value))
  if (what === 'write' && ended.has(stream)) {
    afterEnd.count += 1
    afterEnd.sites ??= sites
  }
  const caller = sites[CALLER]
  if (what === 'end' && caller && fileOf(caller.scriptName) !== undefined) ended.add(stream)
  // An `end()` without data after the client left is common, and harmless.
  const isBareEnd = what === 'end' && (args[0] == null || typeof args[0] === 'function')
  if (isBareEnd || !closed.has(stream)) return
  late.count += 1
  late.sites ??= sites
}

/**
 * Raw call sites → files and lines as the learner wrote them; what is not a file is left out.
 * @param {Sites} [sites]
 * @returns {Spot[]}
 */
function spots(sites = []) {
  return sites.flatMap(({ scriptName, lineNumber, columnNumber, functionName: name }) => {
    const file = fileOf(scriptName)
    if (file === undefined) return []
    const entry = findSourceMap(scriptName)?.findEntry(lineNumber - 1, columnNumber - 1)
    const isMapped = entry && 'originalLine' in entry
    const line = isMapped ? entry.originalLine + 1 : lineNumber
    const column = isMapped ? entry.originalColumn : columnNumber - 1
    return [{ file, line, column, name }]
  })
}
