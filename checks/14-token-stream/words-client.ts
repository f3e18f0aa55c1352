/** What is said of `streamTokens`. */
import type { CheckManifest, Fault } from '../manifest.ts'

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

export const clientWords = {
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
      none: {
        why: 'The answer is asked for, and nothing of it is handed out yet.',
        fix: 'Make events of response.body: pipeThrough(new TextDecoderStream()), and then pipeThrough(new EventSourceParserStream()). Loop over them, and yield JSON.parse(data).token.',
      },
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
      thrown: {
        why: 'At [DONE] the answer is whole, and nothing went wrong. What stands behind the loop is for an answer that broke off.',
        fix: "Leave the function at [DONE], and not the loop alone: if (data === '[DONE]') return.",
      },
      eventless: {
        why: 'No event came out of the answer. A body is bytes, bytes are no text, and a text is no event.',
        fix: 'Make one of the other: response.body.pipeThrough(new TextDecoderStream()), and then pipeThrough(new EventSourceParserStream()).',
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
} satisfies Record<string, CheckManifest>
