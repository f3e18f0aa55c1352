/** The lessons, with search. */
import { type LessonManifest, lessonNumber } from '../../checks/manifest.ts'
import type { Room } from '../terminal/layout.ts'
import { clip, fill } from '../terminal/layout.ts'
import type { State, View } from './state.ts'

type List = Extract<View, { name: 'list' }>

/** What the list is about: the course, and the slugs of what is done of it. */
type Course = Pick<State, 'lessons' | 'done'>

export function listView(list: List, state: State, { paint, width, rows }: Room): string[] {
  const found = search(list.filter, state)
  const hint = list.filter === '' ? paint('dim', 'type a word, a number, open or done') : ''
  const typed = `  Search  ${list.filter}${paint('dim', '▏')}${hint}`
  if (found.length === 0) return [typed, '', '  No lesson has this in its name, its goal or its state.']
  // The selected lesson stays in sight, however many there are.
  const room = Math.max(1, rows - 2)
  const first = Math.max(0, Math.min(list.selected - Math.floor(room / 2), found.length - room))
  const lines = found.map((lesson, index) => {
    const isSelected = index === list.selected
    const done = state.done.has(lesson.slug)
    const mark = done ? paint('green', '✓ done') : '· open'
    const number = String(lessonNumber(lesson.slug)).padStart(2)
    const name = fill(lesson.title, 22)
    const time = paint('dim', `${String(lesson.minutes).padStart(2)} min  ${lesson.goal}`)
    const text = `  ${isSelected ? '→' : ' '} ${number}  ${mark}  ${isSelected ? paint('bold', name) : name}`
    return clip(`${text}  ${time}`, width)
  })
  const below = found.length - first - room
  const hidden = [first > 0 && `${first} above`, below > 0 && `${below} below`].filter(
    (text) => text !== false,
  )
  const more = hidden.length > 0 ? paint('dim', `  More: ${hidden.join(', ')}`) : ''
  return [typed, more, ...lines.slice(first, first + room)]
}

/** The whole list, with the lesson at hand selected. */
export function wholeList({ lessons, lesson }: State): List {
  return { name: 'list', filter: '', selected: lessons.indexOf(lesson) }
}

/** The list after a key; undefined when the key means nothing here. */
export function typeInList(list: List, key: string, course: Course): List | undefined {
  const count = search(list.filter, course).length
  if (key === 'up') return { ...list, selected: Math.max(0, list.selected - 1) }
  if (key === 'down') return { ...list, selected: Math.max(0, Math.min(count - 1, list.selected + 1)) }
  if (key === 'backspace') return { ...list, filter: list.filter.slice(0, -1), selected: 0 }
  if (/^[\p{L}\p{N} -]$/u.test(key)) return { ...list, filter: list.filter + key, selected: 0 }
  return undefined
}

/** The lesson that Enter goes to. */
export function selectedLesson({ filter, selected }: List, course: Course): LessonManifest | undefined {
  return search(filter, course)[selected]
}

/** The lessons in which every typed word occurs: in the number, the name, the goal, or `done` and `open`. */
export function search(filter: string, { lessons, done }: Course): LessonManifest[] {
  const words = filter.toLowerCase().split(' ')
  return lessons.filter(({ slug, title, goal }) => {
    const text =
      `${lessonNumber(slug)} ${slug} ${title} ${goal} ${done.has(slug) ? 'done' : 'open'}`.toLowerCase()
    return words.every((word) => text.includes(word))
  })
}
