/**
 * An editor for streams that are too long for a text field, in which each key would take seconds: CodeMirror, which draws
 * what is seen. It is loaded when it is needed.
 */
import {
  history,
  historyKeymap,
  insertNewline,
  isolateHistory,
  redoDepth,
  standardKeymap,
  undo,
  undoDepth,
} from '@codemirror/commands'
import { Annotation, Text } from '@codemirror/state'
import { EditorView, keymap, type ViewUpdate } from '@codemirror/view'
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
        EditorView.updateListener.of((update) => {
          if (!update.docChanged) return
          changed(editsOf(update))
          if (undoDepth(update.state) === 0 && redoDepth(update.state) > 0) emptied()
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
    const { from, to } = this.#view.state.selection.main
    this.#replace(from, to, text, from + text.length)
    this.#view.focus()
  }

  replaceAll(text: string): void {
    this.#replace(0, this.#view.state.doc.length, text, 0)
  }

  #replace(from: number, to: number, given: string, cursor: number): void {
    const text = given.replace(/\r\n?/g, '\n')
    const changes = { from, to, insert: Text.of(text.split('\n')) }
    const selection = { anchor: Math.min(cursor, from + text.length) }
    // However soon it comes after another change, it is undone by itself.
    const annotations = [inserted.of(text), isolateHistory.of('full')]
    this.#view.dispatch({ changes, selection, scrollIntoView: true, annotations })
  }

  undo(): void {
    undo(this.#view)
    this.#view.focus()
  }

  close(): void {
    this.#view.destroy()
  }
}

/** The text of a change that was made here: to put millions of lines together again would take long. */
const inserted = Annotation.define<string>()

/** Every change, the last one in the text first, so that one does not move another. */
function editsOf({ changes, transactions }: ViewUpdate): Edit[] {
  const text = transactions.length === 1 ? transactions[0]?.annotation(inserted) : undefined
  const edits: Edit[] = []
  changes.iterChanges((from, to, _from, _to, lines) =>
    edits.unshift({ from, to, insert: text ?? lines.toString() }),
  )
  return edits
}
