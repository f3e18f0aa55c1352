/** Counts what lives in the learner's process: timers, streams, sockets, listeners, memory. Part of the probe. */
import { createHook } from 'node:async_hooks'
import { EventEmitter } from 'node:events'
import { Socket } from 'node:net'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { lateWrites, writesAfterEnd } from './calls.mjs'
import { hurryTimer } from './hurry.mjs'

/** @type {Map<number, any>} Timers that were set, by async id, `unref()`ed ones included. */
const timers = new Map()

/** @type {WeakSet<object>} Emitters that already stand in `emitters`. */
const known = new WeakSet()

/** @type {WeakRef<any>[]} Everything that ever got a listener. A census forgets those that are gone. */
let emitters = []

/** @type {(() => void) | undefined} V8's own, made when a census first needs it. */
let gc

/** Begins to watch. Emitters are held weakly, so that the probe keeps nothing alive. */
export function watchCensus() {
  const hook = {
    /** @param {number} id @param {string} type @param {number} _trigger @param {object} timer */
    init(id, type, _trigger, timer) {
      if (type !== 'Timeout') return
      timers.set(id, timer)
      hurryTimer(timer)
    },
    /** @param {number} id */
    destroy(id) {
      timers.delete(id)
    },
  }
  createHook(/** @type {any} */ ({ ...hook, trackPromises: false })).enable()

  // `once` and `prependOnceListener` are made of these two, and `on` and `addListener` are one function.
  const { addListener, prependListener } = EventEmitter.prototype
  Object.assign(EventEmitter.prototype, {
    /** @this {any} @param {any} type @param {any} listener */
    addListener(type, listener) {
      remember(this)
      return addListener.call(this, type, listener)
    },
    /** @this {any} @param {any} type @param {any} listener */
    prependListener(type, listener) {
      remember(this)
      return prependListener.call(this, type, listener)
    },
  })
  EventEmitter.prototype.on = EventEmitter.prototype.addListener
}

/** @param {object} emitter */
function remember(emitter) {
  if (known.has(emitter)) return
  known.add(emitter)
  emitters.push(new WeakRef(emitter))
}

/** Counts what is left after garbage was collected. */
export async function takeCensus() {
  await collectGarbage()
  const live = emitters.map((reference) => reference.deref()).filter((emitter) => emitter !== undefined)
  emitters = emitters.filter((reference) => reference.deref() !== undefined)
  const open = live.filter((emitter) => !emitter.destroyed)
  const census = {
    timers: [...timers.values()].filter(isOpen).length,
    streams: open.filter(isStream).length,
    closedStreams: live.filter((emitter) => emitter.destroyed && isStream(emitter)).length,
    closedSessions: live.filter((emitter) => emitter.destroyed && isSession(emitter)).length,
    sockets: socketsOf(open),
    listeners: open.reduce((sum, emitter) => sum + listenersOf(emitter), 0),
  }
  const { rss, heapUsed, external, arrayBuffers } = process.memoryUsage()
  const memory = { rss, heapUsed, external, arrayBuffers }
  return { ...census, memory, lateWrites: lateWrites(), writesAfterEnd: writesAfterEnd() }
}

/**
 * The timers that run now: their names, which go up, and how long each was set for, in milliseconds. Those of Node
 * itself are among them.
 */
export function takeTimers() {
  return [...timers]
    .filter(([, timer]) => isOpen(timer))
    .map(([id, timer]) => ({ id, ms: timer._idleTimeout }))
}

/**
 * What waits in each open stream for its client to read it: in bytes, and as the stream counts it itself, which is in
 * characters where strings were written.
 */
export function takeWaiting() {
  const live = emitters.map((reference) => reference.deref())
  const open = live.filter((emitter) => emitter !== undefined && !emitter.destroyed && isStream(emitter))
  return open.map((stream) => ({ bytes: bytesIn(stream), counted: stream.writableLength }))
}

/**
 * What HTTP/2 has taken and not sent yet, and what the stream still keeps for it.
 * @param {any} stream
 */
function bytesIn({ bufferSize, writableLength, writableBuffer }) {
  return writableBuffer.reduce(
    (/** @type {number} */ sum, /** @type {any} */ { chunk, encoding }) =>
      sum + Buffer.byteLength(chunk, encoding),
    bufferSize - writableLength,
  )
}

/** @param {any} emitter */
function isStream(emitter) {
  return emitter.constructor?.name.endsWith('Http2Stream')
}

/** @param {any} emitter */
function isSession(emitter) {
  return emitter.constructor?.name.endsWith('Http2Session')
}

/**
 * Node itself sets a timer to forget the text of the current second, which comes and goes with every response.
 * @param {any} timer
 */
function isOpen(timer) {
  return !timer._destroyed && timer._onTimeout?.name !== 'resetCache'
}

/**
 * Connections of the network: a TLS socket and the socket below it are one, and the terminal is none.
 * @param {any[]} emitters
 */
function socketsOf(emitters) {
  const sockets = emitters.filter((emitter) => emitter instanceof Socket && emitter.remotePort !== undefined)
  const below = new Set(sockets.map((socket) => /** @type {any} */ (socket)._parent))
  return sockets.filter((socket) => !below.has(socket)).length
}

/** @param {any} emitter */
function listenersOf(emitter) {
  const events = Object.hasOwn(emitter, '_events') ? (emitter._events ?? {}) : {}
  let count = 0
  for (const type of Reflect.ownKeys(events)) {
    const listeners = events[type]
    count += Array.isArray(listeners) ? listeners.length : listeners ? 1 : 0
  }
  return count
}

/** Twice, with a turn of the event loop after each: what a WeakRef gave out lives until its turn is over. */
async function collectGarbage() {
  if (!gc) {
    setFlagsFromString('--expose-gc')
    gc = runInNewContext('gc')
  }
  for (let round = 0; round < 2; round++) {
    gc?.()
    await new Promise((resolve) => setImmediate(resolve))
  }
}
