/** The playground: a custom element around the form and the views of components/Playground.astro. */
import { bytesOf } from './notation.ts'
import { presets } from './presets.ts'
import { renderPieces, renderViews } from './render.ts'
import { fromHash, SHARE_LIMIT, toHash } from './share.ts'

/** The summary is read out when nothing was typed for this many milliseconds. */
const QUIET_MS = 600

class WirePlayground extends HTMLElement {
  #quiet: ReturnType<typeof setTimeout> | undefined
  readonly #input = this.#part('textarea', HTMLTextAreaElement)
  readonly #preset = this.#part('select', HTMLSelectElement)
  readonly #slider = this.#part('input[type=range]', HTMLInputElement)

  connectedCallback(): void {
    this.#input.addEventListener('input', () => this.#changed())
    this.#slider.addEventListener('input', () => this.#showPieces())
    this.#preset.addEventListener('change', () => {
      const preset = presets.find(({ id }) => id === this.#preset.value)
      if (preset) this.#load(preset.typed)
    })
    for (const button of this.querySelectorAll<HTMLButtonElement>('button[data-insert]')) {
      button.addEventListener('click', () => this.#insert(button.dataset.insert ?? ''))
    }
    this.#part('button.pg-share', HTMLButtonElement).addEventListener('click', () => void this.#share())
    addEventListener('hashchange', () => this.#readHash())
    this.#readHash()
    this.classList.add('ready')
  }

  #readHash(): void {
    const typed = fromHash(location.hash)
    if (typed !== undefined && typed !== this.#input.value) this.#load(typed)
    else this.#show()
  }

  #load(typed: string): void {
    this.#input.value = typed
    this.#changed()
  }

  #changed(): void {
    history.replaceState(history.state, '', toHash(this.#input.value))
    this.#show()
  }

  #show(): void {
    const preset = presets.find(({ typed }) => typed === this.#input.value)
    this.#preset.value = preset?.id ?? ''
    this.#part('.pg-says').textContent = preset?.says ?? ''
    const { summary, wire, findings, events } = renderViews(bytesOf(this.#input.value))
    this.#part('.pg-wire').innerHTML = wire.text
    this.#part('.pg-findings-view').innerHTML = findings.text
    this.#part('.pg-events-view').innerHTML = events.text
    this.#showPieces()
    clearTimeout(this.#quiet)
    this.#quiet = setTimeout(() => {
      this.#part('.pg-summary').textContent = summary
    }, QUIET_MS)
  }

  #showPieces(): void {
    const size = Number(this.#slider.value)
    this.#slider.setAttribute('aria-valuetext', `${size} bytes each`)
    this.#part('.pg-size').textContent = String(size)
    this.#part('.pg-pieces-view').innerHTML = renderPieces(bytesOf(this.#input.value), size).text
  }

  #insert(sign: string): void {
    this.#input.setRangeText(sign, this.#input.selectionStart, this.#input.selectionEnd, 'end')
    this.#input.focus()
    this.#changed()
  }

  async #share(): Promise<void> {
    const said = this.#part('.pg-shared')
    if (bytesOf(this.#input.value).length > SHARE_LIMIT) {
      said.textContent = `Only ${SHARE_LIMIT} bytes fit into an address. Make the stream shorter.`
      return
    }
    this.#changed()
    try {
      await navigator.clipboard.writeText(location.href)
      said.textContent = 'The address is in your clipboard.'
    } catch {
      said.textContent = 'Copy the address from the address bar: it holds the stream.'
    }
  }

  #part<Kind extends HTMLElement>(selector: string, kind?: new () => Kind): Kind {
    const part = this.querySelector(selector)
    if (!(part instanceof (kind ?? HTMLElement))) throw new Error(`The playground has no ${selector}`)
    return part as Kind
  }
}

customElements.define('wire-playground', WirePlayground)
