/** What mends a crash, told from the text of its error: words for the mistakes that people make most. */
import * as childProcess from 'node:child_process'
import * as fs from 'node:fs'
import * as http2 from 'node:http2'
import * as path from 'node:path'
import { NOT_DEFINED } from './places.ts'
import type { Crash } from './types.ts'

export interface Cure {
  /** In place of what the end of the program is put down to, where the error has a reason of its own. */
  why?: string
  fix: string
}

/** The cure of an error, or undefined where its own text says all there is to say. */
export function cureOf(crash: Pick<Crash, 'name' | 'message' | 'code' | 'exporter'>): Cure | undefined {
  const { name, message, code, exporter } = crash
  const text = `${name}: ${message.split('\n')[0]}`
  const [, missing] = NOT_DEFINED.exec(text) ?? []
  if (missing) return notDefined(missing, exporter)
  for (const [pattern, cure] of BY_TEXT) {
    const match = pattern.exec(text)
    if (match) return cure(...match.slice(1))
  }
  return code === undefined ? undefined : BY_CODE[code]
}

/** Tried from the top: the first one that fits has the word. Each is given what its pattern took out of the text. */
const BY_TEXT: [pattern: RegExp, cure: (...found: (string | undefined)[]) => Cure][] = [
  [
    /The "(?:callback|listener)" argument must be of type function/,
    () => ({
      why: 'The line calls a function at once, and hands on what came of it. A timer and a listener want the function itself.',
      fix: 'Put () => in front of the call, as in setInterval(() => stream.write(…), tick).',
    }),
  ],
  [
    /The "streams\[stream\.length - 1\]" property must be of type function/,
    () => ({
      why: 'There are two functions of that name. The pipeline() of node:stream wants a callback at the end.',
      fix: "Import the one that gives a promise: import { pipeline } from 'node:stream/promises'.",
    }),
  ],
  [
    /The "cb" argument must be of type function/,
    () => ({ fix: 'This function wants a callback. Its sister whose name ends with Sync needs none.' }),
  ],
  [
    /must be .* Received an instance of Promise/,
    () => ({
      why: 'A promise is not the value itself: that comes later.',
      fix: 'Write await in front of the call that gives it, in an async function; or call the one whose name ends with Sync.',
    }),
  ],
  [
    /The "chunk" argument must be of type string.* Received undefined/,
    () => ({ fix: 'Look where the value that you send gets its content: here it is undefined.' }),
  ],
  [
    /The "chunk" argument must be of type string/,
    () => ({
      why: 'A stream sends text or bytes. It does not turn a number, a date or an object into text by itself.',
      fix: 'Make a text of it first: a date has toISOString(), and an object goes through JSON.stringify().',
    }),
  ],
  [
    /: The client is closed$/,
    () => ({
      why: 'A client of Redis sends nothing before it is connected. A copy that duplicate() makes is not, whatever the first one is.',
      fix: 'Call connect() on each of them, and await it, before the first command.',
    }),
  ],
  [
    /^AbortError: /,
    () => ({
      why: 'What was given a signal throws an AbortError when that signal is aborted. Nothing caught it, so Node ended the process, and every client lost its connection.',
      fix: 'Put try … catch around the await, or the for await, that waits with the signal. When it was you who aborted, nothing is left to do.',
    }),
  ],
  [
    /ENOENT: no such file or directory, \w+ '(.+?)'/,
    (file = '') => (file.startsWith('file:') ? NO_PATH : path.isAbsolute(file) ? NO_FILE : fromFolder(file)),
  ],
  [/^TypeError: (?:(.+)\.)?(\w+) is not a function/, (owner, name = '') => noFunction(owner, name)],
  [
    /^ReferenceError: Cannot access '(.+)' before initialization/,
    (name) => ({ fix: `Move the line that declares ${name} above the first one that uses it.` }),
  ],
  [
    /^TypeError: Assignment to constant variable/,
    () => ({
      fix: 'To compare, write === in place of =. What is to get another value is declared with let.',
    }),
  ],
  [
    /^TypeError: Cannot (?:read|set) properties of (undefined|null) \((?:reading|setting) '(.+)'\)/,
    (value, name) => ({
      fix: `What stands before .${name} is ${value} there. Look where it gets its value; where it may be missing, write ?.${name}.`,
    }),
  ],
]

const NO_PATH: Cure = {
  why: 'import.meta.url is an address, and as a text it is no path.',
  fix: 'Make an address of the name and of that: new URL("page.html", import.meta.url).',
}

const NO_FILE: Cure = {
  fix: 'Compare the path with the name of the file, and with the folder in which it stands.',
}

