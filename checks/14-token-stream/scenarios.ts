/** What a scripted server answers to `streamTokens`, and what should come of it. Pure data. */

export interface Scenario {
  /** The check that it belongs to. */
  check: 'asks' | 'reads' | 'pieces' | 'refuses' | 'incomplete' | 'told' | 'leaves' | 'aborts'
  /** As a learner reads it, after 'streamTokens() with': `an answer in pieces of one byte`. */
  name: string
  /** The name of words of its own in the manifest. */
  fault?: string
  /** 200 by default. */
  status?: number
  /** The content type, or null for none; `text/event-stream` by default. */
  type?: string | null
  /** The bytes of the body, as they come. */
  pieces: number[][]
  /** What is behind the last piece: the end, a connection that breaks, or nothing for ever. */
  behind: 'end' | 'cut' | 'open'
  /** Called with an address and a prompt alone. */
  isBare?: boolean
  /** Its consumer breaks out of the loop after so many tokens. */
  leaveAfter?: number
  /** Its signal aborts: before the call, while there is no answer yet, or after so many tokens. */
  abort?: 'before' | 'unanswered' | number
  /** The tokens that come. */
  tokens: string[]
  /** How it ends. */
  end: Seen['end']
}

/** What came of a call. */
export interface Seen {
  tokens: string[]
  /** It came to its end, threw, its consumer left it, or none of these. */
  end: 'returned' | 'threw' | 'left' | 'hung'
  /** What it threw: with its name, and what it says alone. */
  message?: string
  words?: string
  isError?: boolean
  /** It is what the signal was aborted with. */
  isReason?: boolean
  /** What was asked of the server. */
  asked: { url: string; method: string; type?: string; body: string }[]
  /** It called the fetch of this world, and not that of its options. */
  usedGlobal?: boolean
  /** The body was cancelled, or its request aborted. */
  isLetGo: boolean
}

export const PROMPT = 'What is “SSE”? 👋🏽'

/** A token after the other, with an emoji of several code points, quotes, a line end, and nothing at all. */
const TOKENS = ['Hello', ' 👋🏽', ' “world”', '', '\n', ' data: [DONE]', ' é']

const message = (token: string) => `data: ${JSON.stringify({ token })}\n\n`
const DONE = 'data: [DONE]\n\n'
const BEGIN = TOKENS.map(message).join('')
const ANSWER = BEGIN + DONE
const SOME = message('Hello') + message(' world')

const whole = (text: string) => [bytesOf(text)]
const single = (text: string) => bytesOf(text).map((byte) => [byte])

function bytesOf(text: string): number[] {
  return [...new TextEncoder().encode(text)]
}

/** Cut in the middle of each character that has more than one byte. */
function cutInside(text: string): number[][] {
  const pieces: number[][] = [[]]
  for (const byte of bytesOf(text)) {
    if (byte >= 0x80 && byte < 0xc0) pieces.push([]) // the second byte of a character, or one behind it
    pieces.at(-1)?.push(byte)
  }
  return pieces
}

type Part = Partial<Scenario> & Pick<Scenario, 'name'>

/** Answers that are whole. */
const good = (check: Scenario['check'], part: Part & { text?: string }): Scenario => {
  const { text = ANSWER, ...rest } = part
  return { check, pieces: whole(text), behind: 'end', tokens: TOKENS, end: 'returned', ...rest }
}

/** Answers that have something wrong with them: two tokens come, and then an error. */
const bad = (check: Scenario['check'], text: string, part: Part): Scenario => {
  const tokens = ['Hello', ' world']
  return { check, pieces: whole(text), behind: 'end', tokens, end: 'threw', ...part }
}

const refused = (part: Part): Scenario => bad('refuses', ANSWER, { tokens: [], ...part })

