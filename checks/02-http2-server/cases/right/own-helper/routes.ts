import type { IncomingHttpHeaders, ServerHttp2Stream } from 'node:http2'

const greetings = new Map([['/', 'Hello from a Map\n']])

export function answer(stream: ServerHttp2Stream, headers: IncomingHttpHeaders) {
  stream.on('error', () => {})
  const { pathname } = URL.parse(headers[':path'] ?? '/', 'https://localhost') ?? { pathname: '' }
  const greeting = greetings.get(pathname)
  stream.respond({ ':status': greeting ? 200 : 404, 'content-type': 'text/plain' }, { endStream: !greeting })
  if (greeting && stream.writable) stream.end(greeting)
}
