/**
 * A stream in the part of an address behind `#`, so that it can be shared: a preset by its name, or the bytes, as they
 * are (`#s=`) or compressed (`#z=`), whichever is shorter.
 */
import { concat } from '../../../checks/wire/bytes.ts'
import { bytesOf, typedFor } from './notation.ts'
import { presets } from './presets.ts'

/** How long a link's part may be, in characters. Longer addresses break in chats and mails. */
export const LINK_LENGTH = 8000

/** The longest stream that is opened, in bytes. */
export const LONGEST = 32_000_000

/** What stands behind `#` for a stream, which may be longer than a link should be. */
export async function toHash(typed: string): Promise<string> {
  const preset = presets.find((each) => each.typed === typed)
  if (preset) return `#${preset.id}`
  const bytes = bytesOf(typed)
  const compressed = await through(bytes, () => new CompressionStream('deflate-raw'))
  return compressed && compressed.length < bytes.length ? `#z=${base64(compressed)}` : `#s=${base64(bytes)}`
}

/** The stream that a hash stands for, as it is typed; undefined when it stands for none. */
export async function fromHash(hash: string): Promise<string | undefined> {
  const [, form, text] = /^#([sz])=([\w-]*)$/.exec(hash) ?? []
  if (text === undefined) return presets.find(({ id }) => `#${id}` === hash)?.typed
  const bytes = fromBase64(text)
  const whole =
    form === 'z' && bytes ? await through(bytes, () => new DecompressionStream('deflate-raw')) : bytes
  return whole && typedFor(whole)
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
  let text = ''
  for (let at = 0; at < bytes.length; at += CHUNK)
    text += String.fromCharCode(...bytes.subarray(at, at + CHUNK))
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
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

/** A function takes only so many arguments. */
const CHUNK = 8192