export const SCENARIOS: readonly Scenario[] = [
  good('asks', { name: 'an address, a prompt and fetch' }),
  good('asks', { name: 'an address and a prompt alone', isBare: true, fault: 'bare' }),

  good('reads', {
    name: 'an answer that comes event by event',
    pieces: [...TOKENS.map(message), DONE].map(bytesOf),
  }),
  good('reads', {
    name: 'an answer that has only begun',
    pieces: ['Hello', ' world'].map(message).map(bytesOf),
    behind: 'open',
    leaveAfter: 2,
    tokens: ['Hello', ' world'],
    end: 'left',
    fault: 'late',
  }),
  good('reads', { name: 'a body that stays open behind [DONE]', behind: 'open', fault: 'stays' }),
  good('reads', {
    name: 'content-type: text/event-stream; charset=utf-8',
    type: 'text/event-stream; charset=utf-8',
    fault: 'type',
  }),
  good('reads', { name: 'content-type: Text/Event-Stream', type: 'Text/Event-Stream', fault: 'type' }),

  good('pieces', { name: 'two events in one piece', fault: 'together' }),
  good('pieces', { name: 'an answer in pieces of one byte', pieces: single(ANSWER), fault: 'cut' }),
  good('pieces', { name: 'an emoji between two pieces', pieces: cutInside(ANSWER), fault: 'emoji' }),
  good('pieces', {
    name: 'lines that end with CRLF',
    text: ANSWER.replaceAll('\n', '\r\n'),
    fault: 'line-ends',
  }),
  good('pieces', { name: 'lines that end with CR', text: ANSWER.replaceAll('\n', '\r'), fault: 'line-ends' }),
  good('pieces', {
    name: 'CR and LF in two pieces',
    pieces: single(ANSWER.replaceAll('\n', '\r\n')),
    fault: 'line-ends',
  }),
  good('pieces', {
    name: 'comments between the events',
    text: `: ready\n\n${ANSWER.replace(/^data: /gm, ': beat\ndata: ')}: bye\n\n`,
    fault: 'spelling',
  }),
  good('pieces', { name: 'a BOM before the first event', text: `\uFEFF${ANSWER}`, fault: 'bom' }),
  good('pieces', {
    name: 'no space after the colon',
    text: ANSWER.replaceAll('data: {', 'data:{'),
    fault: 'spelling',
  }),
  good('pieces', {
    name: 'ids and times to come back',
    text: `retry: 2000\n\n${ANSWER.replace(/^data: /gm, 'id: 7\ndata: ')}`,
    fault: 'spelling',
  }),
  good('pieces', {
    name: 'data of two lines',
    text: ANSWER.replaceAll('data: {', 'data: {\ndata: '),
    fault: 'spelling',
  }),

  refused({ name: 'status 400', status: 400 }),
  refused({ name: 'status 401', status: 401 }),
  refused({ name: 'status 503', status: 503 }),
  refused({ name: 'status 201', status: 201, fault: 'other' }),
  refused({ name: 'status 204, and no body', status: 204, fault: 'other' }),
  refused({ name: 'content-type: text/html', type: 'text/html; charset=utf-8', fault: 'type' }),
  refused({ name: 'content-type: application/json', type: 'application/json', fault: 'type' }),
  refused({ name: 'no content-type', type: null, fault: 'type' }),

  bad('incomplete', SOME, { name: 'an end without [DONE]' }),
  bad('incomplete', '', { name: 'an empty body', tokens: [] }),
  bad('incomplete', `${SOME}data: [DONE]`, { name: 'an end in the middle of [DONE]', fault: 'half' }),
  bad('incomplete', SOME, { name: 'a connection that breaks', behind: 'cut', fault: 'cut' }),

  bad('told', `${SOME}event: error\ndata: {"message": "Out of memory"}\n\n`, { name: 'an event: error' }),
  bad('told', `${SOME}event: error\ndata: Out of memory\n\n`, { name: 'an event: error with plain text' }),
  bad('told', `${SOME}event: error\ndata: {"message": "Out of memory"}\n\n${DONE}`, {
    name: 'an event: error, and [DONE] behind it',
  }),
  bad('told', `event: error\ndata: {"message": "Out of memory"}\n\n`, {
    name: 'an event: error before the first token',
    tokens: [],
  }),

  good('leaves', {
    name: 'break after the first token',
    behind: 'open',
    pieces: whole(SOME),
    leaveAfter: 1,
    tokens: ['Hello'],
    end: 'left',
  }),

  bad('aborts', SOME, { name: 'an abort while tokens come', behind: 'open', abort: 2, fault: 'open' }),
  bad('aborts', SOME, { name: 'an abort before the call', abort: 'before', tokens: [] }),
  bad('aborts', SOME, { name: 'an abort while there is no answer yet', abort: 'unanswered', tokens: [] }),
]
