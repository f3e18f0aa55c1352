/** The stream of UI messages that the AI SDK's servers send to its hooks. */
import { fieldOf } from '../../../checks/wire/head-rules.ts'
import { remark } from '../remark.ts'
import type { Dialect } from './dialect.ts'
import { anyOf, first, notJson, objectIn } from './json.ts'

export const aiSdk: Dialect = {
  name: 'ai-sdk',
  title: 'AI SDK UI messages',
  knows: ({ events, head }) =>
    (head !== undefined && fieldOf(head.fields, HEADER) !== undefined) ||
    anyOf(events, ({ type }) => typeof type === 'string' && TYPES.test(type)),
  check({ events, head, ended }) {
    const dialect = 'AI SDK UI messages'
    const done = events.findIndex(({ data }) => data === DONE)
    const parts = events.filter(({ data }) => data !== DONE)
    return [
      ...(head && fieldOf(head.fields, HEADER) === undefined
        ? [
            remark('no-envelope', {
              dialect,
              value: `the header ${HEADER}`,
              name: `Send ${HEADER}: v1 in the head`,
            }),
          ]
        : []),
      ...notJson(parts, dialect),
      ...first(
        parts.filter((event) => objectIn(event) && typeof objectIn(event)?.type !== 'string'),
        () =>
          remark('no-envelope', {
            dialect,
            value: '"type"',
            name: 'Give each part its type: {"type":"text-delta","id":"t1","delta":"Hi"}',
          }),
      ),
      ...first(
        parts.filter((event) => objectIn(event)?.type === 'error'),
        (event) =>
          remark('error-event', { value: String(objectIn(event)?.errorText ?? 'without errorText') }),
      ),
      ...(done >= 0 && done < events.length - 1
        ? [remark('behind-the-end', { dialect, value: `data: ${DONE}` })]
        : []),
      ...(ended && done < 0 ? [remark('no-good-end', { dialect, value: `data: ${DONE}` })] : []),
      ...(!ended && done < 0 ? [remark('not-finished', { value: `data: ${DONE}` })] : []),
    ]
  },
}

const HEADER = 'x-vercel-ai-ui-message-stream'
const DONE = '[DONE]'
const TYPES = /^(?:text|reasoning)-(?:start|delta|end)$|^tool-(?:input|output)-/
