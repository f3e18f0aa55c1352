/** What is said of the messages that come in. */
import type { CheckManifest } from '../manifest.ts'
import { open } from './words-tokens.ts'

export const bodyWords = {
  'too-long': {
    says: 'answers 413 as soon as a message is longer than 64 KiB, or says that it will be',
    why: 'Who reads all that comes keeps all that comes. A message without an end fills the memory, and one that is read to its end costs it.',
    fix: 'In readBody(), add up chunk.length, and throw a RangeError when it is more than MOST. Answer that with 413.',
    try: 'head -c 70000 /dev/zero | curl -ik --data-binary @- {origin}/messages',
    faults: {
      late: {
        why: 'You knew it when the first byte too many came. A message that never ends would have been read for ever.',
        fix: 'Leave the loop as soon as it is too long, and answer then.',
      },
      silent: {
        why: 'The sender waits for an answer that does not come.',
        fix: 'Catch the RangeError of readBody(), and answer with 413.',
      },
      characters: {
        why: 'A character has up to four bytes. Who counts characters takes four times as much as was said.',
        fix: 'Add up the length of the chunks, which are bytes, before they become text. And count them even when content-length says something.',
      },
      length: {
        why: 'content-length says how long it will be, and you know it before the first byte. Who only counts waits for bytes that nobody has to send.',
        fix: "In refusalOf(), return 413 when the header content-length is more than MOST: Number(headers['content-length']) > MOST.",
        try: "sleep 5 | curl -ik -X POST -T - -H 'content-length: 900000000' {origin}/messages",
      },
      reset: {
        why: 'The stream was destroyed before its answer had an end. stream.destroy() does so, and also who leaves a plain for await loop early, which destroys what it reads.',
        fix: 'In server.ts, call stream.close() behind the answer, which lets it go out first. In body.ts, read stream.iterator({ destroyOnReturn: false }).',
      },
      kept: {
        why: 'The answer has its end, and the request has none. Its stream stays with you for as long as the sender likes, and what has come of it as well.',
        fix: 'Call stream.close() behind the answer: the rest of the body is not wanted.',
      },
      connection: {
        why: 'All streams of that browser are on this connection, those of other tabs too.',
        fix: 'End this one stream, and not its session: stream.close(), once it is answered.',
      },
      vary: {
        why: 'This answer too is read by pages of other origins.',
        fix: 'Put what corsOf() returns into this head as well.',
      },
      open,
      exact: {
        why: 'A message of 64 KiB is not longer than 64 KiB.',
        fix: 'Compare with more than: size > MOST, where MOST is 64 * 1024.',
      },
      sent: {
        why: 'The answer says no, and the message went out all the same.',
        fix: 'Publish only what came whole, and was not too long.',
      },
    },
    hints: [
      'Somebody sends a message that has no end. When does your server answer?',
      'A plain for await destroys what it reads; iterator({ destroyOnReturn: false }) does not: nodejs.org/api/stream.html#readableiteratoroptions',
      { file: 'body.ts', lines: 'size > MOST' },
    ],
  },
  smuggling: {
    says: 'lets no message become more than its data',
    why: 'A line end in a message must not end a line of the stream: what comes behind it would be a field, with a name of the sender’s choice.',
    fix: 'Publish the text as it came: encode() makes a data line of each of its lines.',
    faults: {
      lost: {
        why: 'A message that looks odd is still a message.',
        fix: 'Refuse what is too long, and nothing else: a line end or NUL in a text does no harm as data.',
      },
      nul: {
        why: 'NUL is a character of the text like any other. In data it does no harm.',
        fix: 'Publish the text as it came.',
      },
    },
    try: "printf 'hello\\n\\nevent: reset\\n\\n' | curl -ik --data-binary @- {origin}/messages",
    hints: [
      'What do all clients see when somebody posts a blank line, and then event: reset?',
      'CR, LF, and both together end a line: html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream',
      { file: 'server.ts', lines: 'publish(message)' },
    ],
  },
} satisfies Record<string, CheckManifest>
