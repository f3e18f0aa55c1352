/** The text field of the playground. It changes only by the browser's own editing command, so each change can be undone. */
import type { Edit } from './worker.ts'

/** What one types in. */
export interface Editor {
  /** What is typed, where it is short enough to be a preset. */
  readonly short: string | undefined
  focus(): void
  /** Puts a text where the cursor is. */
  insert(text: string): void
  /** Puts a text in place of everything. */
  replaceAll(text: string): void
  undo(): void
}

export class TextField implements Editor {
  readonly #area: HTMLTextAreaElement

  /** @param changed is told of each change, as one that replaces everything: the field holds no long texts */
  constructor(area: HTMLTextAreaElement, changed: (edits: Edit[]) => void) {
    this.#area = area
    area.addEventListener('input', () =>
      changed([{ from: 0, to: Number.POSITIVE_INFINITY, insert: area.value }]),
    )
  }

  get short(): string {
    return this.#area.value
  }

  focus(): void {
    this.#area.focus()
  }

  insert(text: string): void {
    this.#area.focus()
    this.#edit(text)
  }

  replaceAll(text: string): void {
    // The command works on what has the focus, which goes back to where it was.
    const before = document.activeElement
    this.#area.focus({ preventScroll: true })
    this.#area.select()
    this.#edit(text)
    this.#area.setSelectionRange(0, 0)
    if (before instanceof HTMLElement && before !== this.#area) before.focus({ preventScroll: true })
  }

  undo(): void {
    this.#area.focus()
    document.execCommand('undo')
  }

  #edit(text: string): void {
    const done =
      text === '' ? document.execCommand('delete') : document.execCommand('insertText', false, text)
    if (done || this.#area.selectionStart === this.#area.selectionEnd) return
    this.#area.setRangeText(text, this.#area.selectionStart, this.#area.selectionEnd, 'end')
    this.#area.dispatchEvent(new InputEvent('input'))
  }
}
