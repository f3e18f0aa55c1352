/** Streams to begin with, typed as in notation.ts: one for each rule of the standard, and one for each common mistake. */
import type { FindingCode } from '../../../checks/wire/words.ts'

export interface Preset {
  /** Part of the page's address. */
  id: string
  /** The kind of finding that it shows, where that is not its id. */
  code?: FindingCode
  label: string
  typed: string
  /** What there is to see. */
  says: string
}

/** The rules of WHATWG HTML § 9.2.5 and § 9.2.6, in the order in which one meets them. */
export const rules: readonly Preset[] = [
  {
    id: 'messages',
    label: 'Two messages',
    typed: 'data: hello\n\ndata: world\n\n',
    says: 'A data line and a blank line make a message. Take a blank line away and see what happens.',
  },
  {
    id: 'several-lines',
    label: 'Data of several lines',
    typed: 'data: first\ndata:\ndata: third\n\n',
    says: 'Each data line adds a line. An empty one adds an empty line.',
  },
  {
    id: 'space',
    label: 'The space after the colon',
    typed: 'data:none\n\ndata: one\n\ndata:  two\n\ndata:\ta tab\n\n',
    says: 'One space is taken away. A second one, or a tab, is part of the text.',
  },
  {
    id: 'named',
    label: 'Named events',
    typed: 'event: price\ndata: 42\n\ndata: no name\n\nevent: a\nevent: b\ndata: the last name counts\n\n',
    says: 'A name lasts for its own block. If there are two, the last one counts.',
  },
  {
    id: 'empty-name',
    label: 'An empty name',
    typed: 'event: price\nevent:\ndata: 42\n\n',
    says: 'An empty name counts as none, and the last one counts: this is a message.',
  },
  {
    id: 'ids',
    label: 'Ids stay',
    typed: 'id: 1\ndata: has an id\n\ndata: keeps that id\n\nid\ndata: an empty id takes it away\n\n',
    says: 'The last event ID stays until another id comes. A line without a colon is a field with an empty value.',
  },
  {
    id: 'id-alone',
    label: 'An id without data',
    typed: 'id: 7\n\n',
    says: 'No event comes of it. By the standard the last event ID is set all the same: look below the events. Chromium does so; Firefox and WebKit do not.',
  },
  {
    id: 'id-unfinished',
    label: 'An id without its blank line',
    typed: 'id: 1\ndata: one\n\nid: 2\ndata: two\n',
    says: 'An id counts from the blank line on. The browser would come back with 1: look below the events.',
  },
  {
    id: 'retry',
    label: 'Reconnection time',
    typed: 'retry: 2000\n\ndata: a message\n\n',
    says: 'It counts at once, and makes no event.',
  },
  {
    id: 'comments',
    label: 'Comments',
    typed: ': this keeps the line warm\n\ndata: a message\n: between two lines\ndata: of one message\n\n',
    says: 'A line that begins with a colon is skipped, wherever it stands.',
  },
  {
    id: 'empty-data',
    label: 'Empty data',
    typed: 'data\n\ndata:\n\ndata\ndata\n\n',
    says: 'Three events: two with empty data, and one whose data is a line end.',
  },
  {
    id: 'line-ends',
    label: 'LF, CR and CR LF',
    typed: 'data: LF\n\ndata: CR<CR><CR>data: CR LF<CR>\n<CR>\n',
    says: 'All three end a line, in one stream too. <CR> stands for a carriage return.',
  },
  {
    id: 'bom',
    label: 'A byte order mark',
    typed: '<BOM>data: the first BOM is skipped\n\ndata: <BOM>one in the text is kept\n\n',
    says: 'One is skipped, at the very beginning. Any other is text, or spoils a name.',
  },
  {
    id: 'utf8',
    label: 'Letters of several bytes',
    typed: 'data: é ✓ 🎈\n\n',
    says: 'Cut it into pieces of one byte with the slider: the letters arrive whole.',
  },
  {
    id: 'colons',
    label: 'Colons in the text',
    typed: 'data: https://localhost:8080/\n\n',
    says: 'Only the first colon of a line counts.',
  },
  {
    id: 'unfinished',
    label: 'A stream that breaks off',
    typed: 'data: whole\n\ndata: the blank line is missing\n',
    says: 'What is not finished when a stream ends is thrown away.',
  },
]

