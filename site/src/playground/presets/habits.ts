import type { Preset } from './preset.ts'

/** What is right, and what some clients other than browsers stumble over: one for each kind of note. */
export const habits: readonly Preset[] = [
  {
    id: 'crlf-line-ends',
    label: 'CR LF',
    typed: 'data: hello<CR>\n<CR>\ndata: world<CR>\n<CR>\n',
    says: 'A client that splits the stream at two LF finds no message in it.',
  },
  {
    id: 'cr-line-ends',
    label: 'CR alone',
    typed: 'data: hello<CR><CR>data: world<CR><CR>',
    says: 'A client that waits for LF never sees a line.',
  },
  {
    id: 'leading-bom',
    label: 'A byte order mark at the start',
    typed: '<BOM>data: hello\n\n',
    says: 'A browser skips it. Other clients see a field with a strange name.',
  },
  {
    id: 'no-space',
    label: 'No space after the colon',
    typed: 'data:hello\n\n',
    says: 'A client that looks for "data: " skips it.',
  },
  {
    id: 'empty-data-in-json',
    code: 'empty-data',
    label: 'Empty data among JSON',
    typed: 'event: price\ndata: {"price": 42}\n\nevent: ping\ndata:\n\n',
    says: 'A client that parses all data as JSON fails at the ping.',
  },
  {
    id: 'missing-done',
    label: 'A chat without its end',
    typed: 'data: {"object": "chat.completion.chunk", "choices": [{"finish_reason": "stop"}]}\n\n',
    says: 'Clients of that API wait for data: [DONE].',
  },
]
