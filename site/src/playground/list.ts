/** A long list of which a part is drawn, with the buttons that lead to the other parts. */
import { say } from '../lib/say.ts'
import type { Part } from './render.ts'

export class PartlyDrawn {
  /** The index of the first item that is looked at. */
  first = 0
  #part: Part = { html: '', first: 0, drawn: 0, total: 0 }
  readonly #content: HTMLElement
  readonly #pager: HTMLElement
  readonly #moved: () => void

  /**
   * @param content is filled with the items that are drawn
   * @param pager has the buttons, a field with the number of the first item, and a place for the others
   * @param moved is called when another part is wanted
   */
  constructor(content: HTMLElement, pager: HTMLElement, moved: () => void) {
    this.#content = content
    this.#pager = pager
    this.#moved = moved
    pager.addEventListener('click', ({ target }) => {
      if (target instanceof HTMLButtonElement) this.#turn(target.dataset.to ?? '')
    })
    this.#number.addEventListener('change', () => this.look(this.#number.valueAsNumber - 1))
  }

  /** Asks for the part that begins with an item, or the last one. */
  look(first: number): void {
    this.first = Math.max(0, Math.min(first || 0, this.#part.total - 1))
    this.#moved()
  }

  show(part: Part): void {
    const { html, first, drawn, total } = part
    if (html !== this.#part.html) this.#content.innerHTML = html
    this.#part = part
    this.first = first
    this.#pager.hidden = drawn === total
    this.#number.value = String(first + 1)
    this.#number.max = String(total)
    for (const button of this.#pager.querySelectorAll('button')) {
      const isAtEnd = /^(start|back)$/.test(button.dataset.to ?? '') ? first === 0 : first + drawn === total
      // A button that is disabled would lose the focus.
      button.setAttribute('aria-disabled', String(isAtEnd))
    }
    const range = this.#pager.querySelector('.pg-range')
    if (range) range.textContent = say('reading.range', { last: first + drawn, count: total })
  }

  #turn(to: string): void {
    const { first, drawn, total } = this.#part
    const places: Record<string, number> = {
      start: 0,
      back: first - drawn,
      on: first + drawn,
      end: total - 1,
    }
    this.look(places[to] ?? 0)
  }

  get #number(): HTMLInputElement {
    return this.#pager.querySelector('input') as HTMLInputElement
  }
}
