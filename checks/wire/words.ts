/** What the stream linter says about each kind of finding. `{name}` and `{meant}` are filled in. */

export type Severity = 'error' | 'warning' | 'note'

interface Words {
  severity: Severity
  says: string
  fix: string
}

export type FindingCode = keyof typeof WORDS

const words = <const Code extends string>(table: Record<Code, Words>) => table

export const WORDS = words({
  'unfinished-block': {
    severity: 'error',
    says: 'The last message has no blank line after it. The parser waits for one, and never hands the message on.',
    fix: 'End each message with a blank line, which takes two line ends: data: hello\\n\\n',
  },
  'single-newline': {
    severity: 'error',
    says: 'No blank line stands between these messages. The parser takes them for one that goes on.',
    fix: 'Write two line ends after each message, not one: data: hello\\n\\n',
  },
  'literal-backslash-n': {
    severity: 'error',
    says: 'The two characters \\ and n arrived here in place of a line end. To the parser they are ordinary text.',
    fix: "Write '\\n' with one backslash, in a plain string: not '\\\\n', not String.raw.",
  },
  'letter-case': {
    severity: 'error',
    says: 'Field names are written in small letters. The parser does not know {name}, so it drops the line.',
    fix: 'Write {meant} in small letters.',
  },
  'space-before-colon': {
    severity: 'error',
    says: 'The space before the colon becomes part of the name. No field has that name, so the line is dropped.',
    fix: 'Write the colon right after the name: {meant}:',
  },
  'leading-space': {
    severity: 'error',
    says: 'The space at the start becomes part of the name. No field has that name, so the line is dropped.',
    fix: 'Begin the line with the name of the field. Watch for the indentation in template strings.',
  },
  'spaces-for-blank': {
    severity: 'error',
    says: 'This line looks blank, but there are spaces in it, so the message does not end here.',
    fix: 'Send a line with nothing in it. Watch for the indentation in template strings.',
  },
  'misspelt-field': {
    severity: 'error',
    says: 'There is no field with the name {name}. The parser drops the line.',
    fix: 'Write {meant}. The four fields are data, event, id and retry.',
  },
  'unknown-field': {
    severity: 'warning',
    says: 'There is no field with the name {name}. The parser drops the line.',
    fix: 'Put what the client should get into data. The four fields are data, event, id and retry.',
  },
  'no-field-name': {
    severity: 'error',
    says: 'This line does not begin with the name of a field, so the parser drops it.',
    fix: 'Put "data: " in front of the text, and in front of each line if the text has several.',
  },
  'bom-mid-stream': {
    severity: 'error',
    says: 'A byte order mark (hidden bytes, EF BB BF) begins this line. It is skipped only where a stream begins.',
    fix: 'Remove it from the text. A file that an editor saved as "UTF-8 with BOM" often brings it along.',
  },
  'invalid-utf8': {
    severity: 'error',
    says: 'These bytes are not UTF-8. The parser puts the character � in their place.',
    fix: 'Write strings, or bytes encoded as UTF-8. Do not cut a character in two.',
  },
  'retry-not-digits': {
    severity: 'error',
    says: 'The value of retry may hold nothing but the digits 0 to 9. The client ignores any other value.',
    fix: 'Write a whole number of milliseconds, with no unit: retry: 2000',
  },
  'id-with-nul': {
    severity: 'error',
    says: 'There is a NUL character in this id. The client ignores such an id, and keeps the one it had before.',
    fix: 'Make the id of plain letters and digits.',
  },
  'empty-field-block': {
    severity: 'note',
    says: 'There is no data in this block, so no event comes of it. An id still counts, if there is one.',
    fix: 'If you mean an event, add a data field. An empty one is enough: data:',
  },
  'lone-cr': {
    severity: 'note',
    says: 'A carriage return (\\r) alone ends this line, and others end in another way. The parser takes both.',
    fix: 'If the \\r was part of your text, split the text there, and begin each line with "data: ".',
  },
  'smuggled-line-end': {
    severity: 'error',
    says: 'A line end inside the text became a line end of the stream. What follows it is no longer part of data.',
    fix: 'Split the text at \\r\\n, \\n and \\r, and write each line of it with its own "data: ".',
  },
  'http-chunk-framing': {
    severity: 'error',
    says: 'This is the length of a chunk, as HTTP/1.1 sends it. Node does that for you, where it is wanted.',
    fix: 'Write the messages alone, without any lengths between them.',
  },
  'html-instead': {
    severity: 'error',
    says: 'This is an HTML page, not an event stream.',
    fix: 'Look at which address gets which answer: the page has its own path, the events have theirs.',
  },
})
