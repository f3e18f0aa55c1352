/** Messages whose text is easily damaged on its way, each in the pieces in which it is sent. Pure. */

export interface Message {
  text: string
  pieces: Uint8Array[]
}

/** Parts of UTF-8 that a string made of one piece alone would lose: é has two bytes, 🎉 has four. */
const CUT = 'Café 🎉 for all'

/** More than one frame holds, which has 16 KiB, and less than any server should refuse. */
const LONG = 'A long message. 🎉 '.repeat(2000)

export const MESSAGES: Message[] = [
  { text: CUT, pieces: cut(CUT, 4, 8) },
  { text: '🎉', pieces: cut('🎉', 1, 2, 3) },
  whole('one line\nand another\n\nand a last one\n'),
  whole('from Windows\r\nand from an old Mac\rall of it'),
  whole('data: these are\nid: 1000\nevent: tick\nretry: 1 no fields'),
  whole('  two spaces before, and one behind '),
  whole('{"text": "not read as JSON"}'),
  whole('text=not+read+as+a+form&percent=100%25'),
  whole('<b>no markup</b> & "quotes"'),
  whole('0'),
  whole(LONG),
]

/** How a text arrives: in an event stream each line end is one and the same. */
export function asReceived(text: string): string {
  return text.replace(/\r\n|\r/g, '\n')
}

function whole(text: string): Message {
  return { text, pieces: cut(text) }
}

/** The bytes of a text, cut before each of the bytes with these numbers. */
function cut(text: string, ...at: number[]): Uint8Array[] {
  const bytes = new TextEncoder().encode(text)
  return [0, ...at].map((from, i) => bytes.subarray(from, at[i]))
}

/** What has happened to a text on its way, where it can be told. */
export function damageOf(expected: string, received = ''): 'cut' | 'lines' | 'spaces' | undefined {
  if (received.includes('\uFFFD')) return 'cut'
  if (expected.trim() === received.trim()) return 'spaces'
  return expected.includes('\n') ? 'lines' : undefined
}

/** How much of a long text is shown before the place where it goes wrong, and behind it, in characters. */
const NEAR = 24
const FAR = 40

/** Two texts from a little before the place at which they begin to differ, each as a learner reads it. */
export function excerptsOf(expected: string, received: string): { expected: string; received: string } {
  let at = 0
  while (at < expected.length && expected[at] === received[at]) at++
  const begin = at < NEAR + FAR ? 0 : at - NEAR
  const show = (text: string) => {
    const end = begin + NEAR + FAR
    return `${begin > 0 ? '… ' : ''}${JSON.stringify(text.slice(begin, end))}${text.length > end ? ' …' : ''}`
  }
  return { expected: show(expected), received: show(received) }
}
