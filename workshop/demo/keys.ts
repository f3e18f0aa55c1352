/** Every key of the demo: what it is called, when it does something, and what. */
import { hasAnswers, hasServer, type LessonManifest } from '../../checks/manifest.ts'
import { hasBound, hasDoors, hasFarewell, hasHeartbeat, hasMessages } from './abilities.ts'
import type { DemoState } from './state.ts'

/** What the keys can do. */
export interface DemoControls {
  state: DemoState
  goTo(lesson: LessonManifest): Promise<void>
  toggleDiff(): void
  togglePause(): void
  toggleSlow(): void
  kill(): void
  sendMessage(): Promise<void>
  openDeadClient(): Promise<void>
  openFrozenClient(): void
  sendFromElsewhere(): Promise<void>
  restart(): Promise<void>
  askOrStop(): void
  openPage(): Promise<void>
  quit(): void
}

interface DemoKey {
  key: string
  /** The word beside the key; undefined when the key does nothing now. */
  label: (state: DemoState) => string | undefined
  press: (demo: DemoControls) => void | Promise<void>
}

/** The keys that do something now, with their labels. */
export function demoKeys(state: DemoState): [key: string, label: string][] {
  return KEYS.flatMap(({ key, label }) => {
    const word = label(state)
    return word ? [[key, word] as [string, string]] : []
  })
}

/** What a key does now; undefined when it does nothing. */
export function demoKey(state: DemoState, key: string): DemoKey['press'] | undefined {
  const letter = key.toLowerCase()
  return KEYS.find((each) => each.key === letter && each.label(state))?.press
}

/** The lesson with a server before (-1) or after (1) the one that is shown. */
export function neighbour(
  { lessons, lesson }: Pick<DemoState, 'lessons' | 'lesson'>,
  step: -1 | 1,
): LessonManifest | undefined {
  const servers = lessons.filter(hasServer)
  return servers[servers.indexOf(lesson) + step]
}

function turn(key: string, step: -1 | 1, word: string): DemoKey {
  return {
    key,
    label: (state) => (neighbour(state, step) ? word : undefined),
    press: async (demo) => {
      const lesson = neighbour(demo.state, step)
      if (lesson) await demo.goTo(lesson)
    },
  }
}

const KEYS: DemoKey[] = [
  turn('n', 1, 'next'),
  turn('p', -1, 'previous'),
  {
    key: 'd',
    label: (state) => (state.diff ? 'bytes' : neighbour(state, -1) ? 'diff' : undefined),
    press: (demo) => demo.toggleDiff(),
  },
  {
    key: 'escape',
    label: ({ diff }) => (diff ? 'back' : undefined),
    press: (demo) => demo.toggleDiff(),
  },
  { key: 'o', label: () => 'open page', press: (demo) => demo.openPage() },
  {
    key: 'k',
    label: ({ connections }) => (connections.length > 0 ? 'kill connections' : undefined),
    press: (demo) => demo.kill(),
  },
  {
    key: 'm',
    label: ({ lesson }) => (hasMessages(lesson) ? 'message' : undefined),
    press: (demo) => demo.sendMessage(),
  },
  {
    key: 'c',
    label: ({ lesson, dead }) =>
      hasHeartbeat(lesson) && (!dead || dead.endedAt) ? 'dead client' : undefined,
    press: (demo) => demo.openDeadClient(),
  },
  {
    key: 'f',
    label: ({ lesson, frozen }) => (hasBound(lesson) && !frozen?.isBusy ? 'frozen client' : undefined),
    press: (demo) => demo.openFrozenClient(),
  },
  {
    key: 'x',
    label: ({ lesson }) => (hasDoors(lesson) ? 'foreign message' : undefined),
    press: (demo) => demo.sendFromElsewhere(),
  },
  {
    key: 't',
    label: ({ lesson }) => (hasFarewell(lesson) ? 'SIGTERM' : undefined),
    press: (demo) => demo.restart(),
  },
  {
    key: 'a',
    label: ({ lesson, isAnswering }) =>
      hasAnswers(lesson) ? (isAnswering ? 'stop the answer' : 'ask the model') : undefined,
    press: (demo) => demo.askOrStop(),
  },
  { key: 's', label: ({ isSlow }) => (isSlow ? 'full speed' : 'slow'), press: (demo) => demo.toggleSlow() },
  {
    key: ' ',
    label: ({ isPaused }) => (isPaused ? 'go on' : 'pause'),
    press: (demo) => demo.togglePause(),
  },
  { key: 'q', label: () => 'quit', press: (demo) => demo.quit() },
]
