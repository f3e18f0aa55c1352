/** The picture that moves on the home page: bytes come over the wire, and a real parser makes events of them. */

import { createEventReader } from '../../../checks/wire/parse.ts'
import { STREAM } from './stream.ts'

/** Between two bytes, and after a line, in milliseconds: slow enough to read along. */
const BYTE_MS = 45
const LINE_MS = 350
/** Before it begins again. */
const END_MS = 3500

class WireDemo extends HTMLElement {
  #timer: ReturnType<typeof setTimeout> | undefined
  #at = STREAM.length
  #reader = createEventReader()

  connectedCallback(): void {
    this.#button.hidden = false
    this.#button.addEventListener('click', () => (this.#timer === undefined ? this.#play() : this.#pause()))
    addEventListener('beforeprint', this.#showAll)
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches
    if (still) this.#pause()
    else this.#go()
  }

  disconnectedCallback(): void {
    removeEventListener('beforeprint', this.#showAll)
    clearTimeout(this.#timer)
  }

  /** Paper shows how it ends. */
  #showAll = (): void => {
    this.#pause()
    while (this.#at < STREAM.length) this.#step()
  }

  #play(): void {
    if (this.#at >= STREAM.length) this.#begin()
    this.#go()
  }

  /** At the end, which is what the page begins with, the whole is left to the reader for a while. */
  #go(): void {
    this.#button.textContent = this.#button.dataset.pause ?? ''
    this.#next()
  }

  #pause(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#button.textContent = this.#button.dataset.play ?? ''
  }

  #begin(): void {
    this.#at = 0
    this.#reader = createEventReader()
    this.#wire.replaceChildren()
    this.#events.replaceChildren()
  }

  #next(): void {
    if (this.#at >= STREAM.length) {
      this.#timer = setTimeout(() => {
        this.#begin()
        this.#next()
      }, END_MS)
      return
    }
    const byte = this.#step()
    this.#timer = setTimeout(() => this.#next(), byte === 0x0a ? LINE_MS : BYTE_MS)
  }

  /** One byte more. */
  #step(): number {
    const byte = STREAM[this.#at++] as number
    this.#write(byte)
    for (const { data } of this.#reader.feed(Uint8Array.of(byte)).events) this.#dispatch(data)
    return byte
  }

  #write(byte: number): void {
    const isEnd = byte === 0x0a
    const sign = document.createElement('span')
    sign.textContent = isEnd ? 'LF' : String.fromCharCode(byte)
    if (isEnd) sign.className = 'demo-end'
    this.#wire.append(sign, isEnd ? '\n' : '')
  }

  #dispatch(data: string): void {
    const item = document.createElement('li')
    item.textContent = data
    this.#events.append(item)
  }

  get #wire(): HTMLElement {
    return this.querySelector('.demo-wire code') as HTMLElement
  }

  get #events(): HTMLElement {
    return this.querySelector('.demo-events ol') as HTMLElement
  }

  get #button(): HTMLButtonElement {
    return this.querySelector('button') as HTMLButtonElement
  }
}

customElements.define('wire-demo', WireDemo)
