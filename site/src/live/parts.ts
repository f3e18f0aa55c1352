/** The pieces of the live panel, as elements. Every word in them is set as text. */
import type { CheckResult, Place } from '../../../checks/verdict.ts'
import { say } from '../lib/say.ts'

/**
 * Why a check failed, or was not run. How to mend it is folded: it would give the answer away before a hint can ask.
 *
 * @param named whether its sentence is shown too
 * @param editor the address that opens a file in the learner's editor, without the file; see lib/editor.ts
 */
export function failureParts(
  { failure, reason, says, id }: CheckResult,
  { named = false, editor }: { named?: boolean; editor?: string },
): HTMLElement[] {
  const title = named ? [element('p', `✗ ${says} (${id})`)] : []
  if (reason) return [...title, element('p', reason)]
  if (!failure) return title
  const { expected, received, bytes, why, fix, at, try: command } = failure
  const list = rows([
    [say('failure.expected'), element('code', expected)],
    [say('failure.received'), element('code', received)],
    bytes && [say('failure.line'), element('pre', `${bytes.line}\n${' '.repeat(bytes.caret)}^`)],
    bytes && [say('failure.should'), element('pre', bytes.should)],
    [say('failure.why'), element('span', why)],
    at && [say('failure.where'), place(at, editor)],
  ])
  const mend = rows([
    [say('failure.fix'), element('span', fix)],
    command && [say('failure.try'), element('code', command)],
  ])
  return [...title, list, fold(say('failure.mend'), mend)]
}

/** What else a verdict says: its notes, and what the learner's program printed. */
export function outputParts(notes: string[], output: string): HTMLElement[] {
  const parts = notes.map((note) => element('p', say('live.note', { note })))
  if (output.trim() === '') return parts
  const printed = element('pre', output.trimEnd())
  printed.tabIndex = 0
  return [...parts, fold(say('live.printed'), printed)]
}

/** A place in the learner's code, which opens in their editor where that has addresses. */
function place({ file, line }: Place, editor?: string): HTMLElement {
  const words = element('code', `${file}:${line}`)
  if (!editor) return words
  const link = document.createElement('a')
  link.href = `${editor}${encodeURI(file)}:${line}`
  link.append(words)
  return link
}

/** What is not there is left out. */
function rows(all: ([label: string, value: HTMLElement] | '' | undefined)[]): HTMLElement {
  const list = document.createElement('dl')
  for (const [label, value] of all.filter((row) => row !== undefined && row !== '')) {
    const place = document.createElement('dd')
    place.append(value)
    list.append(element('dt', label), place)
  }
  return list
}

function fold(summary: string, content: HTMLElement): HTMLElement {
  const details = document.createElement('details')
  details.className = 'fold'
  details.append(element('summary', summary), content)
  return details
}

function element(name: string, text: string): HTMLElement {
  const made = document.createElement(name)
  made.textContent = text
  return made
}
