import { defineLesson } from '../manifest.ts'
import { starts } from '../support/starts-manifest.ts'

export default defineLesson({
  slug: '15-scale-out',
  title: 'Scale-out',
  goal: 'Several servers with one log: whichever of them a client is at, it gets everything, in the same order.',
  minutes: 40,
  entry: 'server.ts',
  edit: ['redis-log.ts', 'broadcast.ts', 'server.ts'],
  given: ['log.ts', 'broadcast.ts'],
  begins: 'shared',
  checks: {
    starts,
    shared: {
      says: 'sends what is posted to one server to the clients of all',
      why: 'People who talk to each other are at different servers. Each server has to read what the others write.',
      fix: 'Let append() add to the Redis stream, and follow() deliver what it reads there: nothing is delivered on the way in.',
      faults: {
        unadded: {
          why: 'What is not in Redis, no other server can read.',
          fix: "Add each message with writer.xAdd(key, '*', { data }), where key is what REDIS_KEY says.",
        },
        field: {
          why: 'A message that has no field data is none to a server that looks for it there.',
          fix: "Give the text to Redis as it is, in the field data: xAdd(key, '*', { data }).",
        },
        unread: {
          why: 'The message is in Redis, and one of the servers did not get it from there: it has to read, all the time, from the last id that it has read.',
          fix: 'In follow(): for ever, xRead({ key, id: tail.lastId }, { BLOCK: BLOCK_MS }), add what came to the tail, and deliver the blocks.',
        },
        waits: {
          why: 'Redis works off the commands of one connection in turn. A read with BLOCK holds up every command behind it.',
          fix: 'Read on a connection of its own: const reader = writer.duplicate(). Answer when XADD has been answered.',
        },
      },
      hints: [
        'A message comes to the first server. How does the second one get to know of it?',
        "client.xAdd(key, '*', { data }) adds an entry, client.xRead({ key, id }, { BLOCK: 5000 }) waits for the next ones: redis.io/docs/latest/commands/xread",
        { file: 'redis-log.ts', lines: 'xRead' },
      ],
      needsProcess: true,
    },
    order: {
      says: 'sends the same messages in the same order from every server, each once',
      why: 'Whoever goes on at another server says which message was the last. That tells something only where all have one order.',
      fix: 'Deliver messages in one place alone: where they are read from Redis. There they have one order for all.',
      faults: {
        lost: {
          why: 'Everyone is to get every message, whichever server it was sent to.',
          fix: 'Read on from the last id that was read, and deliver all entries that one read brings.',
        },
        twice: {
          why: 'This server sends a message when it comes in, and again when it reads it from Redis.',
          fix: 'Deliver nothing in append(): what was added to Redis comes back with the next read.',
        },
        order: {
          why: 'A server that sends its own messages at once is ahead of Redis. Its clients see another order than all others.',
          fix: 'Deliver nothing in append(): what was added to Redis comes back with the next read.',
        },
      },
      hints: [
        'Two people send a message to two servers in the same moment. Who says which was first?',
        'XADD gives each entry an id that is larger than all before: redis.io/docs/latest/develop/data-types/streams',
        { file: 'redis-log.ts', lines: 'deliver(' },
      ],
      needsProcess: true,
    },
    entries: {
      says: 'keeps each message as an entry of the stream REDIS_KEY, with the text in its field data',
      why: 'The stream is what your servers agree on, and other programs with them: a field of another name is another language.',
      fix: "Add it with xAdd(key, '*', { data: message }).",
      faults: {
        key: {
          why: 'The checks set REDIS_KEY, as somebody does who has several logs in one Redis.',
          fix: "Take the key from the environment, const key = process.env.REDIS_KEY ?? 'sse:events', and add with XADD.",
        },
        unread: {
          why: 'Any program that has Redis can send to your clients, without asking one of your servers.',
          fix: 'Deliver what XREAD brings, whoever wrote it. Send data as it is: the field holds the text and nothing else.',
        },
      },
      hints: [
        'What does redis-cli show for XRANGE sse:events - +?',
        'An entry has fields with values; xAdd() takes them as an object: redis.io/docs/latest/commands/xadd',
        { file: 'redis-log.ts', lines: 'xAdd' },
      ],
      needsProcess: true,
    },
    ids: {
      says: 'gives each message the id of its Redis entry',
      why: 'A client comes back to any of your servers with this id. It must mean the same to all of them.',
      fix: 'Send the id of the entry as it is: entryOf() takes it from what XREAD brought.',
      hints: [
        'A client brings an id that this server never sent. How can it know the message?',
        'XADD with * makes the id, of the time and a number: redis.io/docs/latest/commands/xadd',
        { file: 'redis-log.ts', lines: 'tail.add' },
      ],
      needsProcess: true,
    },
    burst: {
      says: 'sends what one read brought in one write a client',
      why: 'Each write costs the same, however short. In bursts of ten messages, one write for all of them serves 1.6 times as many clients.',
      fix: "Join the blocks of one read, and send them with one write to each client: send(blocks.join('')).",
      faults: {
        lost: {
          why: 'One read may bring many entries. All of them are due.',
          fix: 'Take all messages of what xRead() resolves with: streams.flatMap(({ messages }) => messages).',
        },
      },
      hints: [
        'Ten messages come for a thousand clients. How many writes are that?',
        "blocks.join('') makes one text of them, and Buffer.from() one buffer for everyone: nodejs.org/api/buffer.html#static-method-bufferfromstring-encoding",
        { file: 'broadcast.ts', lines: 'join' },
      ],
      needsProcess: true,
    },
    quiet: {
      says: 'reads on after a while in which nothing came',
      why: 'A read with BLOCK ends when its time is over. What it brings then is null, and no list.',
      fix: 'if (!streams) continue: after null, read again from the same id.',
      faults: {
        died: {
          why: 'A read with BLOCK ends when its time is over. What it brings then is null, and no list.',
          fix: 'if (!streams) continue: after null, read again from the same id.',
        },
      },
      hints: [
        'For five seconds nobody writes. What does xRead() resolve with?',
        'XREAD with BLOCK replies null when its time is over: redis.io/docs/latest/commands/xread',
        { file: 'redis-log.ts', lines: 'if (!streams)' },
      ],
      needsProcess: true,
    },
    readers: {
      says: 'reads once for all its clients, with a read that waits in Redis',
      why: 'Redis takes about ten thousand connections. A thousand clients that each have one cost it a thousand times as much, for the same entries.',
      fix: 'Read in one loop, follow(), which begins when the server does, and hand what came to all clients.',
      faults: {
        polls: {
          why: 'Whoever asks again and again keeps Redis busy when there is nothing, and is late when there is something.',
          fix: 'Let Redis answer when there is something: xRead({ key, id }, { BLOCK: 5000 }).',
        },
      },
      hints: [
        'A thousand clients listen. How often does the same entry go from Redis to your server?',
        'The BLOCK option of xRead(): redis.io/docs/latest/commands/xread',
        { file: 'redis-log.ts', lines: 'BLOCK: BLOCK_MS' },
      ],
      needsProcess: true,
    },
    ahead: {
      says: 'knows an id that another server was quicker to send',
      why: 'The servers read the same, but not in the same moment. A client may bring the id of a message that this one reads in a moment.',
      fix: 'Before you look into the tail, wait: in reach(), as long as isAhead(id) says so, await the next read.',
      faults: {
        reset: {
          why: 'The servers read the same, but not in the same moment. This client has missed nothing: it is ahead of the server.',
          fix: 'Before you look into the tail, wait: in reach(), as long as isAhead(id) says so, await the next read.',
        },
        twice: {
          why: 'The client has this message already: its id says so. The server read it after the client had come, and sent it again.',
          fix: 'Take the client among those who are sent new messages only when the server has read up to its id: wait in reach().',
        },
      },
      hints: [
        'One server has read up to message 7, the other to message 6. A client comes from the first to the second: what does it miss?',
        'XRANGE from (one id to another tells whether there is anything between them: redis.io/docs/latest/commands/xrange',
        { file: 'redis-log.ts', lines: 'isAhead(id)' },
      ],
      needsProcess: true,
    },
    resume: {
      says: 'lets the clients of a server that was killed go on at another, with nothing lost or twice',
      why: 'That is what the second server is for. A client says the last id it had, and must get what is behind it.',
      fix: 'Answer Last-Event-ID from what is in Redis: load() reads it at the start, and follow() adds to it.',
      faults: {
        reset: {
          why: 'reset says that messages may be missing. None is: all of them are in Redis.',
          fix: 'Keep what was read from Redis, whichever server added it, and look for the id there.',
        },
        twice: {
          why: 'Last-Event-ID is the last message that the client had. Only what is behind it is missing.',
          fix: 'Begin with the entry behind that id. In XRANGE, a ( before the first id leaves that entry out.',
        },
      },
      hints: [
        'A server burns down. What do its clients know that another server can use?',
        'XREVRANGE reads the newest entries first: redis.io/docs/latest/commands/xrevrange',
        { file: 'redis-log.ts', lines: 'await recover' },
      ],
      needsProcess: true,
    },
    trimmed: {
      says: 'sends reset for an id whose next messages are not in Redis any more',
      why: 'MAXLEN takes the oldest entries away. XRANGE then begins with what is left, and says nothing of the gap.',
      fix: 'Answer with reset, unless the entry with that id is there itself: then nothing behind it was taken away.',
      faults: {
        died: {
          why: 'Anyone can send any Last-Event-ID. What is no id of Redis is an error there: the promise of that command rejects.',
          fix: "Catch what a command rejects with that has a stranger's id in it, and take it for an id that nobody knows.",
        },
        strange: {
          why: 'Anyone can send any Last-Event-ID. What is no id of Redis is an error there, and some mean something else to it.',
          fix: 'Look for the id among those that you know, and take an error for an id that nobody knows.',
        },
        waits: {
          why: 'This client is told nothing, and gets nothing new: it waits for an id that does not come.',
          fix: 'In reach(), wait only as long as Redis has entries up to that id: isAhead(id) asks. Then subscribe, with a reset.',
        },
        known: {
          why: 'reset says that messages may be missing. This client has all of them.',
          fix: 'Look whether the entry with that id is there: load() takes in what Redis has when the server starts.',
        },
      },
      hints: [
        'The log holds messages 5 to 9. A client comes with the id of message 3. What is behind it?',
        'XADD … MAXLEN ~ 1000 takes away the oldest entries: redis.io/docs/latest/commands/xadd',
        { file: 'redis-log.ts', lines: 'isAhead(id)' },
      ],
      needsProcess: true,
    },
    'default-key': {
      says: 'uses the stream sse:events when REDIS_KEY is not set',
      why: 'Servers that are told nothing must find each other all the same.',
      fix: "const key = process.env.REDIS_KEY ?? 'sse:events'.",
      hints: [
        'What is the key when nobody has set REDIS_KEY?',
        '?? takes its right side when the left one is undefined: developer.mozilla.org/docs/Web/JavaScript/Reference/Operators/Nullish_coalescing',
        { file: 'redis-log.ts', lines: 'xAdd' },
      ],
      needsProcess: true,
    },
    size: {
      says: 'keeps about LOG_SIZE messages in Redis',
      why: 'Redis holds everything in memory. A stream that only grows fills it, and then it takes nothing more from anybody.',
      fix: "Trim with each XADD: { TRIM: { strategy: 'MAXLEN', strategyModifier: '~', threshold: size } }.",
      hints: [
        'One message a second, for a year. How long is your log?',
        'MAXLEN ~ trims when a whole piece of a hundred entries or so can go: redis.io/docs/latest/commands/xadd',
        { file: 'redis-log.ts', lines: 'TRIM' },
      ],
      needsProcess: true,
    },
    outage: {
      says: 'lives on when Redis goes away, and goes on when it is back',
      why: 'Redis is restarted one day. Your clients need not notice, as long as their streams stay open.',
      fix: 'Catch what the read throws, wait a moment, and read again from the same id. The client connects again by itself.',
      faults: {
        died: {
          why: "An 'error' that nobody listens to ends the process, and so does a promise that rejects and that nobody catches. duplicate() copies no listeners.",
          fix: "Give each client a listener, .on('error', tell), and catch what its commands throw: without Redis at once, or after the five seconds that one may wait to be sent.",
        },
        left: {
          why: 'Somebody sent a message, and left while your server still waited for Redis. Their stream is gone: what is sent on it is an error, and here it ends the process.',
          fix: 'Before you answer, look whether the stream is still there: if (stream.aborted) return.',
        },
        answer: {
          why: 'Its sender has to know whether it was taken. 503 says that it was not, and that another try may help.',
          fix: 'Catch what publish() rejects with, and answer 503. With disableOfflineQueue: true, a command that can not be sent fails at once.',
        },
        ended: {
          why: 'These clients all come back in a moment, and Redis is still away. Their streams can wait as well as they.',
          fix: 'Leave the streams open: when Redis is back, the next read brings what they missed.',
        },
        promised: {
          why: '204 said that the message was taken. Its sender will not send it again.',
          fix: 'Await XADD before you answer 204, and answer 503 when it fails.',
        },
        lost: {
          why: 'What Redis took while this server had no connection is behind the last id that it read.',
          fix: 'Read on from the last id that was read: xRead({ key, id: tail.lastId }). $ is only what comes from now on.',
        },
        again: {
          why: 'Redis was slow, and not gone. It has each command that you sent, and carries all of them out when it goes on.',
          fix: 'Send XADD once for each message. When no answer comes, wait, or answer 503: whether to try again is for the sender.',
        },
        twice: {
          why: 'The clients have had this message before Redis went away.',
          fix: 'Read on from the last id that was read: xRead({ key, id: tail.lastId }).',
        },
        order: {
          why: 'All servers read the same stream, and it has one order.',
          fix: 'Read on from the last id that was read, one read at a time.',
        },
        reset: {
          why: 'reset says that messages may be missing. Redis has all of them, and so have the clients.',
          fix: 'Ask whether the last entry that you read is still there: XRANGE from its id to its id. If so, read on.',
        },
      },
      hints: [
        'Stop Redis while your server runs. What ends, and what should?',
        "Each client emits 'error' when its connection breaks, and connects again: github.com/redis/node-redis/blob/master/docs/client-configuration.md",
        { file: 'redis-log.ts', lines: 'await recover' },
      ],
      needsProcess: true,
    },
    loss: {
      says: 'sends reset to everyone when Redis comes back without the messages',
      why: 'Messages may have been taken that nobody has any more. No one knows which, so everyone has to be told.',
      fix: 'After an error, ask for the last entry that you read. If it is gone, load the log anew, and call reset().',
      faults: {
        died: {
          why: "An 'error' that nobody listens to ends the process, and so does a promise that rejects and that nobody catches.",
          fix: "Give each client a listener, .on('error', tell), and catch what its commands throw.",
        },
        ended: {
          why: 'A client that is only cut off comes back and asks for what it missed. Tell it in the stream that is open.',
          fix: 'Send reset on each open stream, and leave it open.',
        },
        dead: {
          why: 'The log begins anew, and so does the reading.',
          fix: 'After the reset, read on from the end of the log as it is now: tail = await load().',
        },
        old: {
          why: 'Nobody has what was behind this id.',
          fix: 'Forget what was read before: tail = await load() keeps only what Redis has now.',
        },
      },
      hints: [
        'Redis crashes, and comes back empty. What do your clients have to know?',
        'XRANGE key id id finds one entry, or none: redis.io/docs/latest/commands/xrange',
        { file: 'redis-log.ts', lines: 'reset()' },
      ],
      needsProcess: true,
    },
  },
})
