/**
 * An editor for streams that are too long for a text field, in which each key would take seconds: CodeMirror, which draws
 * what is seen. It is loaded when it is needed.
 */
import {
  history,
  historyKeymap,
  insertNewline,
  redoDepth,
  standardKeymap,
  undo,
  undoDepth,
} from '@codemirror/commands'
import { EditorView, keymap } from '@codemirror/view'
import type { Editor } from './field.ts'
import type { Edit } from './worker.ts'

interface Options {
  parent: HTMLElement
  /** What is there before the long text comes: undoing leads back to it. */
  text: string
  selection: { from: number; to: number }
  /** Attributes of what is typed in: its name and its description. */
  attributes: Record<string, string>
  changed(edits: Edit[]): void
  /** Called when everything was undone. */
  emptied(): void
}

export class LargeEditor implements Editor {
  readonly #view: EditorView

  constructor({ parent, text, selection, attributes, changed, emptied }: Options) {
    this.#view = new EditorView({
      parent,
      doc: text,
      selection: { anchor: selection.from, head: selection.to },
      extensions: [
        history(),
        keymap.of([{ key: 'Enter', run: insertNewline }, ...historyKeymap, ...standardKeymap]),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of(attributes),
        EditorView.updateListener.of(({ docChanged, changes, state }) => {
          if (!docChanged) return
          const edits: Edit[] = []
          changes.iterChanges((from, to, _from, _to, inserted) => {
            edits.unshift({ from, to, insert: inserted.toString() })
          })
          changed(edits)
          if (undoDepth(state) === 0 && redoDepth(state) > 0) emptied()
        }),
      ],
    })
  }

  get short(): string | undefined {
    const { doc } = this.#view.state
    return doc.length < 1000 ? doc.toString() : undefined
  }

  focus(): void {
    this.#view.focus()
  }

  insert(text: string): void {
    this.#view.dispatch(this.#view.state.replaceSelection(text))
    this.#view.focus()
  }

  replaceAll(text: string): void {
    const changes = { from: 0, to: this.#view.state.doc.length, insert: text }
    this.#view.dispatch({ changes, selection: { anchor: 0 }, scrollIntoView: true })
  }

  undo(): void {
    undo(this.#view)
    this.#view.focus()
  }

  close(): void {
    this.#view.destroy()
  }
}
