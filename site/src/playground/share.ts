/** A stream in the part of an address behind `#`, so that it can be shared: a preset by its name, or the bytes. */
import { bytesOf, typedFor } from './notation.ts'
import { presets } from './presets.ts'

/** How large a shared stream may be, in bytes. Longer addresses break in chats and mails. */
export const SHARE_LIMIT = 4000

/** What stands behind `#` for a stream. */
export function toHash(typed: string): string {
  const preset = presets.find((each) => each.typed === typed)
  if (preset) return `#${preset.id}`
  const bytes = bytesOf(typed).subarray(0, SHARE_LIMIT)
  const base64 = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
  return `#s=${base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}`
}

/** The stream that a hash stands for; undefined when it stands for none. */
export function fromHash(hash: string): string | undefined {
  const [, base64] = /^#s=([\w-]*)$/.exec(hash) ?? []
  if (base64 === undefined) return presets.find(({ id }) => `#${id}` === hash)?.typed
  try {
    const text = atob(base64.replaceAll('-', '+').replaceAll('_', '/'))
    return typedFor(Uint8Array.from(text, (character) => character.charCodeAt(0)))
  } catch {
    return undefined
  }
}
