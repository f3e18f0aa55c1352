/**
 * What browsers are tested with: the facts that the files `eventsource/format-*` of web-platform-tests prove, in
 * streams of our own. Three of these files are about the media type, which is read elsewhere.
 */

import { message, type Vector } from './vector.ts'

/** A comment that is longer than many a buffer. */
const LONG = '-'.repeat(2048)

export const BROWSER_VECTORS: Vector[] = [
  {
    says: 'format-bom',
    stream: '\uFEFFdata:one\n\n\uFEFFdata:two\n\ndata:three\n\n',
    events: [message('one'), message('three')],
    faults: ['bom-mid-stream'],
  },
  {
    says: 'format-bom-2',
    stream: '\uFEFF\uFEFFdata:one\n\ndata:two\n\ndata:three\n\n',
    events: [message('two'), message('three')],
    faults: ['bom-mid-stream'],
  },
  {
    says: 'format-comments',
    stream: `data:a\r:\0\n:\r\ndata:b\n:${LONG}\rdata:c\n:data:not this\r:${LONG}\ndata:d\n\n`,
    events: [message('a\nb\nc\nd')],
    comments: ['\0', '', LONG, 'data:not this', LONG],
  },
  {
    says: 'format-data-before-final-empty-line',
    stream: 'retry:1000\ndata:whole\n\nid:late\ndata:cut off',
    events: [message('whole')],
    retry: 1000,
    faults: ['unfinished-block'],
  },
  {
    says: 'format-field-data',
    stream: 'data:\n\ndata\ndata\n\ndata:text\n\n',
    events: [message(''), message('\n'), message('text')],
  },
  { says: 'format-field-event-empty', stream: 'event: \ndata:text\n\n', events: [message('text')] },
  {
    says: 'format-field-event',
    stream: 'event:news\ndata:a\n\ndata:b\n\n',
    events: [['news', 'a', ''], message('b')],
  },
  {
    says: 'format-field-id',
    stream: 'id: …\ndata: hello\n\n',
    events: [message('hello', '…')],
    lastEventId: '…',
  },
  {
    says: 'format-field-id-2',
    stream: 'id: …\ndata: hello\n\ndata: …\n\ndata: … again\n\n',
    events: [message('hello', '…'), message('…', '…'), message('… again', '…')],
    lastEventId: '…',
  },
  {
    says: 'format-field-id-3: persists',
    stream: 'id: 1\ndata: a\n\ndata: b\n\nid: 2\ndata: c\n\ndata: d\n\n',
    events: [message('a', '1'), message('b', '1'), message('c', '2'), message('d', '2')],
    lastEventId: '2',
  },
  {
    says: 'format-field-id-3: resets',
    stream: 'id: 1\ndata: a\n\nid:\ndata: b\n\ndata: c\n\n',
    events: [message('a', '1'), message('b'), message('c')],
  },
  {
    says: 'format-field-id-3: resets without a colon',
    stream: 'id: 1\ndata: a\n\nid\ndata: b\n\ndata: c\n\n',
    events: [message('a', '1'), message('b'), message('c')],
  },
  ...['\0\0', 'x\0', '\0x', 'x\0x', ' \0'].map((id) => ({
    says: `format-field-id-null: ${JSON.stringify(id)}`,
    stream: `id: ${id}\ndata: hello\n\n`,
    events: [message('hello')],
    faults: ['id-with-nul'],
  })),
  {
    says: 'format-field-parsing',
    stream:
      'data:\0\ndata:  x\rData:1\ndata\0:2\ndata:y\r\0data:4\nda-ta:3\rdata_5\ndata:z\rdata:\r\n data:32\ndata:end\n\n',
    events: [message('\0\n x\ny\nz\n\nend')],
    faults: [
      'letter-case',
      'no-field-name',
      'no-field-name',
      'misspelt-field',
      'no-field-name',
      'leading-space',
    ],
  },
  { says: 'format-field-retry', stream: 'retry:03000\ndata:x\n\n', events: [message('x')], retry: 3000 },
  {
    says: 'format-field-retry-bogus',
    stream: 'retry:3000\nretry:1000x\ndata:x\n\n',
    events: [message('x')],
    retry: 3000,
    faults: ['retry-not-digits'],
  },
  {
    says: 'format-field-retry-empty',
    stream: 'retry\ndata:text\n\n',
    events: [message('text')],
    faults: ['retry-not-digits'],
  },
  {
    says: 'format-field-unknown',
    stream: 'data:a\n data\ndata\nfoobar:x\njust some text\n:a comment\ndata:b\n\n',
    events: [message('a\n\nb')],
    comments: ['a comment'],
    faults: ['leading-space', 'unknown-field', 'no-field-name'],
  },
  {
    says: 'format-leading-space',
    stream: 'data:\ttext\rdata: \ndata:text\n\n',
    events: [message('\ttext\n\ntext')],
  },
  { says: 'format-newlines', stream: 'data:a\r\ndata\ndata:b\r\n\r', events: [message('a\n\nb')] },
  { says: 'format-null-character', stream: 'data:\0\n\n', events: [message('\0')] },
  { says: 'format-utf-8', stream: 'data:ok…\n\n', events: [message('ok…')] },
  {
    says: 'event-data',
    stream: 'data:a\ndata: a\n\n:\nother:a\n\nother:a\nData:a\n\ndata\n\ndata:end\n\n',
    events: [message('a\na'), message(''), message('end')],
    comments: [''],
    faults: ['unknown-field', 'unknown-field', 'letter-case'],
  },
]
