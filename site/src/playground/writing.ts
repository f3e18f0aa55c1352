/** What one types in: the text field, and in its place an editor for as long as there is a long text. */
import { say } from '../lib/say.ts'
import { type Editor, TextField } from './field.ts'
import type { Edit } from './worker.ts'

/** From so many characters on, a key in a text field takes too long. */
const LONG = 50_000

/** From so many on, the editing command does, which is much slower than a person's own pasting. */
const LONG_TO_INSERT = 1000

export class Writing {
  readonly #area: HTMLTextAreaElement
  readonly #field: TextField
  readonly #changed: (edits: Edit[]) => void
  #editor: Editor

  constructor(area: HTMLTextAreaElement, changed: (edits: Edit[]) => void) {
    this.#area = area
    this.#changed = changed
    this.#field = new TextField(area, changed)
    this.#editor = this.#field
    area.addEventListener('paste', (event) => {
      const text = event.clipboardData?.getData('text/plain') ?? ''
      if (text.length <= LONG_TO_INSERT || area.value.length + text.length <= LONG) return
      event.preventDefault()
      void this.insert(text)
    })
  }

  get short(): string | undefined {
    return this.#editor.short
  }

  /** Begins with a text, to which no undoing leads back. */
  async begin(text: string): Promise<void> {
    if (text.length > LONG) return await this.replaceAll(text)
    this.#area.value = text
    this.#area.dispatchEvent(new InputEvent('input'))
  }

  async insert(text: string): Promise<void> {
    const editor = await this.#editorFor(text)
    editor.insert(text)
  }

  async replaceAll(text: string): Promise<void> {
    const editor = await this.#editorFor(text)
    editor.replaceAll(text)
  }

  undo(): void {
    this.#editor.undo()
  }

  /** The one that is there, as long as it can take such a text in good time. */
  async #editorFor(text: string): Promise<Editor> {
    if (this.#editor !== this.#field || text.length <= LONG_TO_INSERT) return this.#editor
    const { LargeEditor } = await import('./large.ts')
    if (this.#editor !== this.#field) return this.#editor
    const area = this.#area
    const parent = document.createElement('div')
    parent.className = 'pg-large'
    const large = new LargeEditor({
      parent,
      text: area.value,
      selection: { from: area.selectionStart, to: area.selectionEnd },
      attributes: {
        'aria-label': say('reading.label'),
        'aria-describedby': area.getAttribute('aria-describedby') ?? '',
      },
      changed: this.#changed,
      emptied: () => {
        // Here the text field goes on, with all that can be undone in it.
        queueMicrotask(() => {
          large.close()
          parent.remove()
          area.hidden = false
          this.#editor = this.#field
          area.focus()
        })
      },
    })
    area.after(parent)
    area.hidden = true
    this.#editor = large
    large.focus()
    return large
  }
}