/** What people write, and what the stream linter says about it: one for each kind of finding. */
export const mistakes: readonly Preset[] = [
  {
    id: 'single-newline',
    label: 'One line end only',
    typed: 'data: 2026-01-31T12:00:00.000Z\ndata: 2026-01-31T12:00:01.000Z\ndata: 2026-01-31T12:00:02.000Z\n',
    says: 'A very common one. To the parser this is one message, and it is not finished.',
  },
  {
    id: 'unfinished-block',
    label: 'The last blank line is missing',
    typed: 'data: hello\n',
    says: 'The message waits for a blank line that never comes.',
  },
  {
    id: 'literal-backslash-n',
    label: 'A backslash and an n',
    typed: 'data: hello\\n\\n',
    says: 'The line end was written with two backslashes, or in quotes that know no \\n.',
  },
  {
    id: 'letter-case',
    label: 'Data with a capital',
    typed: 'Data: hello\n\n',
    says: 'Names of fields are compared letter by letter. Data is another name than data, and no field has it.',
  },
  {
    id: 'space-before-colon',
    label: 'A space before the colon',
    typed: 'data : hello\n\n',
    says: 'The space belongs to the name now, and there is no field of that name.',
  },
  {
    id: 'leading-space',
    label: 'An indented line',
    typed: '  data: hello\n\n',
    says: 'Often it comes from a template string that was indented along with the code.',
  },
  {
    id: 'spaces-for-blank',
    label: 'Spaces in the blank line',
    typed: 'data: hello\n  \ndata: world\n\n',
    says: 'It looks blank. It is a line with a name of two spaces.',
  },
  {
    id: 'misspelt-field',
    label: 'A misspelt name',
    typed: 'dta: hello\n\nmessage: hello\n\n',
    says: 'Near is not enough.',
  },
  {
    id: 'unknown-field',
    label: 'A field of your own',
    typed: 'user: ada\ndata: hello\n\n',
    says: 'There are four fields. Whatever else you have to say goes into data.',
  },
  {
    id: 'no-field-name',
    label: 'JSON without data',
    typed: '{"price": 42}\n\n',
    says: 'The parser takes what stands before the colon for the name of a field.',
  },
  {
    id: 'retry-not-digits',
    label: 'A retry with a unit',
    typed: 'retry: 2s\ndata: hello\n\n',
    says: 'Milliseconds, digits only.',
  },
  {
    id: 'id-with-nul',
    label: 'NUL in an id',
    typed: 'id: 1\ndata: one\n\nid: 2<NUL>\ndata: two\n\n',
    says: 'Such an id is ignored. The one before stays, so a reconnection would ask for what has already come.',
  },
  {
    id: 'empty-field-block',
    label: 'A name and no data',
    typed: 'event: refresh\n\n',
    says: 'An event without data is not dispatched.',
  },
  {
    id: 'bom-mid-stream',
    label: 'A byte order mark in the middle',
    typed: 'data: one\n\n<BOM>data: two\n\n',
    says: 'This happens when two files are joined, and the second one begins with a byte order mark.',
  },
  {
    id: 'invalid-utf8',
    label: 'Bytes that are not UTF-8',
    typed: 'data: caf<E9>\n\n',
    says: 'This é is Latin-1. An event stream is always UTF-8.',
  },
  {
    id: 'lone-cr',
    label: 'A carriage return in the text',
    typed: 'data: 50 %<CR>data: 100 %\n\n',
    says: 'Programs that draw progress use CR. Here it ends a line.',
  },
  {
    id: 'http-chunk-framing',
    label: 'Lengths between the messages',
    typed: 'd<CR>\ndata: hello\n\n<CR>\nd<CR>\ndata: world\n\n<CR>\n',
    says: 'Someone wrote the chunks of HTTP/1.1 by hand.',
  },
  {
    id: 'framed-twice',
    label: 'The prefix twice',
    typed: 'data: data: hello\ndata: \ndata: \n\n',
    says: 'The text had its prefix already, and its blank line too.',
  },
  {
    id: 'run-together',
    label: 'Two messages in one line',
    typed: 'data: {"price": 42}data: {"price": 43}\n\n',
    says: 'The first message was sent without its line ends.',
  },
  {
    id: 'comment-in-data',
    label: 'A comment in data',
    typed: 'data: : still here\n\ndata: hello\n\n',
    says: 'Something on the way put "data: " in front of each line, comments included.',
  },
  {
    id: 'python-repr',
    label: 'A dict of Python',
    typed: "data: {'ok': True, 'next': None}\n\n",
    says: 'It was written with str(). JSON has double quotes, true and null.',
  },
  {
    id: 'replacement-character',
    label: 'Half a letter, decoded',
    typed: 'data: caf\uFFFD\uFFFD\n\n',
    says: 'An é was cut in two, and each half was decoded by itself. The stream is valid, and the letter is lost.',
  },
  {
    id: 'short-retry',
    label: 'A retry in seconds',
    typed: 'retry: 3\ndata: hello\n\n',
    says: 'Three milliseconds: a server that is down gets hundreds of requests a second.',
  },
  {
    id: 'event-as-field',
    label: 'An error as a field',
    typed: 'data: {"price": 42}\n\nerror: {"code": 500}\n\n',
    says: 'The name of an event is the value of the event field.',
  },
  {
    id: 'html-mid-stream',
    label: 'A page in the middle',
    typed: 'data: 1\n\ndata: 2\n\n<html>\n<title>504 Gateway Time-out</title>\n</html>\n',
    says: 'A proxy gave up on the server, and appended a page of its own.',
  },
  {
    id: 'json-instead',
    label: 'JSON instead of a stream',
    typed: '{\n  "error": {\n    "message": "no such key"\n  }\n}\n',
    says: 'The answer is an error, and nobody gave it a content type of its own.',
  },
  {
    id: 'ndjson-instead',
    label: 'JSON line by line',
    typed: '{"price": 42}\n{"price": 43}\n{"price": 44}\n',
    says: 'This is NDJSON, another way to stream. Each line lacks its prefix, and a blank line behind it.',
  },
  {
    id: 'compressed-body',
    label: 'Compressed bytes',
    typed: '<1F><8B><08><00><00><00><00><00><00><03>KI,IT<B0>R<C8>H<CD><C9><C9><E7><E2><02><00>',
    says: 'What gzip makes of a stream, read as if it were text.',
  },
  {
    id: 'html-instead',
    label: 'A page instead of a stream',
    typed: '<!doctype html>\n<title>Not found</title>\n<p>There is nothing here.\n',
    says: 'The wrong path, or a proxy that answers with a page of its own.',
  },
]

