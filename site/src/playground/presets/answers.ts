import type { Preset } from './preset.ts'

/** Head and body, as `curl -i` writes them. */
export const answers: readonly Preset[] = [
  {
    id: 'answer',
    label: 'A right answer',
    typed: 'HTTP/2 200\ncontent-type: text/event-stream\ncache-control: no-cache\n\ndata: hello\n\n',
    says: 'A blank line ends the head. The stream begins behind it.',
  },
  {
    id: 'answer-of-text',
    code: 'other-content-type',
    label: 'Another content type',
    typed: 'HTTP/2 200\ncontent-type: text/plain\ncache-control: no-cache\n\ndata: hello\n\n',
    says: 'The bytes are right. The head says that they are something else, so a browser does not even read them.',
  },
  {
    id: 'answer-with-connection',
    code: 'connection-field',
    label: 'A field of HTTP/1.1',
    typed:
      'HTTP/2 200\ncontent-type: text/event-stream\ncache-control: no-cache\nconnection: keep-alive\n\ndata: hello\n\n',
    says: 'Many guides have it. HTTP/2 forbids it, and many clients refuse the whole answer.',
  },
]
