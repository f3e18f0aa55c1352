import type { Preset } from './preset.ts'

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