/** What is right, and what some clients other than browsers stumble over: one for each kind of note. */
export const habits: readonly Preset[] = [
  {
    id: 'crlf-line-ends',
    label: 'CR LF',
    typed: 'data: hello<CR>\n<CR>\ndata: world<CR>\n<CR>\n',
    says: 'A client that splits the stream at two LF finds no message in it.',
  },
  {
    id: 'cr-line-ends',
    label: 'CR alone',
    typed: 'data: hello<CR><CR>data: world<CR><CR>',
    says: 'A client that waits for LF never sees a line.',
  },
  {
    id: 'leading-bom',
    label: 'A byte order mark at the start',
    typed: '<BOM>data: hello\n\n',
    says: 'A browser skips it. Other clients see a field with a strange name.',
  },
  {
    id: 'no-space',
    label: 'No space after the colon',
    typed: 'data:hello\n\n',
    says: 'A client that looks for "data: " skips it.',
  },
  {
    id: 'empty-data-in-json',
    code: 'empty-data',
    label: 'Empty data among JSON',
    typed: 'event: price\ndata: {"price": 42}\n\nevent: ping\ndata:\n\n',
    says: 'A client that parses all data as JSON fails at the ping.',
  },
  {
    id: 'missing-done',
    label: 'A chat without its end',
    typed: 'data: {"object": "chat.completion.chunk", "choices": [{"finish_reason": "stop"}]}\n\n',
    says: 'Clients of that API wait for data: [DONE].',
  },
]

export const presets: readonly Preset[] = [...rules, ...mistakes, ...habits]
