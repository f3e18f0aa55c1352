/**
 * `npm run clients`: what the clients of two APIs read of streams, over a real connection, and whether the table of the
 * site still says so. It installs them into .workshop/peers/ when they are not there yet.
 */
import { once } from 'node:events'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { CLIENT_STREAMS, CLIENTS, type Client, type ClientStream } from './clients-list.ts'
import { installPeers, peersFolder } from './peers-install.ts'

/** What is used of both clients, and of what they hand on. */
interface Api {
  chat: { completions: { create(prompt: object): Promise<AsyncIterable<Piece>> } }
  messages: { create(prompt: object): Promise<AsyncIterable<Piece>> }
}
interface Piece {
  choices?: { delta: { content?: string } }[]
  delta?: { text?: string }
}

/** How long the first part of an answer has on its way before the connection breaks, in milliseconds. */
const BREAK_MS = 200

const PROMPT = { model: 'none', max_tokens: 9, messages: [{ role: 'user', content: 'Hello' }], stream: true }

installPeers(Object.values(CLIENTS))
const requirePeer = createRequire(join(peersFolder, 'clients.mjs'))
const apis: Record<Client, new (options: object) => Api> = {
  openai: await load('openai'),
  anthropic: await load('@anthropic-ai/sdk'),
}

let wrong = 0
for (const stream of CLIENT_STREAMS) {
  const reads = { openai: await read('openai', stream), anthropic: await read('anthropic', stream) }
  const isRight = reads.openai === stream.reads.openai && reads.anthropic === stream.reads.anthropic
  if (!isRight) wrong++
  console.log(`  ${isRight ? '✓' : '✗'} ${stream.says.padEnd(46)} ${reads.openai} | ${reads.anthropic}`)
}
console.log(`\n  ${CLIENT_STREAMS.length} streams, ${wrong} of them read otherwise than the table says.`)
process.exitCode = wrong > 0 ? 1 : 0

async function load(name: string): Promise<new (options: object) => Api> {
  const { default: loaded } = await import(pathToFileURL(requirePeer.resolve(name)).href)
  return loaded.default ?? loaded
}

/** The text that a client's loop gets of a stream, and whether an error ends the loop. */
async function read(
  client: Client,
  { sent, type = 'text/event-stream', breaks }: ClientStream,
): Promise<string> {
  const server = createServer((request, response) => {
    request.resume()
    response.writeHead(200, { 'content-type': type })
    if (!breaks) response.end(sent[client])
    else response.write(sent[client], () => setTimeout(() => response.destroy(), BREAK_MS))
  }).listen(0, 'localhost')
  await once(server, 'listening')
  const baseURL = `http://localhost:${(server.address() as AddressInfo).port}`
  const api = new apis[client]({ apiKey: 'none', baseURL, maxRetries: 0, logLevel: 'off' })
  const pieces = await (client === 'openai' ? api.chat.completions : api.messages).create(PROMPT)
  let text = ''
  let end = ''
  try {
    for await (const { choices, delta } of pieces) text += choices?.[0]?.delta.content ?? delta?.text ?? ''
  } catch {
    end = ', then an error'
  }
  server.closeAllConnections()
  server.close()
  return `${text || 'nothing'}${end}`
}
