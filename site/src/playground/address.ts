/** The stream in the address, so that a reload and the way back lead to it; what is too long for that is kept by the tab. */
import { LINK_LENGTH } from '../../../workshop/inspect/link.ts'
import { say } from '../lib/say.ts'
import type { Desk } from './desk.ts'
import { presets } from './presets.ts'

/** After so many milliseconds without a key. Safari takes no more than three changes of the address a second. */
const QUIET_MS = 400

/** Names the stream that the tab keeps, in the address and in the tab. */
const DRAFT = '#draft'

export class Address {
  readonly #desk: Desk
  readonly #say: (words: string) => void
  #quiet: ReturnType<typeof setTimeout> | undefined
  /** What the address said when it was last read or written. */
  #known = location.hash

  constructor(desk: Desk, load: (typed: string) => Promise<void>, say: (words: string) => void) {
    this.#desk = desk
    this.#say = say
    addEventListener('hashchange', async () => {
      const typed = await this.read()
      if (typed !== undefined) await load(typed)
    })
  }

  /** The stream that the address holds, if it holds one. */
  async read(): Promise<string | undefined> {
    const { hash } = location
    this.#known = hash
    const typed = await this.#desk.ask('typedIn', hash === DRAFT ? (kept() ?? '') : hash)
    if (typed === undefined && /^#[sz]=/.test(hash)) this.#say(say('reading.damaged'))
    return typed
  }

  /** To be called at each change. */
  changed(): void {
    clearTimeout(this.#quiet)
    this.#quiet = setTimeout(() => void this.keep(), QUIET_MS)
  }

  /** Does at once what a change has left to do. */
  async flush(): Promise<void> {
    if (this.#quiet !== undefined) await this.keep()
  }

  /** Puts what is typed into the address, unless a link was followed meanwhile: what that leads to is about to be read. */
  async keep(): Promise<string> {
    clearTimeout(this.#quiet)
    this.#quiet = undefined
    const hash = await this.#desk.ask('hash')
    if (location.hash === this.#known) this.#put(hash)
    return hash
  }

  /** Puts another stream in the place of what is typed, which the way back leads to. */
  async replace(load: () => Promise<void>): Promise<void> {
    const asked = this.#desk.ask('hash')
    await load()
    const before = await asked
    if (!presets.some(({ id }) => before === `#${id}`)) {
      this.#put(before)
      history.pushState(null, '')
    }
    await this.keep()
  }

  async copy(): Promise<void> {
    const hash = await this.keep()
    if (hash.length > LINK_LENGTH) {
      this.#say(say('reading.tooLong', { count: hash.length, limit: LINK_LENGTH }))
      return
    }
    try {
      await navigator.clipboard.writeText(location.href)
      this.#say(say('reading.copied'))
    } catch {
      this.#say(say('reading.copy'))
    }
  }

  #put(hash: string): void {
    const fits = hash.length <= LINK_LENGTH
    if (!fits && !keepInTab(hash)) this.#say(say('reading.unkept'))
    history.replaceState(null, '', fits ? hash : DRAFT)
    this.#known = location.hash
  }
}

/** @returns false when the tab has no room for it */
function keepInTab(hash: string): boolean {
  try {
    sessionStorage.setItem(DRAFT, hash)
    return true
  } catch {
    return false
  }
}

function kept(): string | null {
  try {
    return sessionStorage.getItem(DRAFT)
  } catch {
    return null
  }
}
