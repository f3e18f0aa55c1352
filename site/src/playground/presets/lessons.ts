import type { Preset } from './preset.ts'

/** What the lessons send, in their order, and what can go wrong there although each line of the stream is right. */
export const lessons: readonly Preset[] = [
  {
    id: 'named-clock',
    label: 'A clock with names and ids',
    typed: 'retry: 2000\n\nevent: tick\nid: 1\ndata: 12:00:00\n\nevent: tick\nid: 2\ndata: 12:00:01\n\n',
    says: 'Lesson 7. Who listens for tick hears both. Take the first blank line away: retry counts all the same.',
  },
  {
    id: 'name-breaks-out',
    label: 'A name with line ends in it',
    typed: 'event: price\ndata: a lie\n\nevent: x\ndata: 42\n\n',
    says: 'Lesson 7. One event was to be sent, with data 42. Somebody chose its name, with line ends in it, and made two events of it. So encode() refuses such a name.',
  },
  {
    id: 'ticks-and-messages',
    label: 'Ticks and messages',
    typed: 'event: tick\ndata: 12:00:00\n\nid: 1\ndata: Hello!\n\nevent: tick\ndata: 12:00:01\n\n',
    says: 'Lesson 8. A tick has no id, and leaves the last event ID at the last message.',
  },
  {
    id: 'first-id',
    label: 'An id before the first message',
    typed: 'retry: 2000\n\nevent: welcome\nid: a-0\ndata\n\n',
    says: 'Lesson 9. No page listens for welcome. It gives every browser an id to come back with, because it has data, if only empty data.',
  },
  {
    id: 'replay',
    label: 'What was missed, then what is new',
    typed: 'retry: 2000\n\nid: a-4\ndata: missed\n\nid: a-5\ndata: missed too\n\nid: a-6\ndata: new\n\n',
    says: 'Lesson 9. A page sees no difference. Take lines away from the end, and look below the events with which id the browser would come back.',
  },
  {
    id: 'reset',
    label: 'Something is missing',
    typed: 'event: reset\nid: a-9\ndata\n\nid: a-10\ndata: new\n\n',
    says: 'Lesson 9. What this client has missed, the server does not have any more. It says so, in an event. Take its data line away, and it is none.',
  },
  {
    id: 'heartbeat',
    label: 'A heartbeat',
    typed: 'data: one\n\n: still here\n\n: still here\n\ndata: two\n\n',
    says: 'Lesson 10. Bytes on the line, and nothing for the page.',
  },
  {
    id: 'torn',
    label: 'A heartbeat within a message',
    typed: 'data: first line\n: still here\n\ndata: second line\n\n',
    says: 'Lesson 10. One message was written in two pieces, and a heartbeat came between them. Its blank line makes two messages of one.',
  },
]
