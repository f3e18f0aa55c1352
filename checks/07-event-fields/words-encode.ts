/** What is said of the function that writes events. */
import type { CheckManifest } from '../manifest.ts'

export const STANDARD = 'html.spec.whatwg.org/multipage/server-sent-events.html'

const threw = {
  why: 'Data may be any text there is, and so may the lines of a comment. Only what can not be sent is refused.',
  fix: 'Throw an error for an event or an id that is not one line, and for a retry that is no whole number. For nothing else.',
}

const notGiven = {
  why: 'A field that was given as undefined was not given. The browser takes the word for a value.',
  fix: 'Write a field only if its value is not undefined.',
}

const more = {
  why: 'One call writes one block. Here is more in the text, or what was written before is still in it.',
  fix: 'Begin each call with an empty text, in a variable inside of the function.',
}

export const encodeWords = {
  exports: {
    says: 'exports a function encode, which gives a text',
    why: 'The checks call your function in a process of its own, with many inputs. For that it must have its name.',
    fix: 'Write export function encode(…) in encode.ts.',
    faults: {
      text: {
        why: 'stream.write() sends what encode() gives, so that has to be the text of the block.',
        fix: 'Put the text together, and return it.',
      },
      promise: {
        why: 'An async function gives a Promise, and stream.write() throws when it gets one.',
        fix: 'Take the word async away: there is nothing to wait for.',
      },
    },
    hints: [
      'What does encode() give back when you call it in a line of your own, and print it?',
      'export makes a function known to other files, return gives its value: developer.mozilla.org/docs/Web/JavaScript/Reference/Statements/export',
      { file: 'encode.ts', lines: 'if (data !== undefined)' },
    ],
    needsProcess: true,
  },
  data: {
    says: 'brings any data to the browser as it is, line by line',
    why: 'A block becomes an event when it has a data field, and when its blank line has come.',
    fix: 'Give back the word data, a colon, a space, the text, a line end, and one more line end for the blank line.',
    faults: {
      lines: {
        why: 'A line end in data ends its field. What stands after it is another line of the stream: lost, or a field of its own.',
        fix: 'Cut data at each line end, and write data: before every piece. The browser puts the pieces together again.',
      },
      cr: {
        why: 'To a browser \\r is a line end as well, alone or before \\n. It ends the field as \\n does.',
        fix: 'Cut data at all three line ends: data.split(/\\r\\n|\\r|\\n/)',
      },
      crlf: {
        why: 'The two characters \\r\\n are one line end. Cut at each of them, and the browser gets an empty line too many.',
        fix: 'Name \\r\\n before its parts: data.split(/\\r\\n|\\r|\\n/)',
      },
      others: {
        why: 'A browser knows three line ends: \\r\\n, \\r and \\n. No other character ends a line, whatever its name says.',
        fix: 'Cut data at these alone: data.split(/\\r\\n|\\r|\\n/)',
      },
      empty: {
        why: 'Empty data is data. A line data: with nothing behind it makes an event, and no such line makes none.',
        fix: 'Ask whether data is undefined. To if (data), an empty text is the same as none.',
      },
      space: {
        why: 'The browser takes one space away behind the colon, if there is one, and leaves everything else as it is.',
        fix: 'Write a space behind each colon of your own, and do not trim the text.',
      },
      blank: {
        why: 'An empty line in data is a line like any other, also at its beginning and at its end.',
        fix: 'Write data: for an empty line too, with nothing behind it. Do not trim, and do not filter.',
      },
      short: {
        why: 'Data may be as long as it likes. What you cut off is lost, and nobody is told.',
        fix: 'Write all of it.',
      },
      overflow: {
        why: 'Data may have thousands of lines. A function that calls itself for each of them calls itself too often.',
        fix: 'Go through the lines in a loop, or with map() and join().',
      },
      several: {
        why: 'A blank line ends the event, so that each line of the data became an event of its own.',
        fix: 'Write the data lines one below the other, and one blank line at the end of the block.',
      },
      more,
      undefined: notGiven,
      end: {
        why: 'The browser waits for a blank line, and dispatches nothing until it has come.',
        fix: 'Write one more line end behind the last field.',
      },
      changed: {
        why: 'In data no character means anything, but for line ends. Nothing has to be escaped, or put into quotes.',
        fix: 'Write each line of data as it is.',
      },
      threw,
    },
    hints: [
      'Which lines must stand in the stream, so that the browser gets a text of two lines?',
      `Each data field is one line of the data; the browser puts a line feed between two: ${STANDARD}#event-stream-interpretation`,
      { file: 'encode.ts', lines: 'text.split' },
    ],
    needsProcess: true,
  },
  fields: {
    says: 'writes event, id and retry where they are given, and only there',
    why: 'A browser knows four fields: event, id, retry and data. What follows the colon and a space is the value, up to the line end.',
    fix: 'For each field write its name, a colon, a space, the value and a line end. One blank line stands at the end of the block.',
    faults: {
      falsy: {
        why: 'Empty texts and 0 are values as well. With an empty id the browser forgets the last one; with retry: 0 it does not wait.',
        fix: 'Ask whether the value is undefined. To if (value), an empty text and 0 are the same as none.',
      },
      more,
      undefined: notGiven,
      end: {
        why: 'Two blocks with no blank line between them are one. Their fields get mixed up.',
        fix: 'End every block with a blank line, also one without data.',
      },
      threw,
    },
    hints: [
      'Which fields are in the call, and which of them are in the text that came?',
      `What each of the four fields does: ${STANDARD}#event-stream-interpretation`,
      { file: 'encode.ts', lines: 'if (event !== undefined)' },
    ],
    needsProcess: true,
  },
  comment: {
    says: 'writes a comment as lines that no page sees',
    why: 'A line is a comment if it begins with a colon. A line end in the text begins a new line, and that needs its own colon.',
    fix: 'Cut the comment at each line end as you cut data, and write a colon before every piece.',
    faults: { threw },
    hints: [
      'What does a browser make of the second line of your comment?',
      `A line that begins with a colon is ignored: ${STANDARD}#event-stream-interpretation`,
      { file: 'encode.ts', lines: "linesOf('', comment)" },
    ],
    needsProcess: true,
  },
  refuses: {
    says: 'refuses what would break out of its line',
    why: 'Behind a line end in a name or an id, whoever chose the text can write fields of their own, and events too.',
    fix: 'Throw a TypeError when an event or an id has \\r or \\n in it.',
    faults: {
      cut: {
        why: 'A part of what was asked for is lost, and nobody is told. Two different ids may be the same after that.',
        fix: 'Throw a TypeError when an event or an id has \\r or \\n in it.',
      },
      nul: {
        why: 'A browser ignores an id with the character NUL in it, and keeps the one before. Nobody is told.',
        fix: 'Throw a TypeError for \\0 as for \\r and \\n.',
      },
      number: {
        why: 'A retry is a whole number of milliseconds, in digits. Another number is a mistake of whoever called, and they should be told.',
        fix: 'Throw a TypeError unless Number.isSafeInteger(retry) and retry >= 0.',
      },
      kind: {
        why: 'Who calls encode() is told by the kind of the error that a value was wrong, and that nothing else went wrong.',
        fix: 'Throw new TypeError(…), and say in its message what was wrong.',
      },
    },
    hints: [
      'What would the browser get if someone could choose the name of an event, and there is a line end in it?',
      'throw new TypeError(message) ends the call: developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/TypeError',
      { file: 'encode.ts', lines: 'throw new TypeError(`Not one line' },
    ],
    needsProcess: true,
  },
} satisfies Record<string, CheckManifest>
