/** What is said of a client that comes back for what it missed. */
import type { CheckManifest } from '../manifest.ts'

export const returnWords = {
  back: {
    says: 'sends a client that comes back all that it missed, in whole messages',
    why: 'You have ended its stream, perhaps in the middle of a message. Nothing is lost if it gets the rest now.',
    fix: 'Send what stands in the log behind its id, block by block. When too much waits, end() the stream: the browser comes back for the rest.',
    faults: {
      vain: {
        why: 'The client comes back, gets nothing whole, and is thrown out again. So it goes on for ever.',
        fix: 'Write at least one block to who comes back, and end with end(), which lets it arrive. destroy() throws away what waits.',
      },
      torn: {
        why: 'A stream may end in the middle of a message: the browser forgets that part. All before it has to be whole.',
        fix: 'Write each block as a whole, in order, and nothing in between.',
      },
      twice: {
        why: 'The client gets what it has already, or in another order than everyone else.',
        fix: 'Send what stands behind its id, each block once, and then what is new.',
      },
      reset: {
        why: 'The log still has all that this client missed.',
        fix: 'Send reset only where the log does not know the id.',
      },
      meanwhile: {
        why: 'These were sent while you waited for this client to read. It is not among your clients yet, and what you read of the log is older: nobody sends them.',
        fix: 'Wait for nobody between reading the log and clients.set(). Or, when all of it is written, look into the log again for what came meanwhile, until there is nothing more.',
      },
      mixed: {
        why: 'What was sent while this client caught up came out of its place.',
        fix: 'Let a client be among those who get what is new only when it has all that it missed. Write nothing twice.',
      },
      id: {
        why: 'The browser keeps the id that came last, and comes back with it. With another one it gets messages again, or misses some.',
        fix: 'Write the blocks as they stand in the log, one behind the other.',
      },
      after: {
        why: 'What is written after end() goes nowhere, and each time is an error of the stream. Your function has ended this one, and goes on.',
        fix: 'Leave the function with end(): return stream.end(). The browser comes back for the rest.',
      },
      commas: {
        why: 'An array that becomes a text has a comma between each two of its blocks. The browser knows no field whose name begins with one, and leaves the line out.',
        fix: "Write the blocks of the array one by one, in a loop. Where you want one text of them, join('') puts nothing between them.",
      },
    },
    hints: [
      'A client missed more than MAX_BUFFER. What becomes of it when it comes back? And the time after?',
      'end() closes a stream when all before it has gone out; the browser comes back with its last id: nodejs.org/api/stream.html#writableendchunk-encoding-callback',
      { file: 'broadcast.ts', lines: 'stream.end()' },
    ],
    needsProcess: true,
  },
  'catch-up': {
    says: 'writes no more than MAX_BUFFER at once to a client that comes back',
    why: 'Who missed much and reads nothing costs you all that it missed. Ten of them cost it ten times.',
    fix: 'Write the blocks one by one, and look at stream.writableLength after each. When it is more than MAX_BUFFER, end() the stream, and leave: the browser comes back for the rest.',
    faults: {
      characters: {
        why: 'Who missed much and reads nothing costs you all that it missed. These are strings, of which writableLength counts the characters: a € is one, and three bytes.',
        fix: 'Write the blocks one by one, each as Buffer.from(block), and look at stream.writableLength after it. When it is more than MAX_BUFFER, end() the stream, and leave: the browser comes back for the rest.',
      },
    },
    hints: [
      'How many bytes does your server write at once to somebody who was away for an hour?',
      'Nothing goes out before your function has come to its end, so writableLength counts all of it: nodejs.org/api/stream.html#writablewritablelength',
      { file: 'broadcast.ts', lines: 'stream.end()' },
    ],
    needsProcess: true,
  },
  large: {
    says: 'sends a message that is larger than MAX_BUFFER to everyone who has read the rest',
    why: 'They read as fast as they can. One large message would throw all of them out at once.',
    fix: 'Write the block when nothing waits for the client, whatever its length is: if client.writableLength is 0, there is room.',
    faults: {
      lost: {
        why: 'They had read all that came before, so there is room. Now they miss a message, and nobody tells them.',
        fix: 'Write the block when nothing waits for the client, whatever its length is: if client.writableLength is 0, there is room.',
      },
      again: {
        why: 'Who comes back for this message must get it, or it comes back for ever, and gets nothing that is behind it either.',
        fix: 'When somebody comes back, write at least one block, however large it is, and end with end(), which lets it arrive.',
      },
    },
    hints: [
      'A message is larger than MAX_BUFFER. Who gets it? And when they come back?',
      'writableLength is 0 when a client has read everything: nodejs.org/api/stream.html#writablewritablelength',
      { file: 'broadcast.ts', lines: 'waiting > 0' },
    ],
    needsProcess: true,
  },
} satisfies Record<string, CheckManifest>
