/** Bytes in the part of an address behind `#`: as they are (`#s=`) or compressed (`#z=`), whichever is shorter. Runs in browsers too. */
import { concat, latin1 } from '../../checks/wire/bytes.ts'

/** How long such a part may be, in characters. Longer addresses break in chats and mails. */
export const LINK_LENGTH = 8000

/** The longest stream that is read from one, in bytes. */
export const LONGEST = 32_000_000

/** What stands behind the address of the playground for some bytes, which may be longer than a link should be. */
export async function linkPart(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const compressed = await through(bytes, () => new CompressionStream('deflate-raw'))
  return compressed && compressed.length < bytes.length ? `#z=${base64(compressed)}` : `#s=${base64(bytes)}`
}

/** The bytes that `linkPart()` made it of; undefined for what it did not make. */
export async function bytesOfLink(part: string): Promise<Uint8Array | undefined> {
  const [, form, text] = /^#([sz])=([\w-]*)$/.exec(part) ?? []
  const bytes = text === undefined ? undefined : fromBase64(text)
  return form === 'z' && bytes ? await through(bytes, () => new DecompressionStream('deflate-raw')) : bytes
}

/** @returns undefined for what is not compressed, for what becomes too long, and where the browser knows no compression */
async function through(
  bytes: Uint8Array<ArrayBuffer>,
  create: () => GenericTransformStream,
): Promise<Uint8Array | undefined> {
  try {
    const chunks: Uint8Array[] = []
    let length = 0
    for await (const chunk of chunksOf(new Blob([bytes]).stream().pipeThrough(create()))) {
      length += chunk.length
      if (length > LONGEST) return undefined
      chunks.push(chunk)
    }
    return concat(chunks)
  } catch {
    return undefined
  }
}

/** Not every browser can iterate over a stream. */
async function* chunksOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader()
  try {
    for (let result = await reader.read(); !result.done; result = await reader.read()) yield result.value
  } finally {
    await reader.cancel()
  }
}

function base64(bytes: Uint8Array): string {
  return btoa(latin1(bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) =>
      character.charCodeAt(0),
    )
  } catch {
    return undefined
  }
}
