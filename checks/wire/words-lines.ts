/** What the linter says about a line or a block. */

import { wording } from './wording.ts'

export const LINE_WORDS = wording({
  'unfinished-block': {
    severity: 'error',
    says: 'The last message has no blank line after it. The parser waits for one, and never hands the message on.',
    fix: 'End each message with a blank line, which takes two line ends: data: hello\\n\\n',
    standard: 'interpreting',
  },
  'single-newline': {
    severity: 'error',
    says: 'No blank line stands between these messages. The parser takes them for one that goes on.',
    fix: 'Write two line ends after each message, not one: data: hello\\n\\n',
    standard: 'interpreting',
  },
  'literal-backslash-n': {
    severity: 'error',
    says: 'The two characters \\ and n arrived here in place of a line end. To the parser they are ordinary text.',
    fix: "Write '\\n' with one backslash, in a plain string: not '\\\\n', not String.raw.",
    standard: 'parsing',
  },
  'letter-case': {
    severity: 'error',
    says: 'Field names are written in small letters. The parser does not know {name}, so it drops the line.',
    fix: 'Write {meant} in small letters.',
    standard: 'interpreting',
  },
  'space-before-colon': {
    severity: 'error',
    says: 'The space before the colon becomes part of the name. No field has that name, so the line is dropped.',
    fix: 'Write the colon right after the name: {meant}:',
    standard: 'interpreting',
  },
  'missing-colon': {
    severity: 'error',
    says: 'No colon stands right after {name}. The parser takes it, and what follows, for one long name. No field has that name, so the line is dropped.',
    fix: 'Write a colon right after the name: {meant}',
    standard: 'interpreting',
  },
  'leading-space': {
    severity: 'error',
    says: 'The space at the start becomes part of the name. No field has that name, so the line is dropped.',
    fix: 'Begin the line with the name of the field. Watch for the indentation in template strings.',
    standard: 'interpreting',
  },
  'spaces-for-blank': {
    severity: 'error',
    says: 'This line looks blank, but there are spaces in it, so the message does not end here.',
    fix: 'Send a line with nothing in it. Watch for the indentation in template strings.',
    standard: 'interpreting',
  },
  'misspelt-field': {
    severity: 'error',
    says: 'There is no field with the name {name}. The parser drops the line.',
    fix: 'Write {meant}. The four fields are data, event, id and retry.',
    standard: 'interpreting',
  },
  'event-as-field': {
    severity: 'error',
    says: 'There is no field with the name {name}. The parser drops the line.',
    fix: 'The name of an event is the value of the event field. Write two lines: event: {name}, then data: with the text.',
    standard: 'interpreting',
  },
  'unknown-field': {
    severity: 'warning',
    says: 'There is no field with the name {name}. The parser drops the line.',
    fix: 'Put what the client should get into data. The four fields are data, event, id and retry.',
    standard: 'interpreting',
  },
  'no-field-name': {
    severity: 'error',
    says: 'This line does not begin with the name of a field, so the parser drops it.',
    fix: 'Put "data: " in front of the text, and in front of each line if the text has several.',
    standard: 'interpreting',
  },
  'bom-mid-stream': {
    severity: 'error',
    says: 'A byte order mark (hidden bytes, EF BB BF) begins this line. It is skipped only where a stream begins.',
    fix: 'Remove it from the text. A file that an editor saved as "UTF-8 with BOM" often brings it along.',
    standard: 'parsing',
  },
  'invalid-utf8': {
    severity: 'error',
    says: 'These bytes are not UTF-8. The parser puts the character � in their place.',
    fix: 'Write strings, or bytes encoded as UTF-8. Do not cut a character in two.',
    standard: 'parsing',
  },
  'replacement-character': {
    severity: 'warning',
    says: 'The character � (U+FFFD) came as text: before it was sent, half a character was decoded by itself.',
    fix: 'Pass bytes on as they are, or decode them with one TextDecoder and { stream: true }, which waits for the other half.',
    standard: 'parsing',
  },
  'retry-not-digits': {
    severity: 'error',
    says: 'The value of retry may hold nothing but the digits 0 to 9. The client ignores any other value.',
    fix: 'Write a whole number of milliseconds, with no unit: retry: 2000',
    standard: 'interpreting',
  },
  'short-retry': {
    severity: 'warning',
    says: 'retry counts milliseconds. After {name} ms the browser is back already, and again and again if the server is down.',
    fix: 'Write the time in milliseconds: {meant}',
    standard: 'interpreting',
  },
  'id-with-nul': {
    severity: 'error',
    says: 'There is a NUL character in this id. The client ignores such an id, and keeps the one it had before.',
    fix: 'Make the id of plain letters and digits.',
    standard: 'interpreting',
  },
  'framed-twice': {
    severity: 'warning',
    says: 'The prefix "data: " stands here twice. The parser takes one away, and the other arrives as part of the text.',
    fix: 'Add the prefix in one place only: in the text that you pass on, or in the function that sends it.',
    standard: 'interpreting',
  },
  'run-together': {
    severity: 'warning',
    says: 'A second message begins in the middle of this line. The parser takes all of it for the text of one.',
    fix: 'Write two line ends after each message: data: hello\\n\\n',
    standard: 'interpreting',
  },
  'comment-in-data': {
    severity: 'warning',
    says: 'A comment was put into data, so it arrives as a message. Only a line that begins with a colon is a comment.',
    fix: 'Write the comment as it is, without "data: " in front of it.',
    standard: 'interpreting',
  },
  'python-repr': {
    severity: 'warning',
    says: 'This looks like JSON and is none: single quotes, True and None are how Python writes a dict.',
    fix: 'Write json.dumps(value) in place of str(value).',
  },
  'empty-field-block': {
    severity: 'note',
    says: 'There is no data in this block, so no event comes of it. An id still counts, if there is one.',
    fix: 'If you mean an event, add a data field. An empty one is enough: data:',
    standard: 'interpreting',
  },
})
