/** Every key of the live screen: what it is called, when it does something, and what. */
import { hasStream, type LessonManifest } from '../../checks/manifest.ts'
import { editorName } from '../machine/editor.ts'
import { search } from './list-view.ts'
import { failing, nextLesson, type State, showsFix } from './state.ts'

/** What the keys can do. */
export interface Controls {
  state: State
  showHint(): void
  showFix(): void
  showDiff(): void
  show(name: 'checks' | 'printed' | 'reset' | 'wire' | 'list'): void
  goTo(lesson: LessonManifest): Promise<void>
  reset(): Promise<void>
  undo(): Promise<void>
  edit(): Promise<void>
  editIn(editor: string): Promise<void>
  openDocs(): Promise<void>
  poll(): void
  quit(): void
}

interface Action {
  key: string
  /** The word beside the key; undefined when the key does nothing now. */
  label: (state: State) => string | undefined
  press: (controls: Controls) => void | Promise<void>
}

/** The keys that do something now, with their labels. */
export function keysOf(state: State): [key: string, label: string][] {
  return actionsOf(state).flatMap(({ key, label }) => {
    const word = label(state)
    return word ? [[key, word] as [string, string]] : []
  })
}

/** What a key does now; undefined when it does nothing. */
export function actionOf(state: State, key: string): Action['press'] | undefined {
  const letter = key.toLowerCase() // Caps Lock is no other wish
  const action = actionsOf(state).find((each) => each.key === letter && each.label(state))
  if (!action && state.view.name === 'reset') return NO // who types in the wrong window has not said yes
  return action?.press
}

function actionsOf({ view }: State): Action[] {
  if (view.name === 'reset') return QUESTION
  if (view.name === 'editor') return editorActions(view.choices)
  if (view.name === 'list') return LIST
  if (view.name === 'welcome') return []
  return ACTIONS
}

const isAt = (name: State['view']['name'], label: string) => (state: State) =>
  state.view.name === name ? undefined : label

const ACTIONS: Action[] = [
  {
    key: 'n',
    label: (state) => (state.verdict?.passed && nextLesson(state) ? 'next lesson' : undefined),
    press: async (screen) => {
      const next = nextLesson(screen.state)
      if (next) await screen.goTo(next)
    },
  },
  {
    key: 'h',
    label: (state) => {
      if (state.view.name !== 'hint') return failing(state) && 'hint'
      return state.view.open < 3 ? 'more' : undefined
    },
    press: (screen) => screen.showHint(),
  },
  {
    key: 'f',
    label: (state) => (failing(state) && !showsFix(state) ? 'fix' : undefined),
    press: (screen) => screen.showFix(),
  },
  {
    key: 'd',
    label: ({ view }) => (view.name !== 'diff' ? 'diff' : view.whole ? undefined : 'whole diff'),
    press: (screen) => screen.showDiff(),
  },
  {
    key: 'w',
    label: (state) => (hasStream(state.lesson) ? isAt('wire', 'wire')(state) : undefined),
    press: (screen) => screen.show('wire'),
  },
  {
    key: 'p',
    label: (state) =>
      state.printed || state.verdict?.output ? isAt('printed', 'printed')(state) : undefined,
    press: (screen) => screen.show('printed'),
  },
  {
    key: 'e',
    label: ({ editor }) => (editor ? `edit in ${editorName(editor)}` : 'edit'),
    press: (screen) => screen.edit(),
  },
  { key: 'o', label: () => 'docs', press: (screen) => screen.openDocs() },
  { key: 'l', label: () => 'lessons', press: (screen) => screen.show('list') },
  {
    key: 'x',
    label: ({ canReset }) => (canReset ? 'reset' : undefined),
    press: (screen) => screen.show('reset'),
  },
  { key: 'u', label: ({ canUndo }) => (canUndo ? 'undo' : undefined), press: (screen) => screen.undo() },
  {
    key: 's',
    label: ({ hasMissed }) => (hasMissed ? 'find saves' : undefined),
    press: (screen) => screen.poll(),
  },
  { key: 'escape', label: isAt('checks', 'back'), press: (screen) => screen.show('checks') },
  { key: 'q', label: () => 'quit', press: (screen) => screen.quit() },
]

const NO: Action['press'] = (screen) => screen.show('checks')

const QUESTION: Action[] = [
  { key: 'y', label: () => 'yes, reset', press: (screen) => screen.reset() },
  { key: 'n', label: () => 'no', press: NO },
  { key: 'escape', label: () => 'back', press: NO },
]

/** A number for each editor. */
function editorActions(choices: string[]): Action[] {
  const numbered = choices.map((editor, index) => ({
    key: String(index + 1),
    label: () => editor,
    press: (screen: Controls) => screen.editIn(editor),
  }))
  return [...numbered, { key: 'escape', label: () => 'back', press: NO }]
}

/** Letters are typed into the search. */
const LIST: Action[] = [
  { key: '↑↓', label: (state) => (found(state) > 1 ? 'choose' : undefined), press: () => {} },
  { key: 'enter', label: (state) => (found(state) > 0 ? 'go there' : undefined), press: () => {} },
  { key: 'escape', label: () => 'back', press: (screen) => screen.show('checks') },
]

/** How many lessons the search in the list finds. */
function found(state: State): number {
  return state.view.name === 'list' ? search(state.view.filter, state).length : 0
}
