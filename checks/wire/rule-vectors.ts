/**
 * Event streams with the events that the standard makes of them: each rule of WHATWG HTML § 9.2.5 and §
 * 9.2.6. Used by the tests of the reader, the parser and the linter.
 */

import { message, type Vector } from './vector.ts'

export const RULE_VECTORS: Vector[] = [
  { says: 'an empty stream', stream: '', events: [] },
  { says: 'LF', stream: 'data: a\n\n', events: [message('a')] },
  { says: 'CRLF', stream: 'data: a\r\n\r\n', events: [message('a')] },
  { says: 'CR', stream: 'data: a\r\rdata: b\r\r', events: [message('a'), message('b')] },
  {
    says: 'LF, then CR: two line ends',
    stream: 'data: a\n\rdata: b\n\r',
    events: [message('a'), message('b')],
  },
  {
    says: 'all line ends in one stream',
    stream: 'data: a\r\n\ndata: b\r\r\ndata: c\n\rdata: d\r\n\r',
    events: [message('a'), message('b'), message('c'), message('d')],
  },
  {
    says: 'other Unicode line ends end nothing',
    stream: 'data: a\u2028b\u0085c\vd\fe\n\n',
    events: [message('a\u2028b\u0085c\vd\fe')],
  },
  { says: 'one leading BOM is skipped', stream: '\uFEFFdata: a\n\n', events: [message('a')] },
  {
    says: 'one BOM only',
    stream: '\uFEFF\uFEFFdata: a\n\ndata: b\n\n',
    events: [message('b')],
    faults: ['bom-mid-stream'],
  },
  {
    says: 'a BOM later on is part of the name',
    stream: 'data: a\n\n\uFEFFdata: b\n\n',
    events: [message('a')],
    faults: ['bom-mid-stream'],
  },
  { says: 'a BOM in data is data', stream: 'data: \uFEFFa\n\n', events: [message('\uFEFFa')] },
  {
    says: 'half a BOM is not a BOM',
    stream: [0xef, 0xbb, ...ascii('data: a\n\n')],
    events: [],
    faults: ['no-field-name'],
  },
  {
    says: 'the characters ï»¿ are not a BOM',
    stream: 'ï»¿data: a\n\ndata: b\n\n',
    events: [message('b')],
    faults: ['no-field-name'],
  },
  { says: 'no space after the colon', stream: 'data:a\n\n', events: [message('a')] },
  { says: 'one space is removed, no more', stream: 'data:  a \n\n', events: [message(' a ')] },
  { says: 'a tab is not a space', stream: 'data:\ta\n\n', events: [message('\ta')] },
  { says: 'the first colon counts', stream: 'data: a: b:c\n\n', events: [message('a: b:c')] },
  {
    says: 'several data lines are joined by LF',
    stream: 'data: a\r\ndata\r\ndata:b\r\n\r\n',
    events: [message('a\n\nb')],
  },
  {
    says: 'empty data is an event',
    stream: 'data\n\ndata:\n\ndata: \n\n',
    events: [message(''), message(''), message('')],
  },
  { says: 'two empty data lines are one line end', stream: 'data\ndata\n\n', events: [message('\n')] },
  { says: 'no data, no event', stream: 'event: x\n\ndata: a\n\n', events: [message('a')] },
  { says: 'blank lines alone do nothing', stream: '\n\r\n\r\n\ndata: a\n\n\n\n', events: [message('a')] },
  {
    says: 'the block that is not finished is dropped',
    stream: 'data: a\n\ndata: b\n',
    events: [message('a')],
    faults: ['unfinished-block'],
  },
  {
    says: 'so is the line that is not finished',
    stream: 'data: a\n\ndata: b',
    events: [message('a')],
    faults: ['unfinished-block'],
  },
  {
    says: 'an id is not kept until its block ends',
    stream: 'data: a\n\nid: 1\n',
    events: [message('a')],
    faults: ['unfinished-block'],
  },
  {
    says: 'a comment alone is finished',
    stream: 'data: a\n\n: still here\n',
    events: [message('a')],
    comments: ['still here'],
  },
  {
    says: 'comments',
    stream: ':\n:a\n: b\n::c\ndata: d\n:  e\n\n',
    events: [message('d')],
    comments: ['', 'a', 'b', ':c', ' e'],
  },
  {
    says: 'an event type',
    stream: 'data: a\nevent: tick\n\ndata: b\n\n',
    events: [['tick', 'a', ''], message('b')],
  },
  { says: 'the last event type counts', stream: 'event: x\nevent: y\ndata: a\n\n', events: [['y', 'a', '']] },
  { says: 'an empty event type is message', stream: 'event: x\nevent\ndata: a\n\n', events: [message('a')] },
  {
    says: 'an id stays',
    stream: 'id: 1\ndata: a\n\ndata: b\n\n',
    events: [message('a', '1'), message('b', '1')],
    lastEventId: '1',
  },
  {
    says: 'an id without data stays too',
    stream: 'id: 7\n\ndata: a\n\n',
    events: [message('a', '7')],
    lastEventId: '7',
  },
  {
    says: 'the last id of a block counts',
    stream: 'id: 1\ndata: a\nid: 2\n\n',
    events: [message('a', '2')],
    lastEventId: '2',
  },
  {
    says: 'an empty id resets',
    stream: 'id: 1\ndata: a\n\nid\ndata: b\n\nid: 2\nid:\ndata: c\n\n',
    events: [message('a', '1'), message('b'), message('c')],
  },
  { says: 'an id of zero', stream: 'id: 0\ndata: 0\n\n', events: [message('0', '0')], lastEventId: '0' },
  {
    says: 'an id with NUL is ignored',
    stream: 'id: 1\nid: 2\0\ndata: a\n\n',
    events: [message('a', '1')],
    lastEventId: '1',
    faults: ['id-with-nul'],
  },
  { says: 'NUL in data is data', stream: 'data: a\0b\n\n', events: [message('a\0b')] },
  { says: 'retry counts at once', stream: 'retry: 2000\n', events: [], retry: 2000 },
  {
    says: 'the last retry counts',
    stream: 'retry: 1\nretry:007\ndata: a\n\n',
    events: [message('a')],
    retry: 7,
    faults: ['short-retry', 'short-retry'],
  },
  {
    says: 'retry in other than digits is ignored',
    stream: 'retry: 5\nretry: 1s\nretry: -1\nretry: 1.5\nretry:  9\nretry: ٣\n\n',
    events: [],
    retry: 5,
    faults: ['short-retry', ...Array(5).fill('retry-not-digits')],
  },
  {
    says: 'names are compared literally',
    stream: 'Data: a\nDATA: b\n data: c\ndata : d\n\ndata: e\n\n',
    events: [message('e')],
    faults: ['letter-case', 'letter-case', 'leading-space', 'space-before-colon'],
  },
  {
    says: 'unknown fields are ignored',
    stream: 'foo: a\ndata: b\n\n',
    events: [message('b')],
    faults: ['unknown-field'],
  },
  {
    says: 'a line of spaces is a field',
    stream: 'data: a\n \ndata: b\n\n',
    events: [message('a\nb')],
    faults: ['spaces-for-blank'],
  },
  { says: 'UTF-8', stream: 'data: é€😀 – ok\n\n', events: [message('é€😀 – ok')] },
  {
    says: 'a replacement character that was sent',
    stream: 'data: \uFFFD\n\n',
    events: [message('\uFFFD')],
    faults: ['replacement-character'],
  },
  {
    says: 'invalid UTF-8 is replaced',
    stream: [...ascii('data: a'), 0xff, 0xf0, 0x9f, ...ascii('\n\n')],
    events: [message('a\uFFFD\uFFFD')],
    faults: ['invalid-utf8'],
  },
  {
    says: 'a cut character takes no line end along',
    stream: [...ascii('data: a'), 0xe2, 0x82, ...ascii('\r\n\r\n')],
    events: [message('a\uFFFD')],
    faults: ['invalid-utf8'],
  },
  {
    says: 'JSON with an escaped line end',
    stream: 'data: {"a":"x\\ny\\n\\ndata: z"}\n\ndata: "x\\n"\n\n',
    events: [message('{"a":"x\\ny\\n\\ndata: z"}'), message('"x\\n"')],
  },
  {
    says: 'JSON on several lines',
    stream: 'data: {\ndata:  "a": "x\\ndata: y"\ndata: }\n\n',
    events: [message('{\n "a": "x\\ndata: y"\n}')],
  },
  {
    says: 'two times in one message',
    stream: 'data: 2026-01-01T00:00:00Z\ndata: 2026-01-01T00:00:01Z\n\n',
    events: [message('2026-01-01T00:00:00Z\n2026-01-01T00:00:01Z')],
  },
]

function ascii(text: string): number[] {
  return Array.from(text, (character) => character.charCodeAt(0))
}
