/** What is said of a client that does not read. */
import type { CheckManifest } from '../manifest.ts'

export const boundWords = {
  bounded: {
    says: 'lets no more than MAX_BUFFER bytes wait for a client that reads nothing',
    why: 'write() refuses nothing. What a client does not read waits in your server, and more comes with each message, until the memory is full.',
    fix: 'Before you write, add the length of the block to client.writableLength. When that is more than process.env.MAX_BUFFER, which is in bytes, call client.destroy() instead.',
    faults: {
      characters: {
        why: 'A stream counts a string in characters, and so does the length of the string. A € is one character and three bytes: three times as much waits as you count.',
        fix: 'Make bytes of the block, once for all clients: Buffer.from(block). Of these, client.writableLength and length count bytes.',
      },
    },
    hints: [
      'A client has stopped reading. Where is all that you have written to it?',
      'writableLength says how much waits in a stream: nodejs.org/api/stream.html#writablewritablelength',
      { file: 'broadcast.ts', lines: 'client.destroy()' },
    ],
    needsProcess: true,
  },
  'at-once': {
    says: 'ends the stream of such a client at once, and does not wait for it to read',
    why: 'end() lets all that waits go out first. This client takes nothing, so it keeps your memory for as long as it likes.',
    fix: 'Call client.destroy(): it lets go of what waits, and tells the client. end() does neither.',
    faults: {
      lost: {
        why: 'The stream stays open, and messages are missing on it. The browser can not know that, and never asks for them.',
        fix: 'End the stream with client.destroy(). Then the browser comes back with its last id, and your log has the rest.',
      },
      spoilt: {
        why: 'The client read late, and what it got is not what you sent to the others.',
        fix: 'Write each block once, in order, or end the stream with client.destroy(): the browser comes back for the rest.',
      },
    },
    hints: [
      'Who does end() wait for?',
      'destroy() ends a stream without waiting for anyone: nodejs.org/api/stream.html#writabledestroyerror',
      { file: 'broadcast.ts', lines: 'client.destroy()' },
    ],
    needsProcess: true,
  },
  patient: {
    says: 'leaves a client alone for which less than that waits: it gets all of it, once, when it reads',
    why: 'Less than MAX_BUFFER waits for it. false from write() says no more than that something waits, and not that the client is gone.',
    fix: 'Compare client.writableLength, of each client by itself, with MAX_BUFFER. Let what write() returns be.',
    faults: {
      loop: {
        why: 'Your server stands still since a client stopped reading. write() returns false for as long as it does, and takes the block each time.',
        fix: 'Look for a loop that ends when write() returns true, and write each block once.',
      },
      lost: {
        why: 'false from write() means that the block was taken, and waits. What you leave out after it is missing on an open stream, and no browser asks for that.',
        fix: 'Write every block, as long as there is room for it: false or not.',
      },
      twice: {
        why: 'false from write() means that the block was taken, and waits. Sent again, it comes twice.',
        fix: 'Write each block once, whatever write() returns.',
      },
      torn: {
        why: 'A block was cut, or another one was written into it.',
        fix: 'Write each block with one write(), and as a whole.',
      },
    },
    hints: [
      'write() returned false. Was the block taken or not?',
      'false means that the buffer is fuller than writableHighWaterMark; the block is in it all the same: nodejs.org/api/stream.html#writablewritechunk-encoding-callback',
      { file: 'broadcast.ts', lines: 'client.writableLength' },
    ],
    needsProcess: true,
  },
} satisfies Record<string, CheckManifest>
