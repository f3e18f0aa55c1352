/** The pieces of the live panel, as elements. Every word in them is set as text. */
import type { CheckResult } from '../../../checks/verdict.ts'

/**
 * Why a check failed, or was not run.
 *
 * @param named whether its sentence is shown too
 */
export function failureParts({ failure, reason, says, id }: CheckResult, named: boolean): HTMLElement[] {
  const title = named ? [element('p', `✗ ${says} (${id})`)] : []
  if (reason) return [...title, element('p', reason)]
  if (!failure) return title
  const { expected, received, bytes, why, fix, at, try: command } = failure
  const list = document.createElement('dl')
  const row = (label: string, ...values: HTMLElement[]) => {
    const value = document.createElement('dd')
    value.append(...values)
    list.append(element('dt', label), value)
  }
  row('expected', element('code', expected))
  row('received', element('code', received))
  if (bytes) {
    row('line', element('pre', `${bytes.line}\n${' '.repeat(bytes.caret)}^`))
    row('should be', element('pre', bytes.should))
  }
  row('why', element('span', why))
  row('fix', element('span', fix))
  if (at) row('where', element('code', `${at.file}:${at.line}`))
  if (command) row('try', element('code', command))
  return [...title, list]
}

/** What else a verdict says: its notes, and what the learner's program printed. */
export function outputParts(notes: string[], output: string): HTMLElement[] {
  const parts = notes.map((note) => element('p', `Note: ${note}`))
  if (output.trim() === '') return parts
  const details = document.createElement('details')
  details.className = 'fold'
  const printed = element('pre', output.trimEnd())
  printed.tabIndex = 0
  details.append(element('summary', 'Your program printed'), printed)
  return [...parts, details]
}

function element(name: string, text: string): HTMLElement {
  const made = document.createElement(name)
  made.textContent = text
  return made
}
