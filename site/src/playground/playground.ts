/** The playground: a custom element around the form and the views of components/Playground.astro. */
import { LONGEST } from '../../../workshop/inspect/link.ts'
import { RealSource } from '../in-page/real-source.ts'
import { say } from '../lib/say.ts'
import { Address } from './address.ts'
import { Desk } from './desk.ts'
import { PartlyDrawn } from './list.ts'
import { presets } from './presets.ts'
import { Writing } from './writing.ts'

/** The summary is read out when nothing was typed for this many milliseconds. */
const QUIET_MS = 600

class WirePlayground extends HTMLElement {
  #quiet: ReturnType<typeof setTimeout> | undefined
  #reading = false
  #stale = false
  readonly #desk = new Desk()
  readonly #address = new Address(
    this.#desk,
    (typed) => this.#load(typed),
    (words) => this.#say(words),
  )
  readonly #area = this.#part('textarea', HTMLTextAreaElement)
  readonly #preset = this.#part('select', HTMLSelectElement)
  readonly #slider = this.#part('input[type=range]', HTMLInputElement)
  readonly #writing = new Writing(this.#area, (edits) => {
    this.#desk.change(edits)
    this.#changed()
  })
  readonly #lines = this.#list('lines')
  readonly #events = this.#list('events')
  readonly #pieces = this.#list('pieces')

  connectedCallback(): void {
    this.addEventListener('input', () => this.#say(''))
    this.#area.addEventListener('blur', () => void this.#address.flush())
    this.#slider.addEventListener('input', () => {
      this.#pieces.first = 0
      void this.#show()
    })
    this.#preset.addEventListener('change', () => {
      const preset = presets.find(({ id }) => id === this.#preset.value)
      if (preset) void this.#address.replace(() => this.#load(preset.typed))
    })
    for (const button of this.querySelectorAll<HTMLButtonElement>('button[data-insert]')) {
      button.addEventListener('click', () => void this.#writing.insert(button.dataset.insert ?? ''))
    }
    this.#part('button.pg-undo').addEventListener('click', () => this.#writing.undo())
    this.#part('button.pg-share').addEventListener('click', () => void this.#address.copy())
    this.#part('button.pg-save').addEventListener('click', () => void this.#save())
    const file = this.#part('input[type=file]', HTMLInputElement)
    file.addEventListener('change', () => {
      void this.#open(file.files?.[0])
      file.value = ''
    })
    // A file that is dropped elsewhere than into the button would replace the page.
    this.addEventListener(
      'dragover',
      (event) => event.dataTransfer?.types.includes('Files') && event.preventDefault(),
    )
    this.addEventListener('drop', (event) => {
      const dropped = event.dataTransfer?.files[0]
      if (!dropped) return
      event.preventDefault()
      void this.#open(dropped)
    })
    this.addEventListener('click', ({ target }) => {
      if (target instanceof HTMLElement && target.dataset.go) this.#go(Number(target.dataset.go))
    })
    this.#part('real-source', RealSource).plan = async () => ({
      bytes: await this.#desk.ask('bytes'),
      size: Number(this.#slider.value),
    })
    this.#begin()
  }

  disconnectedCallback(): void {
    this.#desk.close()
  }

  async #begin(): Promise<void> {
    // A browser may have put back what was typed before a reload.
    await this.#writing.begin((await this.#address.read()) ?? this.#area.value)
    this.classList.add('ready')
  }

  async #load(typed: string): Promise<void> {
    if (typed === this.#writing.short) return
    for (const list of [this.#lines, this.#events, this.#pieces]) list.first = 0
    await this.#writing.replaceAll(typed)
  }

  #changed(): void {
    const preset = presets.find(({ typed }) => typed === this.#writing.short)
    this.#preset.value = preset?.id ?? ''
    this.#part('.pg-says').textContent = preset?.says ?? ''
    this.#address.changed()
    void this.#show()
  }

  /** Draws what is typed, and again when it changes in the meantime. */
  async #show(): Promise<void> {
    this.#stale = true
    if (this.#reading) return
    this.#reading = true
    this.dataset.state = 'reading'
    try {
      while (this.#stale) {
        this.#stale = false
        await this.#draw()
        if (!this.#stale) await this.#remark()
      }
      this.dataset.state = 'ready'
    } catch (error) {
      this.#say(say('reading.failed', { error: (error as Error).message }))
    } finally {
      this.#reading = false
    }
  }

  async #draw(): Promise<void> {
    const pieceSize = Number(this.#slider.value)
    const [line, event, piece] = [this.#lines.first, this.#events.first, this.#pieces.first]
    const look = { line, event, piece, pieceSize }
    const { head, lines, events, after, pieces } = await this.#desk.ask('look', look)
    this.#part('.pg-head-view').innerHTML = head
    this.#lines.show(lines)
    this.#events.show(events)
    this.#part('.pg-after-view').innerHTML = after
    this.#slider.setAttribute('aria-valuetext', say('reading.each', { count: pieceSize }))
    this.#part('.pg-size').textContent = String(pieceSize)
    this.#pieces.show(pieces)
  }

  async #remark(): Promise<void> {
    const { html, summary } = await this.#desk.ask('remarks')
    this.#part('.pg-findings-view').innerHTML = html
    clearTimeout(this.#quiet)
    this.#quiet = setTimeout(() => {
      this.#part('.pg-summary').textContent = summary
    }, QUIET_MS)
  }

  /** Goes to a line of the stream, by its number. */
  async #go(number: number): Promise<void> {
    this.#lines.first = Math.max(0, number - LINES_BEFORE)
    await this.#show()
    const line = this.querySelector<HTMLElement>(`[data-line="${number}"]`)
    if (!line) return
    line.tabIndex = -1
    line.focus()
  }

  async #open(file: File | undefined): Promise<void> {
    if (!file) return
    if (file.size > LONGEST) this.#say(say('reading.tooLarge', { count: LONGEST }))
    else {
      const typed = await this.#desk.ask('typedFor', new Uint8Array(await file.arrayBuffer()))
      await this.#address.replace(() => this.#load(typed))
    }
  }

  async #save(): Promise<void> {
    const link = document.createElement('a')
    link.href = URL.createObjectURL(new Blob([await this.#desk.ask('bytes')]))
    link.download = 'stream.txt'
    link.click()
    setTimeout(() => URL.revokeObjectURL(link.href))
  }

  #say(words: string): void {
    this.#part('.pg-said').textContent = words
  }

  #list(name: string): PartlyDrawn {
    const pager = this.#part(`.pg-pager[data-of=${name}]`)
    return new PartlyDrawn(this.#part(`.pg-${name}-view`), pager, () => void this.#show())
  }

  #part<Kind extends HTMLElement>(selector: string, kind?: new () => Kind): Kind {
    const part = this.querySelector(selector)
    if (!(part instanceof (kind ?? HTMLElement))) throw new Error(`The playground has no ${selector}`)
    return part as Kind
  }
}

/** So many lines are drawn before the one that is gone to. */
const LINES_BEFORE = 10

customElements.define('wire-playground', WirePlayground)
