/** Plays the recorded session of the home page. Nothing moves before the button is pressed. */

class RecordedSession extends HTMLElement {
  #timer: ReturnType<typeof setTimeout> | undefined
  #at = 0
  readonly #frames = Array.from(this.querySelectorAll('pre'))
  readonly #button = this.querySelector('button') as HTMLButtonElement

  connectedCallback(): void {
    this.#button.hidden = false
    this.#button.addEventListener('click', () => (this.#timer === undefined ? this.#play() : this.#stop()))
    for (const details of this.querySelectorAll('details')) {
      details.querySelector('summary')?.addEventListener('click', () => this.#choose(details))
    }
  }

  disconnectedCallback(): void {
    this.#stop()
  }

  /** Goes on from the frame that is shown; after the last one, and at the very beginning, from the first. */
  #play(): void {
    this.#button.textContent = this.#button.dataset.pause ?? ''
    this.#show(this.#at)
  }

  #stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#button.textContent = this.#button.dataset.play ?? ''
  }

  #show(at: number): void {
    const frame = this.#frames[at]
    if (!frame) {
      this.#at = 0
      this.#stop()
      return
    }
    this.#at = at
    for (const each of this.#frames) each.hidden = each !== frame
    // Its name closes the step that was open.
    const details = frame.closest('details')
    if (details && !details.open) details.open = true
    this.#timer = setTimeout(() => this.#show(at + 1), Number(frame.dataset.ms))
  }

  /** Who picks a step wants to read how it ended. */
  #choose(details: HTMLDetailsElement): void {
    this.#stop()
    this.#at = this.#frames.findLastIndex((frame) => details.contains(frame))
    for (const [index, frame] of this.#frames.entries()) frame.hidden = index !== this.#at
  }
}

customElements.define('recorded-session', RecordedSession)
