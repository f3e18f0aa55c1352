import { defineLesson } from '../manifest.ts'
import { starts } from '../support/starts-manifest.ts'

export default defineLesson({
  slug: '11-slow-consumers',
  title: 'Slow readers',
  goal: 'A client that stops reading costs your server little memory, and nobody else notices it.',
  minutes: 25,
  entry: 'server.ts',
  edit: ['broadcast.ts', 'log.ts'],
  begins: 'bounded',
  checks: {
    starts,
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
    default: {
      says: 'lets 1 MiB wait when MAX_BUFFER is not set',
      why: 'Without a bound that works by itself, the memory is full before anyone thinks of setting one.',
      fix: 'Number(process.env.MAX_BUFFER ?? 2 ** 20): so many bytes, or 1,048,576 of them.',
      faults: {
        soon: {
          why: 'A client may be behind by 1 MiB when nobody says otherwise. Many a phone is, for a moment.',
          fix: 'Number(process.env.MAX_BUFFER ?? 2 ** 20), in bytes.',
        },
      },
      hints: [
        'Start your server without MAX_BUFFER. How much may wait then?',
        '?? takes its right side when the left one is undefined; a comparison with NaN is never true: developer.mozilla.org/docs/Web/JavaScript/Reference/Operators/Nullish_coalescing',
        { file: 'broadcast.ts', lines: 'const maxBuffer' },
      ],
      needsProcess: true,
    },
    memory: {
      says: 'needs no more memory, however much is sent past clients that do not read',
      why: 'Little waits in the streams. So it is you who keep it: in an array, a queue, or a function that waits.',
      fix: 'Keep nothing for a client that you have destroyed. A queue of your own needs the same bound.',
      faults: {
        stuck: {
          why: 'A machine that has gone lets nothing out, not even a reset. What you write to its streams waits all the same.',
          fix: 'Count what waits in each stream, in writableLength, whatever it waits for: the client, or the connection.',
        },
      },
      hints: [
        'What in your code still knows a message after it was sent, apart from the log?',
        "A function that waits for 'drain' keeps all that it uses; a client that goes emits 'close' instead: nodejs.org/api/stream.html#event-drain",
        { file: 'broadcast.ts', lines: 'client.destroy()' },
      ],
      needsProcess: true,
    },
    'nothing-left': {
      says: 'keeps nothing of a client that it has ended',
      why: 'A stream that stays in your list is written to for ever, and stays in memory with all that belongs to it.',
      fix: "Let the 'close' event take each stream out of your list and stop its timer. It comes after destroy(), too.",
      hints: [
        'Which of your lists is a client still in when you have ended its stream?',
        "'close' comes however a stream ends: nodejs.org/api/http2.html#event-close_1",
        { file: 'broadcast.ts', lines: 'client.destroy()' },
      ],
      needsProcess: true,
    },
    others: {
      says: 'sends everyone else each message, once and at once, whatever one client does',
      why: 'One client that does not read is no reason for anybody else to wait, or to go.',
      fix: 'Count what waits for each client by itself, and wait for none of them in the loop that writes to all.',
      faults: {
        blocked: {
          why: 'Everybody else waits for the client that does not read. It may never read.',
          fix: "Wait for no one in the loop that writes to all: no await, no 'drain'. Who has no room left is destroyed.",
        },
        late: {
          why: 'Your server waits a while for the client that does not read, and everybody else waits with it, at each message.',
          fix: "Wait for no one in the loop that writes to all: no await, no timer, no 'drain'.",
        },
        ended: {
          why: 'This client had read all that came. Nothing waited for it.',
          fix: 'Ask what waits for each client now: client.writableLength goes down as it reads. A sum of all that was ever written does not.',
        },
        connection: {
          why: 'A browser has one connection for all tabs of a site. One tab sleeps, the other reads, and lost its stream as well.',
          fix: 'Destroy the stream of the one that does not read: client.destroy(), not client.session.destroy().',
        },
        lost: {
          why: 'This client had read all that came. It must not miss anything because of another one.',
          fix: 'Write each block to every client, and decide for each by itself whether there is room.',
        },
        twice: {
          why: 'A block that was written is on its way, whatever write() returned.',
          fix: 'Write each block once to each client.',
        },
        refused: {
          why: 'Who sends a message is not the one who does not read.',
          fix: 'Take messages as before. What waits for clients is no reason to refuse them.',
        },
      },
      hints: [
        'What in your code do two clients share? And who waits for whom?',
        'A for loop goes on at once when there is no await in it: developer.mozilla.org/docs/Web/JavaScript/Reference/Operators/await',
        { file: 'broadcast.ts', lines: 'const bytes' },
      ],
      needsProcess: true,
    },
  },
})
