/** Streams that differ from a whole answer in one thing, and what the clients of two APIs make of each. */

export interface ClientStream {
  says: string
  type?: string
  /** Whether the connection breaks behind it. */
  breaks?: true
  /** In the words of each API. */
  sent: Record<Client, string>
  /** The text that its loop gets, and whether the loop ends with an error. */
  reads: Record<Client, string>
}

export type Client = 'openai' | 'anthropic'

/** What npm installs, by which the table was measured. */
export const CLIENTS: Record<Client, string> = {
  openai: 'openai@7.59.0',
  anthropic: '@anthropic-ai/sdk@1.14.0',
}

const chunk = (choice: object) =>
  `data: ${JSON.stringify({ object: 'chat.completion.chunk', choices: [{ index: 0, ...choice }] })}\n\n`
const piece = (content: string) => chunk({ delta: { content }, finish_reason: null })
const stop = chunk({ delta: {}, finish_reason: 'stop' })
const done = 'data: [DONE]\n\n'

const named = (type: string, more = {}) => `event: ${type}\ndata: ${JSON.stringify({ type, ...more })}\n\n`
const delta = (text: string) =>
  named('content_block_delta', { index: 0, delta: { type: 'text_delta', text } })
const start = named('message_start', { message: { role: 'assistant', content: [] } })
const end = named('message_stop')

const whole: Record<Client, string> = {
  openai: piece('Hel') + piece('lo') + stop + done,
  anthropic: start + delta('Hel') + delta('lo') + end,
}

/** Both answers, with something in the middle. */
function between(openai: string, anthropic = openai): Record<Client, string> {
  return {
    openai: piece('Hel') + openai + piece('lo') + stop + done,
    anthropic: start + delta('Hel') + anthropic + delta('lo') + end,
  }
}

function respelt(spell: (text: string) => string): Record<Client, string> {
  return { openai: spell(whole.openai), anthropic: spell(whole.anthropic) }
}

const both = (reads: string): Record<Client, string> => ({ openai: reads, anthropic: reads })
const ERROR = '{"error":{"type":"overloaded_error","message":"overloaded"}}'

export const CLIENT_STREAMS: ClientStream[] = [
  { says: 'A whole answer', sent: whole, reads: both('Hello') },
  {
    says: 'The last word is missing, and the stream ends',
    sent: { openai: piece('Hel'), anthropic: start + delta('Hel') },
    reads: both('Hel'),
  },
  {
    says: 'The connection breaks',
    breaks: true,
    sent: { openai: piece('Hel'), anthropic: start + delta('Hel') },
    reads: both('Hel, then an error'),
  },
  {
    says: 'The last message has no blank line behind it',
    sent: {
      openai: piece('Hel') + piece('lo').trimEnd(),
      anthropic: start + delta('Hel') + delta('lo').trimEnd(),
    },
    reads: { openai: 'Hello', anthropic: 'Hel' },
  },
  {
    says: '`event: error`, with the error in its data',
    sent: between(`event: error\ndata: ${ERROR}\n\n`),
    reads: both('Hel, then an error'),
  },
  {
    says: 'The error in data, without a name',
    sent: between(`data: ${ERROR}\n\n`),
    reads: { openai: 'Hel, then an error', anthropic: 'Hello' },
  },
  {
    says: 'The error as a field: `error: {…}`',
    sent: between('error: {"code":400}\n\n'),
    reads: both('Hello'),
  },
  {
    says: 'No event has a name',
    sent: respelt((text) => text.replace(/^event: .*\n/gm, '')),
    reads: { openai: 'Hello', anthropic: 'nothing' },
  },
  {
    says: 'A name that nobody knows',
    sent: between('event: news\ndata: {}\n\n'),
    reads: both('Hello'),
  },
  {
    says: 'Data that is no JSON',
    sent: between('data: OK\n\n', 'event: content_block_delta\ndata: OK\n\n'),
    reads: both('Hel, then an error'),
  },
  {
    says: 'Empty data',
    sent: between('data:\n\n', 'event: content_block_delta\ndata:\n\n'),
    reads: { openai: 'Hel, then an error', anthropic: 'Hello' },
  },
  {
    says: 'A piece behind the last word',
    sent: {
      openai: piece('Hel') + stop + done + piece('lo'),
      anthropic: start + delta('Hel') + end + delta('lo'),
    },
    reads: { openai: 'Hel', anthropic: 'Hello' },
  },
  { says: 'Comments', sent: between(': PROCESSING\n\n'), reads: both('Hello') },
  { says: 'CRLF line ends', sent: respelt((text) => text.replaceAll('\n', '\r\n')), reads: both('Hello') },
  {
    says: 'No space behind the colon',
    sent: respelt((text) => text.replace(/^(\w+): /gm, '$1:')),
    reads: both('Hello'),
  },
  { says: '`content-type: text/plain`', type: 'text/plain', sent: whole, reads: both('Hello') },
]
