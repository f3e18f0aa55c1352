import { defineLesson, type Fault } from '../manifest.ts'
import { starts } from '../support/starts-manifest.ts'

/** How the page does not come to its request, in each check that asks on it. */
const ASKING: Record<string, Fault> = {
  form: {
    why: 'The form and its output are how people ask, and where they read.',
    fix: 'Keep <form id="ask"> with its field, <output id="answer"> and <button id="stop"> of page.html.',
  },
  silent: {
    why: 'The page has to ask for what it wants to show.',
    fix: "In the form's submit listener, loop over streamTokens('/completions', ask.elements.prompt.value, …).",
  },
  again: {
    why: 'People ask more than once.',
    fix: 'Leave the form as it is when an answer has ended, and make all that an answer needs anew each time.',
  },
  reload: {
    why: 'A browser that sends a form leaves the page, and its script with it.',
    fix: 'Call event.preventDefault() first in the submit listener.',
  },
}

const ASK = `curl -kN {origin}/completions -d '{"prompt":"Hello"}'`

const PARSE =
  'A parser knows where an event ends: pipeThrough(new TextDecoderStream()), and then pipeThrough(new EventSourceParserStream()).'

const HUNG: Fault = {
  why: 'Whoever loops over the tokens waits for ever, and never learns why.',
  fix: 'Let the loop over the events come to its end with the body, and throw behind it.',
}

const WORDLESS: Fault = {
  why: 'The page shows what the error says, and here it says nothing.',
  fix: "Throw an Error with words: throw new Error('The answer broke off').",
}

