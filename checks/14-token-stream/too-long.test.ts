/** A prompt that is too long is refused as lesson 12 refuses a message: as soon as that is known, and the connection lives. */
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { connect } from '../support/client/client.ts'
import { startServer } from '../support/server/start.ts'

const root = join(import.meta.dirname, '..', '..')

const PIECE = Buffer.alloc(13 * 1024, '.')
const PIECES = 5 // 65 KiB

test.each(['14-token-stream', '15-scale-out'])('%s answers 413 before the body ends', async (slug) => {
  await using server = await startServer({ root, folder: join(root, 'solutions', slug), entry: 'server.ts' })
  await using client = await connect(server.origin)
  const exchange = client.begin({ ':method': 'POST', ':path': '/completions' })
  for (let piece = 0; piece < PIECES; piece++) exchange.stream.write(PIECE)
  expect((await exchange.head).status).toBe(413)
  await exchange.done
  expect(exchange.text).toBe('At most 64 KiB\n')
  const next = client.request({ ':method': 'POST', ':path': '/completions' }, '{"prompt": "Hello"}')
  expect((await next.head).status).toBe(200)
  await next.done
  expect(next.text).toContain('[DONE]')
})
