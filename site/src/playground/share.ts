/** A stream in the part of an address behind `#`, so that it can be shared: a preset by its name, or the bytes. */
import { bytesOfLink, linkPart } from '../../../workshop/inspect/link.ts'
import { bytesOf, typedFor } from './notation.ts'
import { presets } from './presets.ts'

/** What stands behind `#` for a stream, which may be longer than a link should be. */
export async function toHash(typed: string): Promise<string> {
  const preset = presets.find((each) => each.typed === typed)
  return preset ? `#${preset.id}` : await linkPart(bytesOf(typed))
}

/** The stream that a hash stands for, as it is typed; undefined when it stands for none. */
export async function fromHash(hash: string): Promise<string | undefined> {
  const preset = presets.find(({ id }) => `#${id}` === hash)
  if (preset) return preset.typed
  const bytes = await bytesOfLink(hash)
  return bytes && typedFor(bytes)
}