export default defineLesson({
  slug: '14-token-stream',
  title: 'Token stream',
  goal: 'An answer comes token by token, can be stopped by who reads it, and never ends as if it were whole when it is not.',
  minutes: 30,
  entry: 'server.ts',
  edit: ['completions.ts', 'client.ts', 'page.js'],
  begins: 'tokens',
  checks: {
    starts,
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
      fix: 'For each token of generate(prompt, signal): encode({ data: JSON.stringify({ token }) }).',
      try: ASK,
      faults: {
        none: {
          why: 'The stream is open, and no token comes on it.',
          fix: 'Loop over generate(prompt, signal) with for await, and write encode({ data: JSON.stringify({ token }) }) for each token.',
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
          fix: 'Look at what the error says. await each token: for await (const token of generate(prompt, signal)).',
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
      fix: 'Write inside the loop, and collect nothing: yield encode(…) for each token.',
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
      fix: "Behind the loop: yield encode({ data: '[DONE]' }). pipeline() then ends the stream.",
      try: ASK,
      faults: {
        token: {
          why: 'As a token it is a piece of the text, and people read it.',
          fix: "Send it as it is, without JSON: encode({ data: '[DONE]' }).",
        },
        more: {
          why: 'A reader stops at [DONE]. What comes behind it is lost.',
          fix: 'Send [DONE] once, when the loop over the tokens has come to its end.',
        },
        cut: {
          why: 'A reset may throw away what is still on its way, and its reader takes it for a failure.',
          fix: 'Call stream.end(), or let pipeline() do it. stream.close() and stream.destroy() do not wait.',
        },
        open: {
          why: 'A stream that nobody ends keeps its place, and one that waits for its end waits for ever.',
          fix: 'Call stream.end() behind [DONE], or let pipeline() do it.',
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
      fix: 'Give generate() a signal that is aborted when the stream closes. pipeline() has one: pipeline((options) => events(prompt, options?.signal), stream).',
      faults: {
        connection: {
          why: 'Some clients send no reset: their connection ends, and all of its streams close with it.',
          fix: "Listen to the stream's own 'close' event, which comes in every case, or use the signal of pipeline().",
        },
        early: {
          why: 'A client may have left before the model has begun. A stream that is closed already has no close event any more.',
          fix: 'Use pipeline(), which looks before it begins, or do not begin when stream.closed or stream.destroyed is true.',
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
      why: 'The head said 200 long ago. An end without a word looks like a short answer.',
      fix: "Catch what generate() throws: yield encode({ event: 'error', data: JSON.stringify({ message: String(error) }) }).",
      try: `curl -kN {origin}/completions -d '{"prompt":"Please fail"}'`,
      faults: {
        late: {
          why: 'Who waits with the head until the model is done has no stream.',
          fix: 'Send the head at once, and tell in an event what goes wrong later.',
        },
        cut: {
          why: 'A reset says that something went wrong, and not what. It may also throw away tokens that were sent before.',
          fix: 'Catch the error inside of the generator, and yield an event: error as the last block.',
        },
        open: {
          why: 'Nothing more will come, and the client does not know.',
          fix: 'Send the event: error, and end the stream. A generator that throws nothing lets pipeline() do it.',
        },
        bare: {
          why: 'An event without data is never handed on: a parser drops it.',
          fix: "Give it data: encode({ event: 'error', data: JSON.stringify({ message: String(error) }) }).",
        },
        done: {
          why: '[DONE] says that the answer is whole, and it is not.',
          fix: 'Yield [DONE] inside of try, behind the loop, where an error passes it over. In finally it comes in any case.',
        },
        more: {
          why: 'An error is the last that is said. [DONE] behind it says that all is well.',
          fix: 'Yield [DONE] inside of try, behind the loop, where an error passes it over.',
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
    asks: {
      says: 'posts the prompt as JSON, with the fetch that it is given',
      why: 'An EventSource can only GET, and sends no body. fetch can POST, and gives you the bytes of the answer.',
      fix: "const response = await fetch(url, { method: 'POST', headers: …, body: JSON.stringify({ prompt }), signal }).",
      faults: {
        missing: {
          why: 'The page imports it by this name, and so do the checks.',
          fix: 'export async function* streamTokens(url, prompt, options) in client.ts.',
        },
        silent: {
          why: 'Without a request there is no answer.',
          fix: "const response = await fetch(url, { method: 'POST', headers: …, body: JSON.stringify({ prompt }), signal }).",
        },
        bare: {
          why: 'Most callers have no options. They get the fetch of the browser, and a request that nobody aborts.',
          fix: 'Give the options defaults: { signal, fetch = globalThis.fetch }: Options = {}.',
        },
        global: {
          why: 'Whoever gives you a fetch wants it to be used: to add a token, to try again, or to test.',
          fix: 'Take it out of the options: { signal, fetch = globalThis.fetch }: Options = {}.',
        },
        again: {
          why: 'Each request is an answer that the model makes, and that somebody pays for.',
          fix: 'Call fetch() once, and throw when that goes wrong. Whoever called you may ask again.',
        },
        method: {
          why: 'A GET has no body, and the prompt is in the body.',
          fix: "Name the method: fetch(url, { method: 'POST', … }).",
        },
        body: {
          why: 'The server looks for a text under the name prompt.',
          fix: 'body: JSON.stringify({ prompt }).',
        },
      },
      hints: [
        'What can a POST carry that a GET of an EventSource can not?',
        'fetch(url, { method, headers, body, signal }): developer.mozilla.org/docs/Web/API/Window/fetch',
        { file: 'client.ts', lines: 'await fetch' },
      ],
      needsProcess: true,
    },
    reads: {
      says: 'hands out each token as soon as it has come, and returns at [DONE]',
      why: 'The loop of the page gets a token while the next ones are still being made.',
      fix: "Loop over the events with for await: return at '[DONE]', else yield JSON.parse(data).token.",
      faults: {
        late: {
          why: 'Two tokens are here, and the answer is not over. response.text() and response.json() wait for its end.',
          fix: 'Read response.body, a stream, and yield each token inside the loop.',
        },
        early: {
          why: 'A model may say anything, [DONE] too. It is the last word only where it is all of the data.',
          fix: "Compare the whole: data === '[DONE]', and no includes().",
        },
        stays: {
          why: '[DONE] is the last word. Who waits for more keeps the connection, and perhaps waits for ever.',
          fix: "Leave the loop at [DONE]: if (data === '[DONE]') return.",
        },
        type: {
          why: 'A media type may have parameters behind it, and its letter case does not count.',
          fix: 'Compare with /^text\\/event-stream\\b/i.',
        },
        hung: HUNG,
      },
      hints: [
        'What is response.body, and what do response.text() and it have in common?',
        'EventSourceParserStream makes events of text: github.com/rexxars/eventsource-parser#stream-usage',
        { file: 'client.ts', lines: 'yield JSON.parse' },
      ],
      needsProcess: true,
    },
    pieces: {
      says: 'reads the same from bytes in any pieces, with any line ends',
      why: 'A network cuts where it likes: within an event, a line, a character. No piece is a whole of anything.',
      fix: PARSE,
      faults: {
        together: {
          why: 'What was written one after the other may come in one piece.',
          fix: PARSE,
        },
        cut: {
          why: 'An event may come in many pieces, down to single bytes. Until its blank line is there, it is no event.',
          fix: PARSE,
        },
        emoji: {
          why: 'A decoder that begins anew with each piece makes U+FFFD of half a character.',
          fix: 'Use one decoder for the whole body: new TextDecoderStream(), or decoder.decode(bytes, { stream: true }).',
        },
        'line-ends': {
          why: 'Servers may end lines with LF, CR or CRLF. All three are the same to a parser.',
          fix: PARSE,
        },
        spelling: {
          why: 'A stream may have comments, other fields, several data lines, and no space after the colon.',
          fix: PARSE,
        },
        bom: {
          why: 'A stream may begin with a BOM, three bytes that some editors and servers add. It is no part of the first field.',
          fix: PARSE,
        },
      },
      hints: [
        'Your code works with every answer of your own server. Who decides where the pieces are cut?',
        'pipeThrough() hands a stream on to the next one: developer.mozilla.org/docs/Web/API/ReadableStream/pipeThrough',
        { file: 'client.ts', lines: 'pipeThrough' },
      ],
      needsProcess: true,
    },
    refuses: {
      says: 'throws at any status but 200, and at any other content type',
      why: 'fetch resolves at every status. A page of an error, or of a login, has no tokens in it.',
      fix: 'if (response.status !== 200 || !/^text\\/event-stream\\b/i.test(type)) throw new Error(…), before you read.',
      faults: {
        other: {
          why: 'response.ok is true for every status from 200 to 299. Only 200 is an event stream.',
          fix: 'Compare: response.status !== 200.',
        },
        type: {
          why: 'A proxy or a login page answers 200 as well. Its content type tells that it is no event stream.',
          fix: "Look at response.headers.get('content-type'), which is null when there is none.",
        },
        hung: HUNG,
        wordless: WORDLESS,
      },
      hints: [
        'The server answers 401. What does your loop do, and what does the page show?',
        'fetch() does not reject at an error status: developer.mozilla.org/docs/Web/API/Response/status',
        { file: 'client.ts', lines: 'response.status' },
      ],
      needsProcess: true,
    },
    incomplete: {
      says: 'throws when an answer ends without [DONE]',
      why: 'Half an answer that looks whole is worse than none. A server that dies ends its stream, too.',
      fix: "Behind the loop: throw new Error('The answer broke off').",
      faults: {
        half: {
          why: 'A block without its blank line is no event: its end may be missing.',
          fix: 'Take only what the parser hands on, and throw behind the loop.',
        },
        cut: {
          why: 'The body ends with an error when its connection breaks. Who catches that has to throw again.',
          fix: 'Let errors of the body pass: catch nothing that you can not mend.',
        },
        hung: HUNG,
        wordless: WORDLESS,
      },
      hints: [
        'In which ways can the loop over the events come to its end? In which of them is the answer whole?',
        'What stands behind a for await loop runs when the stream ends: developer.mozilla.org/docs/Web/JavaScript/Reference/Statements/for-await...of',
        { file: 'client.ts', lines: 'broke off' },
      ],
      needsProcess: true,
    },
    told: {
      says: 'throws at an event: error',
      why: 'The server says that it failed. An answer that ends there is not whole.',
      fix: "First in the loop: if (event === 'error') throw new Error(data).",
      faults: {
        hung: HUNG,
        wordless: WORDLESS,
      },
      hints: [
        'Ask for "Please fail". Which fields do the events of the answer have?',
        'Each event of the parser has event, id and data: github.com/rexxars/eventsource-parser#usage',
        { file: 'client.ts', lines: "event === 'error'" },
      ],
      needsProcess: true,
    },
    leaves: {
      says: 'cancels the body when its consumer leaves the loop',
      why: 'Who breaks out of the loop wants no more. Until the body is cancelled, the server sends on, and the model works on.',
      fix: 'for await over the stream cancels it when the loop is left. With a reader: call reader.cancel() in finally.',
      faults: {
        hung: HUNG,
      },
      hints: [
        'break ends your generator at its yield. Which of its lines still run?',
        'Leaving a for await loop over a stream cancels it: developer.mozilla.org/docs/Web/API/ReadableStream#async_iteration',
        { file: 'client.ts', lines: 'for await' },
      ],
      needsProcess: true,
    },
    aborts: {
      says: 'throws the reason of the signal when it is aborted',
      why: 'Whoever aborts knows by the reason that it was they who did it, and nothing has failed.',
      fix: 'Hand the signal to fetch(), which rejects with its reason, at any time. Catch nothing on the way.',
      faults: {
        open: {
          why: 'The stream is silent, and the loop waits for its next piece. A look at signal.aborted between two tokens comes too late.',
          fix: 'Hand the signal to fetch(url, { …, signal }): it ends the body as well.',
        },
        other: {
          why: 'Another error looks like a failure, and the page shows it as one.',
          fix: 'Catch nothing on the way. If you have to: throw signal.reason, or call signal.throwIfAborted().',
        },
        hung: {
          why: 'Who has aborted waits for an end that does not come.',
          fix: 'Hand the signal to fetch(url, { …, signal }).',
        },
      },
      hints: [
        'What does the loop of the page get when you press Stop?',
        'signal.reason is what abort() was called with: developer.mozilla.org/docs/Web/API/AbortSignal/reason',
        { file: 'client.ts', lines: 'signal,' },
      ],
      needsProcess: true,
    },
    shown: {
      says: 'shows tokens on the page as they come, as text',
      why: 'This is what all of it is for: people read along.',
      fix: 'for await (const token of streamTokens(…)) answer.value += token.',
      faults: {
        ...ASKING,
        prompt: {
          why: 'The model is to answer what people wrote.',
          fix: 'Hand on what stands in the field: ask.elements.prompt.value. It is empty once the form was reset.',
        },
        late: {
          why: 'More is to come, and people can read what is here by now.',
          fix: 'Add each token inside of the loop: answer.value += token.',
        },
        markup: {
          why: 'A model writes whatever it was taught, tags too. As markup they become a part of your page.',
          fix: 'Add it as text: answer.value += token, or append() on an element. Never innerHTML.',
        },
        again: {
          why: 'People ask more than once.',
          fix: "Empty the answer when somebody asks: answer.value = ''. Leave the form as it is when an answer has ended.",
        },
      },
      hints: [
        'Where does the page get the next token from, and where does it put it?',
        'output.value is the text of an output: developer.mozilla.org/docs/Web/API/HTMLOutputElement/value',
        { file: 'page.js', lines: 'for await' },
      ],
    },
    stop: {
      says: 'ends the request when somebody presses Stop, and keeps what has come',
      why: 'The model works until the server knows that nobody reads. Ending the loop is what tells it.',
      fix: 'const asking = new AbortController(), stop.onclick = () => asking.abort(), and hand its signal to streamTokens().',
      faults: {
        ...ASKING,
        button: {
          why: 'While an answer comes, the button has to be there, and it has to work.',
          fix: 'Let it be enabled while tokens come: stop.disabled = false.',
        },
        uncaught: {
          why: 'An aborted loop throws the reason of its signal. It is no failure, and what nobody catches ends in the console.',
          fix: 'Catch what the loop throws. When signal.aborted is true, it was the button.',
        },
        gone: {
          why: 'People pressed Stop since they have read enough, and want to keep that.',
          fix: 'Add to the answer, and do not replace it.',
        },
        again: {
          why: 'A controller that was aborted stays so: a request with its signal ends before it begins.',
          fix: 'Make a new AbortController each time that somebody asks.',
        },
      },
      hints: [
        'Press Stop, and look at the Network tab of your browser. What became of the request?',
        'AbortController aborts what has its signal: developer.mozilla.org/docs/Web/API/AbortController',
        { file: 'page.js', lines: 'asking.abort' },
      ],
    },
    trouble: {
      says: 'tells people when an answer is not whole',
      why: 'They read half an answer, and take it for all of it.',
      fix: 'Catch what the loop throws, and show it: answer.value += error.message.',
      faults: ASKING,
      hints: [
        'Ask the page for "Please fail". How would you know that this is not the whole answer?',
        'catch around a for await loop gets what the generator throws: developer.mozilla.org/docs/Web/JavaScript/Reference/Statements/try...catch',
        { file: 'page.js', lines: 'error.message' },
      ],
    },
  },
})
