/** Messages, as Anthropic's API streams them: each event has its name twice, in `event` and in the data. */
import { remark } from '../remark.ts'
import type { Dialect } from './dialect.ts'
import { anyOf, errorText, first, notJson, objectIn } from './json.ts'

export const anthropic: Dialect = {
  name: 'anthropic',
  title: 'messages',
  knows: ({ events }) =>
    anyOf(
      events,
      ({ type }) =>
        type === 'message_start' || type === 'content_block_delta' || type === 'content_block_start',
    ),
  check({ events, ended }) {
    const dialect = 'messages'
    const stop = events.findIndex(({ type }) => type === STOP)
    return [
      ...notJson(events, dialect),
      ...first(
        events.filter((event) => {
          const name = objectIn(event)?.type
          return name !== undefined && name !== event.type
        }),
        (event) => remark('other-name', { dialect, value: event.type, name: String(objectIn(event)?.type) }),
      ),
      ...first(
        events.filter(({ type }) => type === 'error'),
        (event) => remark('error-event', { value: errorText(objectIn(event)?.error ?? event.data) }),
      ),
      ...(stop >= 0 && stop < events.length - 1 ? [remark('behind-the-end', { dialect, value: STOP })] : []),
      ...(stop < 0 && ended ? [remark('no-good-end', { dialect, value: `event: ${STOP}` })] : []),
      ...(stop < 0 && !ended ? [remark('not-finished', { value: STOP })] : []),
    ]
  },
}

const STOP = 'message_stop'
