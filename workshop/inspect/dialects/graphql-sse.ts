/** GraphQL over SSE, in its distinct connections mode: `next` for each result, and `complete`. */
import { remark } from '../remark.ts'
import type { Dialect } from './dialect.ts'
import { first, notJson, objectIn } from './json.ts'

export const graphqlSse: Dialect = {
  name: 'graphql-sse',
  title: 'GraphQL over SSE',
  knows: ({ events }) =>
    events.some(
      ({ type, data }) =>
        (type === 'next' && /"(?:data|errors|payload)"/.test(data)) ||
        (type === 'complete' && events.length === 1),
    ),
  check({ events, ended }) {
    const dialect = 'GraphQL over SSE'
    const results = events.filter(({ type }) => type === 'next')
    const isComplete = events.some(({ type }) => type === 'complete')
    return [
      ...notJson(results, dialect),
      ...first(
        results.filter((event) => {
          const { data, errors, payload } = objectIn(event) ?? { data: true }
          return data === undefined && errors === undefined && payload === undefined
        }),
        () =>
          remark('no-envelope', {
            dialect,
            value: 'data or errors',
            name: 'Send the result as GraphQL has it: {"data":{…}}',
          }),
      ),
      ...first(
        results.filter((event) => Array.isArray(objectIn(event)?.errors)),
        (event) => remark('error-event', { value: messageOf(objectIn(event)?.errors) }),
      ),
      ...first(
        events.filter(({ type }) => !NAMES.has(type)),
        ({ type }) => remark('unknown-event', { dialect, value: type, name: 'next and complete' }),
      ),
      ...(ended && !isComplete ? [remark('no-good-end', { dialect, value: 'event: complete' })] : []),
      ...(!ended && !isComplete && results.length === 0
        ? [remark('not-finished', { value: 'event: next' })]
        : []),
    ]
  },
}

function messageOf(errors: unknown): string {
  const [error] = errors as { message?: unknown }[]
  return String(error?.message ?? 'without a message')
}

const NAMES: ReadonlySet<string> = new Set(['next', 'complete'])