function fromFolder(file: string): Cure {
  return {
    why: `${file} is looked for in the folder where the program was started. Here that is the project’s, not that of your file.`,
    fix: `Begin at the file itself: new URL('${file}', import.meta.url) in place of '${file}'.`,
  }
}

/** Methods of other kinds of response, and what this one has in their place. */
const INSTEAD: Record<string, string> = {
  writeHead: "Send the head with stream.respond({ ':status': 200, … }).",
  setHeader: "Put the header into stream.respond({ ':status': 200, … }).",
  flushHeaders: 'stream.respond() sends the head at once.',
  status: "Put the status into stream.respond({ ':status': 200, … }).",
  send: 'Send a text with stream.end(text).',
  json: 'Send it with stream.end(JSON.stringify(value)).',
}

function noFunction(owner: string | undefined, name: string): Cure {
  const instead = INSTEAD[name]
  if (instead) {
    const why = `${name}() belongs to the response of HTTP/1.1 or of Express. An HTTP/2 stream of Node has other functions.`
    return { why, fix: instead }
  }
  if (name === 'respond') {
    const why =
      "The 'request' event brings a request and a response. The 'stream' event brings the stream itself."
    return { why, fix: "Listen with server.on('stream', (stream, headers) => …)." }
  }
  return noSuchFunction(owner, name)
}

/** The cure where a function is called that is not there, in a program and in a page alike. */
export function noSuchFunction(owner: string | undefined, name: string): Cure {
  const what = owner ? `look at what ${owner} is` : 'look at what it is'
  return { fix: `Check the spelling of ${name}, and ${what}: there is no function of that name.` }
}

/** What older guides call the arguments of a listener, and what the 'stream' event brings in their place. */
const NO_ARGUMENTS: Record<string, string> = {
  req: "The 'stream' event brings (stream, headers): read headers[':path'] and headers[':method'] in place of req.",
  res: "The 'stream' event brings (stream, headers): call stream.respond(), write() and end() in place of those of res.",
}

/** Where the names stand that a lesson's program is likely to forget to import. */
const MODULES = { 'node:fs': fs, 'node:http2': http2, 'node:path': path, 'node:child_process': childProcess }

function notDefined(name: string, exporter?: string): Cure {
  if (name === 'require') return { fix: "Use import in place of require(): import { … } from 'node:…'." }
  if (name === '__dirname' || name === '__filename') {
    return { fix: `This file is a module: write import.meta.${name.slice(2)} in place of ${name}.` }
  }
  const instead = NO_ARGUMENTS[name]
  if (instead && !exporter) return { fix: instead }
  // The learner's own file first: Node has a `watch` as well.
  const module = exporter ?? Object.entries(MODULES).find(([, exported]) => name in exported)?.[0]
  if (module) return { fix: `Import it at the top of the file: import { ${name} } from '${module}'.` }
  return {
    fix: `Check the spelling of ${name}, declare it, or import it. What is declared between two braces is known only there.`,
  }
}

/** What mends an error with this code, where that is not obvious from its message. */
const BY_CODE: Record<string, Cure> = {
  ERR_HTTP2_STREAM_ERROR: { fix: 'Listen for errors of every stream: stream.on("error", () => {}).' },
  ERR_HTTP2_SESSION_ERROR: {
    fix: 'Listen for errors of every stream: stream.on("error", () => {}). Throw no error of a session again.',
  },
  ERR_STREAM_WRITE_AFTER_END: {
    fix: 'Stop writing once the stream has ended, and listen for its "error" event.',
  },
  ERR_HTTP2_INVALID_SESSION: {
    fix: 'Check session.destroyed first: the connection may have ended meanwhile.',
  },
  ERR_HTTP2_INVALID_STREAM: { fix: 'Check stream.destroyed first: the client may have left meanwhile.' },
  ERR_OSSL_X509_KEY_VALUES_MISMATCH: {
    why: 'The key does not belong to the certificate. Most often a program that makes both stopped between the two.',
    fix: 'Type npm run certs, and save again: it keeps what is there in another folder, and makes a pair.',
  },
  ERR_HTTP2_HEADERS_SENT: {
    why: 'This request was answered already. A stream has room for one head, and respond() sends it.',
    fix: 'What comes after it is sent with stream.write(). If the code went on to a second answer, put return behind the first.',
  },
  ERR_HTTP2_INVALID_CONNECTION_HEADERS: { fix: 'Remove that header: HTTP/2 has none of the kind.' },
  ERR_HTTP2_PAYLOAD_FORBIDDEN: {
    fix: 'Answer HEAD, and the statuses 204 and 304, without a body: respond with endStream.',
  },
}
