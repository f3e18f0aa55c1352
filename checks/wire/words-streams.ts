/** What the linter says about a stream as a whole, or about what came in its place. */

import { wording } from './wording.ts'

export const STREAM_WORDS = wording({
  'smuggled-line-end': {
    severity: 'error',
    says: 'A line end inside the text became a line end of the stream. What follows it is no longer part of data.',
    fix: 'Split the text at \\r\\n, \\n and \\r, and write each line of it with its own "data: ".',
    standard: 'parsing',
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
  'html-mid-stream': {
    severity: 'error',
    says: 'An HTML page begins here, in mid-stream, and the parser drops it. A proxy sends one when it gives up on the server.',
    fix: 'Read its title. If it is a time-out, send a comment every 15 seconds, or let the proxy wait longer.',
    standard: 'authoring',
  },
  'json-instead': {
    severity: 'error',
    says: 'This is a JSON document, not an event stream. None of its lines begins with the name of a field, so the parser drops all.',
    fix: 'An error needs a status of its own and content-type: application/json. A message needs one line, data: and the JSON, then a blank line.',
    standard: 'interpreting',
  },
  'ndjson-instead': {
    severity: 'error',
    says: 'This is JSON line by line (NDJSON), not an event stream. No line begins with the name of a field, so the parser drops all.',
    fix: 'Put "data: " in front of each line, and a blank line after it.',
    standard: 'interpreting',
  },
  'compressed-body': {
    severity: 'error',
    says: 'These bytes are compressed ({name}). Read as text, they hold no line of an event stream.',
    fix: 'Send event streams uncompressed, or say content-encoding: {name} in the head, so that the client unpacks them first.',
  },
  'lone-cr': {
    severity: 'note',
    says: 'A carriage return (\\r) alone ends this line, and others end in another way. The parser takes both.',
    fix: 'If the \\r was part of your text, split the text there, and begin each line with "data: ".',
    standard: 'parsing',
  },
  'crlf-line-ends': {
    severity: 'note',
    says: 'Lines end in \\r\\n here. That is right, but a client that splits the stream at \\n\\n finds no message in it.',
    fix: 'Where clients other than browsers listen, end lines with \\n alone.',
    standard: 'parsing',
  },
  'cr-line-ends': {
    severity: 'note',
    says: 'Lines end in \\r here. That is right, but a client that waits for \\n never sees a line.',
    fix: 'Where clients other than browsers listen, end lines with \\n.',
    standard: 'parsing',
  },
  'leading-bom': {
    severity: 'note',
    says: 'The stream begins with a byte order mark (hidden bytes, EF BB BF). A browser skips it. Some other clients lose the first field.',
    fix: 'Where clients other than browsers listen, begin with the first field.',
    standard: 'parsing',
  },
  'no-space': {
    severity: 'note',
    says: 'No space stands after the colon. That is right, but a client that looks for "data: " skips such a line.',
    fix: 'Where clients other than browsers listen, write one space after the colon.',
    standard: 'interpreting',
  },
  'empty-data': {
    severity: 'note',
    says: 'The data of this event is empty, while all others are JSON. A client that parses each as JSON fails here.',
    fix: 'To keep a connection alive, send a comment, such as : ping. In an event, send JSON too: data: {}',
    standard: 'interpreting',
  },
  'missing-done': {
    severity: 'note',
    says: 'A chat completion ends here without data: [DONE]. No rule of the standard asks for it, but clients of that API wait for it.',
    fix: 'Send data: [DONE] as the last message.',
  },
})
