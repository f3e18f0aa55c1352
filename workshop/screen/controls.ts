/** What the keys of the live screen do. */
import { join, resolve } from 'node:path'
import type { StructuredPatchHunk } from 'diff'
import type { LessonManifest } from '../../checks/manifest.ts'
import { editorCommand, installedEditors, runEditor } from '../machine/editor.ts'
import { isServed, openPage } from '../machine/open-page.ts'
import { diffFolders, hintHunks } from '../project/diff.ts'
import { lessonFolder, root, shown, solutionFolder } from '../project/paths.ts'
import { resetLesson, undoReset } from '../project/reset.ts'
import type { Terminal } from '../terminal/terminal.ts'
import type { Controls } from './actions.ts'
import { lookAtFiles } from './files.ts'
import { wholeList } from './list-view.ts'
import { docsUrl, failing, type State, type View, wordsOf } from './state.ts'
import { Tap } from './tap.ts'

/** What the controls ask of whoever plays the lessons. */
export interface Host {
  state: State
  terminal: Pick<Terminal, 'giveBack' | 'take'>
  draw(): void
  /** Leaves this lesson for another one. */
  goTo(lesson: LessonManifest): Promise<void>
  /** Saves are found by looking from now on. */
  poll(): void
  quit(): void
}

export class LessonControls implements Controls {
  #host: Host
  #tap?: Tap
  /** How many tiers of a check's hints were opened, by its id. */
  #opened = new Map<string, 1 | 2 | 3>()

  constructor(host: Host) {
    this.#host = host
  }

  get state(): State {
    return this.#host.state
  }

  show(name: 'checks' | 'printed' | 'reset' | 'wire' | 'list'): void {
    this.#show(name === 'list' ? wholeList(this.state) : { name })
    if (name === 'wire' && this.state.origin) this.#listen(this.state, this.state.origin)
  }

  showHint(): void {
    const failed = failing(this.state)
    const found = failed && wordsOf(this.state, failed.id)
    if (!found) return
    const { lesson, words } = found
    const [nudge, api, diff] = words.hints
    const isOpen = this.state.view.name === 'hint'
    const open = more(this.#opened.get(failed.id), isOpen)
    this.#opened.set(failed.id, open)
    const tiers: [string, string, StructuredPatchHunk[]] = [nudge, api, hintHunks(lesson.slug, diff)]
    this.#show({ name: 'hint', says: failed.says, file: diff.file, tiers, open })
    this.state.scroll = Number.MAX_SAFE_INTEGER // the tier that was opened just now stands at the end
  }

  /** How to mend what fails, and the command to try. */
  showFix(): void {
    this.state.asked = failing(this.state)?.id ?? ''
    this.#show({ name: 'checks' })
  }

  /** First what matters to the failing check, then everything. */
  showDiff(): void {
    const { slug } = this.state.lesson
    const folders = [lessonFolder(slug), solutionFolder(slug)] as const
    const failed = failing(this.state)
    const found = failed && wordsOf(this.state, failed.id)
    if (!found || this.state.view.name === 'diff') {
      const title = 'Your code → the solution'
      this.#show({ name: 'diff', whole: true, title, diffs: diffFolders(...folders) })
      return
    }
    const [, , hint] = found.words.hints
    const yours = diffFolders(...folders, 1).find(({ file }) => file === hint.file)
    const matters = (line: string) => line.startsWith('+') && line.includes(hint.lines)
    const own = yours?.hunks.filter(({ lines }) => lines.some(matters)) ?? []
    const hunks = own.length > 0 ? own : hintHunks(found.lesson.slug, hint)
    const title = own.length > 0 ? 'What matters here: your code → the solution' : 'What matters here'
    this.#show({ name: 'diff', whole: false, title, diffs: [{ file: hint.file, state: 'changed', hunks }] })
  }

  goTo(lesson: LessonManifest): Promise<void> {
    return this.#host.goTo(lesson)
  }

  async reset(): Promise<void> {
    const kept = await resetLesson(this.state.lesson.slug)
    this.#show({ name: 'checks' })
    lookAtFiles(this.state)
    this.state.notice = kept
      ? `Back at the starter. Your files are kept in ${shown(kept.folder)}/, and u brings them back.`
      : 'This is the starter already: nothing was changed.'
  }

  async undo(): Promise<void> {
    const { restored } = await undoReset(this.state.lesson.slug)
    this.#show({ name: 'checks' })
    lookAtFiles(this.state)
    this.state.notice = `Your files of ${restored.time.slice(0, 10)}, ${restored.time.slice(11, 16).replace('-', ':')} UTC are back. u once more takes this back.`
  }

  /** Opens the file at the line that fails; asks for the editor where none is known. */
  async edit(): Promise<void> {
    const { editor } = this.state
    if (!editor) return this.#show({ name: 'editor', choices: installedEditors() })
    const { terminal } = this.#host
    const at = failing(this.state)?.failure.at
    const [first = ''] = this.state.lesson.edit
    const place = { file: join(lessonFolder(this.state.lesson.slug), first), line: 1 }
    const command = editorCommand(at ? { file: resolve(root, at.file), line: at.line } : place, editor)
    if (command.needsTerminal) terminal.giveBack()
    const isRun = await runEditor(command)
    if (command.needsTerminal) terminal.take()
    if (isRun) return
    this.state.editor = ''
    this.state.notice = `${command.program} could not be started. Press e to choose another editor.`
  }

  async editIn(editor: string): Promise<void> {
    this.state.editor = editor
    this.#show({ name: 'checks' })
    await this.edit()
  }

  async openDocs(): Promise<void> {
    const url = docsUrl(this.state)
    if (!(await isServed(url))) {
      this.state.notice = `In another terminal, type npm run site. Then open ${url}`
    } else if (!(await openPage(url))) {
      this.state.notice = `Open in your browser: ${url}`
    }
  }

  poll(): void {
    this.#host.poll()
    this.state.hasMissed = false
    this.state.notice =
      'Saves are found by looking now. WORKSHOP_POLL=1 in the environment makes it so at once.'
  }

  quit(): void {
    this.#host.quit()
  }

  /** The server on 8080 is another one now. */
  retap(): void {
    this.#tap?.connect()
  }

  #show(view: View): void {
    if (view.name !== 'wire') this.#hangUp()
    this.state.view = view
    this.state.scroll = 0
  }

  #listen(state: State, origin: string): void {
    this.#hangUp()
    const tap = new Tap(origin, () => {
      state.received = tap.received
      this.#host.draw()
    })
    this.#tap = tap
    tap.connect()
  }

  #hangUp(): void {
    this.#tap?.[Symbol.dispose]()
    this.#tap = undefined
  }
}

/** The tiers that are open after one more `h`; hints that are shown anew stay as open as they were. */
function more(opened: 1 | 2 | 3 | undefined, isShown: boolean): 1 | 2 | 3 {
  if (!opened) return 1
  return isShown && opened < 3 ? ((opened + 1) as 2 | 3) : opened
}
