/** What the page imports: our client, and the parser that it stands on. */
import { readFileSync } from 'node:fs'
import { createRequire, stripTypeScriptTypes } from 'node:module'
import { dirname, join } from 'node:path'

const script = (body: Buffer) => ({
  head: { ':status': 200, 'content-type': 'text/javascript; charset=utf-8' },
  body,
})

const folder = dirname(createRequire(import.meta.url).resolve('eventsource-parser'))

/** A file of the parser. The import map of the page says where it is served. */
const parser = (name: string) => script(readFileSync(join(folder, name)))

/** A browser reads no TypeScript. What takes the types out is an experiment of Node, which says so at each call: we know. */
function withoutTypes(name: string) {
  const { emitWarning } = process
  process.emitWarning = () => {}
  try {
    return Buffer.from(stripTypeScriptTypes(readFileSync(new URL(name, import.meta.url), 'utf8')))
  } finally {
    process.emitWarning = emitWarning
  }
}

export const scripts = [
  ['/client.js', script(withoutTypes('client.ts'))],
  ['/parser/index.js', parser('index.js')],
  ['/parser/stream.js', parser('stream.js')],
  ['/parser/parse.js', parser('parse.js')],
  ['/parser/errors.js', parser('errors.js')],
] as const
