/** What a program says of streams and connections that the checks broke off on purpose. Pure. */

/** How Node words such an end. */
const ENDED = /(?:Stream|Session) closed with error code|\bECONNRESET\b|\bEPIPE\b/

/** What belongs to an error above: its stack, and its properties over several lines. */
const DETAIL = /^\s+(?:at |\w+: |\[)|^\s*[{}]\s*$/

/** What was printed, with one line in place of each row of lines that tell of nothing else. */
export function withoutBrokenOff(text: string): string {
  const lines: string[] = []
  let count = 0
  const close = () => {
    if (count > 0)
      lines.push(`… ${count} ${count === 1 ? 'line' : 'lines'} on streams that the checks broke off …`)
    count = 0
  }
  for (const line of text.split('\n')) {
    if (ENDED.test(line) || (count > 0 && DETAIL.test(line))) {
      count += 1
    } else {
      close()
      lines.push(line)
    }
  }
  close()
  return lines.join('\n')
}
