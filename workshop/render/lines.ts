/** Breaks a text into lines of at most `width` characters between its words. A longer word gets a line of its own. */
export function wrap(text: string, width: number): string[] {
  return join(text.split(/\s+/), width)
}

/**
 * Breaks a line that has no spaces, such as an address, into pieces of at most `width` characters: behind a slash or the
 * like where there is one. A terminal would go on at its left edge.
 */
export function breakLong(line: string, width: number): string[] {
  if (line.length <= width) return [line]
  const head = line.slice(0, width)
  const end =
    SEAMS.map((seam) => seam.exec(head)?.[0].length ?? 0).find((length) => length > width / 3) ?? width
  return [line.slice(0, end), ...breakLong(line.slice(end), width)]
}

/** Up to the last place at which a reader expects a break: the better ones first. The last never parts half a character. */
const SEAMS = [/^.*[/#?&]/, /^.*[-_.,:=]/, /^.*[^\ud800-\udbff]/]

/**
 * Breaks a command at its spaces, as a shell takes it: each line but the last ends with a backslash. What stands in
 * single quotes stays whole. A shell of Windows knows no such backslash, so there it is one line.
 */
export function wrapCommand(text: string, width: number, platform = process.platform): string[] {
  if (text.length <= width || platform === 'win32') return [text]
  const words = text.match(/(?:'[^']*'|[^' ])+/g) ?? []
  const lines = join(words, width - 2)
  return lines.map((line, index) => (index < lines.length - 1 ? `${line} \\` : line))
}

function join(words: readonly string[], width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of words) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line)
      line = ''
    }
    line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line]
}

/** Makes line ends visible: `␍` and `␊`, each line break kept after its sign. */
export function showLineEnds(text: string): string {
  return text
    .replaceAll('\r', '␍')
    .replaceAll('\n', '␊\n')
    .replace(/␍(?!␊)/g, '␍\n')
}

/** A path as it is typed in a shell, sh, cmd or PowerShell: in quotes where it has a space or the like. */
export function typedPath(path: string): string {
  return /^[\w./\\:~+-]+$/.test(path) ? path : `"${path}"`
}

/** Takes a text piece by piece, and tells each line of it once its end has come. */
export function byLine(onLine: (line: string) => void): (text: string) => void {
  let begun = ''
  return (text) => {
    const lines = (begun + text).split('\n')
    begun = lines.pop() ?? ''
    for (const line of lines) onLine(line)
  }
}
