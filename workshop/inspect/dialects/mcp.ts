/** The Model Context Protocol: JSON-RPC 2.0 in each event. */
import type { ParsedEvent } from '../../../checks/wire/parse.ts'
import { type Remark, remark } from '../remark.ts'
import type { Dialect, Spoken } from './dialect.ts'
import { anyOf, errorText, first, notJson, objectIn } from './json.ts'

export const mcp: Dialect = {
  name: 'mcp',
  title: 'MCP',
  knows: ({ events }) => events[0]?.type === 'endpoint' || anyOf(events, ({ jsonrpc }) => jsonrpc === '2.0'),
  check(spoken) {
    const messages = spoken.events.filter(
      (event, index) => event.type !== 'endpoint' && !isPriming(event, index),
    )
    return [
      ...notJson(messages, 'MCP'),
      ...first(
        messages.filter((event) => objectIn(event) && objectIn(event)?.jsonrpc !== '2.0'),
        () =>
          remark('no-envelope', {
            dialect: 'MCP',
            value: '"jsonrpc": "2.0"',
            name: 'Send JSON-RPC 2.0: {"jsonrpc":"2.0","id":1,"result":{…}}',
          }),
      ),
      ...first(
        spoken.events.filter(({ type }) => type !== 'message' && type !== 'endpoint'),
        ({ type }) =>
          remark('unknown-event', {
            dialect: 'MCP',
            value: type,
            name: 'message, and endpoint in the older transport',
          }),
      ),
      ...first(
        messages.filter((event) => objectIn(event)?.error !== undefined),
        (event) => remark('error-event', { value: errorText(objectIn(event)?.error) }),
      ),
      ...answered(spoken, messages),
    ]
  },
}

/** The stream that a POST gets ends behind the response to it. */
function answered({ method, ended }: Spoken, messages: readonly ParsedEvent[]): Remark[] {
  if (method !== 'POST') return []
  const isAnswered = messages.some((event) => {
    const { id, result, error } = objectIn(event) ?? {}
    return id !== undefined && (result !== undefined || error !== undefined)
  })
  if (isAnswered) return []
  return [
    ended
      ? remark('no-good-end', { dialect: 'MCP', value: 'the response to the request' })
      : remark('not-finished', { value: 'the response' }),
  ]
}

/** The first event may have an id and no data, so that a client can come back from the start on. */
function isPriming({ data, id }: ParsedEvent, index: number): boolean {
  return index === 0 && data === '' && id !== undefined
}
