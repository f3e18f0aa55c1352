/** What is said of two servers together, while all is well. */
import type { CheckManifest } from '../manifest.ts'

export const togetherWords = {
  shared: {
    says: 'sends what is posted to one server to the clients of all',
    why: 'People who talk to each other are at different servers. Each server has to read what the others write.',
    fix: 'Let append() add to the Redis stream, and follow() deliver what it reads there: nothing is delivered on the way in.',
    faults: {
      unadded: {
        why: 'What is not in Redis, no other server can read.',
        fix: "Add each message with writer.xAdd(key, '*', { data }), where key is what REDIS_KEY says.",
      },
      refused: {
        why: 'Redis is there, and your server says that it is not: append() threw something, which became a 503.',
        fix: "See what it threw: console.error(error) where you answer 503. xAdd wants the key, '*', the fields, and then { TRIM: { strategy, strategyModifier, threshold } }.",
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
      wrapped: {
        why: 'Whoever reads the field takes what is in it for the text, and shows all of it.',
        fix: "Put the text in as it is: xAdd(key, '*', { data: message }).",
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
      waits: {
        why: 'The server has read what this client waits for, and the client still waits: nobody has told it.',
        fix: 'At the end of each turn of follow(), tell who waits: news.resolve(), and then news = Promise.withResolvers() for the next turn. In reach(), look again after each of them.',
      },
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
} satisfies Record<string, CheckManifest>
