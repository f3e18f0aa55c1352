/** Chat completions, as OpenAI's API and the many that copy it stream them; and its newer responses. */
import { type Remark, remark } from '../remark.ts'
import type { Dialect, Spoken } from './dialect.ts'
import { anyOf, errorText, first, notJson, objectIn } from './json.ts'

export const openai: Dialect = {
  name: 'openai',
  title: 'chat completions',
  knows: ({ events }) =>
    anyOf(
      events,
      ({ object, choices, type }) =>
        object === 'chat.completion.chunk' ||
        object === 'text_completion' ||
        (Array.isArray(choices) && choices.length > 0) ||
        (typeof type === 'string' && type.startsWith('response.')),
    ),
  check: (spoken) => (isResponses(spoken) ? responses(spoken) : chat(spoken)),
}

function chat({ events, ended }: Spoken): Remark[] {
  const dialect = 'chat completions'
  const done = events.findIndex(({ data }) => data === DONE)
  const chunks = events.filter(({ data }) => data !== DONE)
  const isFinished = chunks.some((event) => {
    const choices = objectIn(event)?.choices
    return (
      Array.isArray(choices) &&
      choices.some((choice) => (choice as { finish_reason?: unknown })?.finish_reason)
    )
  })
  return [
    ...notJson(chunks, dialect),
    ...first(
      chunks.filter((event) => objectIn(event)?.error !== undefined),
      (event) => remark('error-event', { value: errorText(objectIn(event)?.error) }),
    ),
    ...(done >= 0 && done < events.length - 1
      ? [remark('behind-the-end', { dialect, value: `data: ${DONE}` })]
      : []),
    ...(ended && done < 0
      ? [
          remark('no-good-end', {
            dialect,
            value: isFinished ? `data: ${DONE}` : `a finish_reason and data: ${DONE}`,
          }),
        ]
      : []),
    ...(!ended && done < 0 ? [remark('not-finished', { value: `data: ${DONE}` })] : []),
  ]
}

function responses({ events, ended }: Spoken): Remark[] {
  const dialect = 'responses'
  const types = events.map((event) => objectIn(event)?.type)
  const isDone = types.some((type) => typeof type === 'string' && GOOD_ENDS.test(type))
  return [
    ...notJson(
      events.filter(({ data }) => data !== DONE),
      dialect,
    ),
    ...first(
      events.filter((event) => ['error', 'response.failed'].includes(String(objectIn(event)?.type))),
      (event) => remark('error-event', { value: errorText(objectIn(event)?.error ?? objectIn(event)) }),
    ),
    ...(ended && !isDone ? [remark('no-good-end', { dialect, value: 'response.completed' })] : []),
    ...(!ended && !isDone ? [remark('not-finished', { value: 'response.completed' })] : []),
  ]
}

function isResponses({ events }: Spoken): boolean {
  return anyOf(events, ({ type }) => typeof type === 'string' && type.startsWith('response.'))
}

const DONE = '[DONE]'
const GOOD_ENDS = /^response\.(?:completed|incomplete|failed|cancelled)$/
