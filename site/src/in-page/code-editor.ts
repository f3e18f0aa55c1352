/** An editor for JavaScript: CodeMirror, which is loaded where there is something to edit. */
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { javascript } from '@codemirror/lang-javascript'
import { indentOnInput, syntaxHighlighting } from '@codemirror/language'
import { EditorView, keymap, lineNumbers } from '@codemirror/view'
import { classHighlighter } from '@lezer/highlight'

export interface CodeEditor {
  readonly text: string
  /** Puts a text in place of everything; undoing leads back. */
  replace(text: string): void
}

/** Tab leads on to what comes after the editor, as everywhere on a page. */
export function editCode(parent: HTMLElement, text: string, name: string, changed: () => void): CodeEditor {
  const view = new EditorView({
    parent,
    doc: text,
    extensions: [
      lineNumbers(),
      EditorView.lineWrapping,
      history(),
      javascript(),
      indentOnInput(),
      syntaxHighlighting(classHighlighter),
      keymap.of([...historyKeymap, ...defaultKeymap]),
      EditorView.contentAttributes.of({ 'aria-label': name, tabindex: '0' }),
      EditorView.updateListener.of(({ docChanged }) => docChanged && changed()),
    ],
  })
  return {
    get text() {
      return view.state.doc.toString()
    },
    replace: (insert) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert } }),
  }
}
