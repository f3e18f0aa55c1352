/**
 * Servers that are this page: a service worker gives it what is asked below one address, and it answers piece by piece.
 * Only pages below `/playground/` can be one, which is as far as the worker's file reaches: public/playground/server.js.
 */

import { say } from '../lib/say.ts'

/** A request, as far as a service worker sees it: some headers that a browser adds later are not among these. */
export interface Asked {
  method: string
  /** As if this server were all that is at its address: it begins with `/`. */
  path: string
  headers: [name: string, value: string][]
}

export interface Head {
  /** Of 200 to 599: a browser lets no page make another one. */
  status: number
  headers: [name: string, value: string][]
}

/** The answer to one request. After `end`, or when the reader has left, nothing more goes out. */
export class Answer {
  readonly #port: MessagePort
  #over = false
  /** Called when whoever asked has gone. */
  onleave = () => {}

  constructor(port: MessagePort) {
    this.#port = port
    port.addEventListener('message', () => {
      this.#over = true
      this.onleave()
    })
    port.start()
  }

  /** Sends the head: the first thing to be said. */
  respond(head: Head): void {
    this.#say({ head })
  }

  write(bytes: Uint8Array): void {
    this.#say({ bytes })
  }

  /**
   * Ends the stream. It is the one way in which a service worker stops: where it lets a stream fail, Chromium's EventSource
   * gives up, which it does not when a network breaks.
   */
  end(): void {
    this.#say({ end: true })
    this.#over = true
  }

  #say(words: object): void {
    if (!this.#over) this.#port.postMessage(words)
  }
}

/** Firefox ends a worker, and its streams, that was told nothing for 30 s. */
const STAY_MS = 10_000

/** Why this page can't be a server here; undefined when it can. */
export function obstacle(): string | undefined {
  return 'serviceWorker' in navigator ? undefined : say('worker.none')
}

type OnRequest = (asked: Asked, answer: Answer) => void

/** The servers of this page, by the part of the address that is their own. */
const rooms = new Map<string, OnRequest>()
let begun: Promise<string> | undefined

/**
 * Answers requests from now on, until the page goes.
 *
 * @param room what sets this server's address apart from those of others in this page
 * @returns the address of this server, a path without a slash at its end
 * @throws Error when the browser refuses the worker
 */
export async function serve(room: string, onRequest: OnRequest): Promise<string> {
  rooms.set(room, onRequest)
  begun ??= begin()
  return `${await begun}/${room}`
}

/** Ends a server. What is asked of it from now on gets no answer. */
export function stop(room: string): void {
  rooms.delete(room)
}

async function begin(): Promise<string> {
  const { serviceWorker } = navigator
  const folder = `${import.meta.env.BASE_URL.replace(/\/$/, '')}/playground/`
  await serviceWorker.register(`${folder}server.js`, { scope: folder })
  const { active } = await serviceWorker.ready
  if (!active) throw new Error(say('worker.idle'))
  serviceWorker.addEventListener('message', ({ data, ports: [port] }) => {
    if (port) rooms.get(data.room)?.(data, new Answer(port))
  })
  serviceWorker.startMessages()
  // The worker knows of it before the page does, whose next request would go out to the network.
  const controlled = new Promise((resolve) => {
    if (serviceWorker.controller) resolve(undefined)
    else serviceWorker.addEventListener('controllerchange', resolve, { once: true })
  })
  const { port1, port2 } = new MessageChannel()
  const named = new Promise<string>((resolve) => {
    port1.onmessage = ({ data }) => resolve(data)
  })
  active.postMessage('serve', [port2])
  setInterval(() => active.postMessage('stay'), STAY_MS)
  await controlled
  return `${folder}served/${await named}`
}
