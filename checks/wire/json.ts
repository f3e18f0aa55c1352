/** Where a JSON value ends in a text, found without parsing it: it never throws, and takes linear time. */

/**
 * Finds the end of the JSON object, array or string that begins at `from`. Brackets are counted, not matched, and
 * commas are taken anywhere: enough to tell JSON from what is not.
 *
 * @returns the index behind it; `Infinity` when the text ends before it does; -1 for anything else
 */
export function jsonEnd(text: string, from = 0): number {
  let depth = 0
  for (let index = from; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code === QUOTE) {
      const end = stringEnd(text, index)
      if (depth === 0 || end === -1 || end === Infinity) return end
      index = end - 1
    } else if (code === 0x7b || code === 0x5b) {
      depth++
    } else if (code === 0x7d || code === 0x5d) {
      depth--
      if (depth <= 0) return depth === 0 ? index + 1 : -1
    } else {
      const length = depth === 0 ? 0 : bareLength(text, index)
      if (length === 0) return -1
      index += length - 1
    }
  }
  return depth > 0 ? Infinity : -1
}

/** Whether a text is one JSON object, array or string, and nothing else. */
export function isJson(text: string): boolean {
  const trimmed = text.trim()
  return jsonEnd(trimmed) === trimmed.length && trimmed !== ''
}

function stringEnd(text: string, quote: number): number {
  for (let index = quote + 1; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code === QUOTE) return index + 1
    if (code < 0x20) return -1
    if (code === BACKSLASH) index++
  }
  return Infinity
}

/** How many characters there are to skip of what may stand outside of strings; 0 when it may not. */
function bareLength(text: string, index: number): number {
  const code = text.charCodeAt(index)
  if (code < 0x80 && BARE[code] === 1) return 1
  return WORDS.find((word) => text.startsWith(word, index))?.length ?? 0
}

const QUOTE = 0x22
const BACKSLASH = 0x5c

const WORDS = ['true', 'false', 'null']

/** White space, what stands between values, and numbers. */
const BARE = new Uint8Array(0x80)
for (const character of '\t\n\r ,:0123456789+-.eE') BARE[character.charCodeAt(0)] = 1
