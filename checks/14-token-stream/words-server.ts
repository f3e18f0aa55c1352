/** What is said of the server: its answers, and its model. */
import type { CheckManifest } from '../manifest.ts'

const ASK = `curl -kN {origin}/completions -d '{"prompt":"Hello"}'`

export const serverWords = {
  opens: {
    says: 'answers a prompt with an event stream of its own',
    why: 'A client finds out by the status and the content type that events come, before it reads the first of them.',
    fix: 'Keep what server.ts does for POST /completions: status 200, content-type: text/event-stream, and complete(stream, prompt).',
    try: ASK,
    faults: {
      length: {
        why: 'content-length says where the body ends, and nobody knows that before the model has come to its end.',
        fix: 'Leave content-length out, and write each token when it is there.',
      },
    },
    hints: [
      'What does curl -i show of the answer, before the first token?',
      'stream.respond(headers) sends the head at once: nodejs.org/api/http2.html#http2streamrespondheaders-options',
      { file: 'completions.ts', lines: 'pipeline' },
    ],
  },
  tokens: {
    says: 'sends each token of the model as a message: data: {"token":"…"}',
    why: 'A token may have line ends and quotes in it. As JSON it is one line, and its reader gets it as it was.',
    fix: 'Loop over generate(prompt) with for await, and send encode({ data: JSON.stringify({ token }) }) for each token.',
    try: ASK,
    faults: {
      none: {
        why: 'The stream is open, and no token comes on it.',
        fix: 'Loop over generate(prompt) with for await, and send encode({ data: JSON.stringify({ token }) }) for each token.',
      },
      json: {
        why: 'A token that begins with a space, or has a line end, does not survive as plain data. Its reader expects JSON.',
        fix: 'Put it into JSON: encode({ data: JSON.stringify({ token }) }).',
      },
      shape: {
        why: 'Whoever reads looks for a text under the name token.',
        fix: 'Send an object with that one name: JSON.stringify({ token }).',
      },
      named: {
        why: 'Tokens are messages: events without a name. A reader may pass over names that it does not know.',
        fix: 'Leave event out: encode({ data: JSON.stringify({ token }) }).',
      },
      error: {
        why: 'The prompt was good, and the model can answer it.',
        fix: 'Look at what the error says. A generator is looped over with for await: for await (const token of generate(prompt)).',
      },
      torn: {
        why: 'A character may have several bytes. Who cuts between them loses it for good.',
        fix: 'Write whole texts. Cut a text at code points if you have to, and never its bytes.',
      },
    },
    hints: [
      'What do you get when you loop over generate() and log each value?',
      'for await loops over what an async generator yields: developer.mozilla.org/docs/Web/JavaScript/Reference/Statements/for-await...of',
      { file: 'completions.ts', lines: 'for await' },
    ],
  },
  live: {
    says: 'sends each token as soon as the model has made it',
    why: 'People begin to read at the first word. When all comes at the end, they wait as long as without a stream.',
    fix: 'Send inside of the loop over generate(), and collect nothing.',
    try: ASK,
    hints: [
      'Watch curl -N. Does the text grow, or does it come at once?',
      'pipeline() writes what a generator yields, as it yields it: nodejs.org/api/stream.html#streampipelinesource-transforms-destination-options',
      { file: 'completions.ts', lines: 'for await' },
    ],
  },
  done: {
    says: 'ends a whole answer with data: [DONE], and then the stream',
    why: 'A stream also ends when a server dies. Only a last word of yours says that the answer is whole.',
    fix: "Behind the loop over the tokens, send encode({ data: '[DONE]' }). Then end the stream.",
    try: ASK,
    faults: {
      token: {
        why: 'As a token it is a piece of the text, and people read it.',
        fix: "Send it as it is, without JSON: encode({ data: '[DONE]' }).",
      },
      other: {
        why: 'A reader looks for [DONE], these six characters, in a message without a name. It takes no other word for the end.',
        fix: "Send it in capitals, without JSON and without a name: encode({ data: '[DONE]' }).",
      },
      unfinished: {
        why: 'An event ends with a blank line. What has none is dropped when the stream ends.',
        fix: "Let encode() write it, which puts the blank line behind it: encode({ data: '[DONE]' }).",
      },
      more: {
        why: 'A reader stops at [DONE]. What comes behind it is lost.',
        fix: 'Send [DONE] once, when the loop over the tokens has come to its end.',
      },
      cut: {
        why: 'A reset may throw away what is still on its way, and its reader takes it for a failure.',
        fix: 'End it with stream.end(). stream.close() and stream.destroy() do not wait for what is on its way.',
      },
      open: {
        why: 'A stream that nobody ends keeps its place, and one that waits for its end waits for ever.',
        fix: 'End the stream behind [DONE]: stream.end().',
      },
    },
    hints: [
      'The server dies in the middle of a sentence. How does its reader know that the sentence was longer?',
      'pipeline() ends the last stream when the generator returns: nodejs.org/api/stream.html#streampipelinesource-transforms-destination-options',
      { file: 'completions.ts', lines: '[DONE]' },
    ],
  },
  stops: {
    says: 'stops the model when its client has left',
    why: 'A model costs money for each token. Without a reader it goes on to the end of its text, for nobody.',
    fix: "Make an AbortController, hand its signal to generate(), and call its abort() when the stream has its 'close' event. With pipeline(), hand on the signal that it gives to its source.",
    faults: {
      connection: {
        why: 'Some clients send no reset: their connection ends, and all of its streams close with it.',
        fix: "Listen to the stream's own 'close' event, which comes in every case.",
      },
      early: {
        why: 'A client may have left before the model has begun. A stream that is closed already has no close event any more.',
        fix: 'Do not begin when stream.closed or stream.destroyed is true. Who uses pipeline() need not look: it does.',
      },
    },
    hints: [
      'Press Ctrl-C in curl in the middle of an answer. How would you see whether the model still works?',
      'The generator that pipeline() calls gets { signal }: nodejs.org/api/stream.html#streampipelinesource-transforms-destination-options',
      { file: 'completions.ts', lines: 'pipeline' },
    ],
    needsProcess: true,
  },
  fails: {
    says: 'tells the client when the model fails in the middle: event: error',
    why: 'The head said 200 long ago. An end without a word looks like a short answer. So does stream.close(): Node ends a stream before it resets it.',
    fix: "Catch what generate() throws, send encode({ event: 'error', data: JSON.stringify({ message: String(error) }) }), and then end the stream.",
    try: `curl -kN {origin}/completions -d '{"prompt":"Please fail"}'`,
    faults: {
      late: {
        why: 'Who waits with the head until the model is done has no stream.',
        fix: 'Send the head at once, and tell in an event what goes wrong later.',
      },
      cut: {
        why: 'A reset says that something went wrong, and not what. It may also throw away tokens that were sent before.',
        fix: 'Catch what generate() throws, send an event: error as the last block, and then end the stream.',
      },
      open: {
        why: 'Nothing more will come, and the client does not know.',
        fix: 'Send the event: error, and then end the stream: stream.end().',
      },
      bare: {
        why: 'An event without data is never handed on: a parser drops it.',
        fix: "Give it data: encode({ event: 'error', data: JSON.stringify({ message: String(error) }) }).",
      },
      done: {
        why: '[DONE] says that the answer is whole, and it is not.',
        fix: 'Send [DONE] inside of try, behind the loop, where an error passes it over. In finally it comes in any case.',
      },
      more: {
        why: 'An error is the last that is said. [DONE] behind it says that all is well.',
        fix: 'Send [DONE] inside of try, behind the loop, where an error passes it over.',
      },
    },
    hints: [
      'Ask for "Please fail". What does a reader see, and what should it see?',
      'try and catch work around for await and yield: developer.mozilla.org/docs/Web/JavaScript/Reference/Statements/try...catch',
      { file: 'completions.ts', lines: "event: 'error'" },
    ],
  },
  bodies: {
    says: 'answers 400 to a body without a prompt',
    why: 'Whoever asked wrongly has to learn it by the status. After a 200 it is too late.',
    fix: 'Keep promptIn() as the lesson gives it, and its 400 in server.ts: undefined means that there is no prompt.',
    try: "curl -ki {origin}/completions -d 'Hello'",
    faults: {
      kind: {
        why: 'JSON can be anything: a number, a list, null. A prompt is a text in an object.',
        fix: "Look at its type: typeof prompt === 'string'. Reading a property of null throws, so do it inside of try.",
      },
      silent: {
        why: 'Its client waits for ever. What was thrown in an async function is not seen by who called it.',
        fix: 'Catch what JSON.parse() throws, and answer 400.',
      },
      open: {
        why: 'An answer without an end keeps its client waiting.',
        fix: 'End the answer: reply() does it.',
      },
      after: {
        why: 'One bad request must not harm those that come after it.',
        fix: 'Take a place only for an answer that begins, and let nothing of a bad request stay behind.',
      },
    },
    hints: [
      'What does JSON.parse() do with a text that is no JSON, and what comes of null.prompt?',
      'JSON.parse() throws a SyntaxError: developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/JSON/parse',
      { file: 'completions.ts', lines: 'for await' },
    ],
  },
  guarded: {
    says: 'lets in only those who may: the token, the origins and the places of lesson 12',
    why: 'An answer costs more than a message. What guards the one has to guard the other.',
    fix: "Keep '/completions' among the guarded paths of server.ts, and takePlace() before the answer begins.",
    faults: {
      token: {
        why: 'Anyone who finds the address has a model at your cost.',
        fix: "Add '/completions' to the guarded paths, so that refusalOf() is asked.",
      },
      barred: {
        why: 'Who has the token, comes from an allowed origin and finds a place is to get an answer.',
        fix: 'Refuse with what refusalOf() and takePlace() say, and for no other reason.',
      },
      foreign: {
        why: 'A page of another origin can send a POST with the cookies of whoever visits it, and you pay for the answer.',
        fix: "Add '/completions' to the guarded paths, so that refusalOf() is asked.",
      },
      cors: {
        why: 'A page of an allowed origin can not read an answer that does not name it.',
        fix: 'Put what corsOf() says into the head of the stream: stream.respond({ ...eventStream, ...cors }).',
      },
      preflight: {
        why: 'JSON is none of the types that a form can send. Before it does, the browser asks whether content-type may be set.',
        fix: "Name it in the answer to OPTIONS: 'access-control-allow-headers': 'authorization, content-type, last-event-id'.",
      },
      places: {
        why: 'Each answer is a stream that is open, and a model that works. Without a bound, anyone can ask for a thousand of them.',
        fix: 'Call takePlace(stream) before respond(), and answer 503 with retry-after when there is no place.',
      },
      kept: {
        why: 'A place that is not given back is gone until the server is started again.',
        fix: "Give it back when the stream closes, as takePlace() does: stream.on('close', …).",
      },
    },
    hints: [
      'Which paths does server.ts guard, and which of them open streams?',
      'A cross-origin request with JSON is preceded by a preflight: developer.mozilla.org/docs/Web/HTTP/Guides/CORS#preflighted_requests',
      { file: 'completions.ts', lines: 'pipeline' },
    ],
    needsProcess: true,
  },
} satisfies Record<string, CheckManifest>
