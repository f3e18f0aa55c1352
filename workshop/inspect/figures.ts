/** Figures as people read them. */

/** A time: `12 ms`, `0.51 s`, `62 s`. */
export function time(ms: number): string {
  if (ms < 100) return `${Math.round(ms)} ms`
  return ms < 9950 ? `${(ms / 1000).toFixed(ms < 995 ? 2 : 1)} s` : `${Math.round(ms / 1000)} s`
}

/** A number of bytes: `812 bytes`, `4.1 kB`, `16 MB`. */
export function size(bytes: number): string {
  if (bytes < 1000) return count(bytes, 'byte')
  const [amount, unit] = bytes < 1e6 ? [bytes / 1000, 'kB'] : [bytes / 1e6, 'MB']
  return `${amount < 9.95 ? amount.toFixed(1) : Math.round(amount)} ${unit}`
}

/** A number of things: `1 event`, `7 events`. */
export function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`
}
