import type { OutgoingHttpHeaders, ServerHttp2Stream } from 'node:http2'

const text = { 'content-type': 'text/plain; charset=utf-8' }

/** Sends the head, then the body. A HEAD request wants no body: respond() has already ended its stream. */
function reply(stream: ServerHttp2Stream, head: OutgoingHttpHeaders, body: string) {
  stream.respond(head)
  if (!stream.writableEnded) stream.end(body)
}

export const hello = (stream: ServerHttp2Stream) =>
  reply(stream, { ':status': 200, ...text }, 'Hello over HTTP/2!\n')

export const notFound = (stream: ServerHttp2Stream) =>
  reply(stream, { ':status': 404, ...text }, 'Not found\n')

export const onlyGet = (stream: ServerHttp2Stream) =>
  reply(stream, { ':status': 405, allow: 'GET' }, 'Only GET\n')

export function openStream(stream: ServerHttp2Stream) {
  stream.respond({ ':status': 200, 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
}
