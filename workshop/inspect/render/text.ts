/** A report for people: how the stream went, and what there is to say about it, the most important first. */
import type { Reference, Severity } from '../../../checks/wire/wording.ts'
import { LOCAL_SITE } from '../../project/site.ts'
import { wrap } from '../../render/lines.ts'
import type { Style, TextOptions } from '../../render/paint.ts'
import { row } from '../../render/text.ts'
import { count, size, time } from '../figures.ts'
import type { Remark } from '../remark.ts'
import type { Report } from '../report.ts'

export function reportLines(report: Report, options: TextOptions): string[] {
  const { paint, width } = options
  return [
    '',
    ...journey(report)
      .flatMap((line) => wrap(line, width - 2))
      .map((line) => `  ${paint('dim', line)}`),
    ...report.facts
      .flatMap(({ says }) => wrap(says, width - 4))
      .map((line, index) => (index === 0 ? `  ${paint('green', '✓')} ${line}` : `    ${line}`)),
    '',
    ...report.findings.flatMap((finding) => [...findingLines(finding, options), '']),
    `  ${verdict(report, options)}`,
    ...seeing(report),
    '',
  ]
}

/** Where the bytes can be seen: not for a link that fills the screen. It is never broken, so that it can be clicked. */
function seeing({ findings, playground }: Report): string[] {
  if (findings.length === 0 || playground === undefined || playground.length > SHORT_LINK) return []
  const how = playground.startsWith(LOCAL_SITE) ? ', which npm run site shows' : ''
  return ['', `  These bytes in the playground${how}:`, `  ${playground}`]
}

const SHORT_LINK = 800

/** How it went, in figures: `20 events, 1.2 kB in 4.2 s`. */
function journey({ body, times, end, dialect }: Report): string[] {
  const { firstByte, longestSilence } = times
  const why = end.why ? LEFT[end.why] : ENDS[end.how]
  return [
    [
      `${count(body.events, 'event')}, ${size(body.bytes)} in ${time(times.end)}`,
      ...(body.retry === undefined ? [] : [`retry ${body.retry} ms`]),
      ...(dialect === undefined ? [] : [`dialect ${dialect}`]),
    ].join(' · '),
    ...(firstByte === undefined
      ? []
      : [`first byte after ${time(firstByte)} · longest silence ${time(longestSilence)}`]),
    ...(why ? [why] : []),
  ]
}

const LEFT: Record<string, string> = {
  time: 'It was still open when the time was up: --for 60s listens longer.',
  events: 'It was still open when enough events had come: --events 100 waits for more.',
  bytes: 'It was still open when enough bytes had come.',
  you: 'It was still open when you left.',
}

const ENDS: Record<string, string> = {
  ended: 'It ended as it should.',
  reset: 'The server broke it off.',
  broken: 'The connection was cut.',
  refused: 'Our own client broke it off.',
}

function findingLines(finding: Remark, { paint, width }: TextOptions): string[] {
  const { severity, says, fix, excerpt, offset, line, more, standard } = finding
  const [first = '', ...rest] = wrap(says, width - 4)
  const weight = (text: string) => (severity === 'note' ? text : paint('bold', text))
  const at = offset === undefined ? '' : `line ${line}, byte ${offset}`
  return [
    `  ${paint(STYLES[severity], MARKS[severity])} ${weight(first)}`,
    ...rest.map((each) => `    ${weight(each)}`),
    ...(excerpt
      ? [
          `      ${'came'.padEnd(11)}${excerpt.line}`,
          `      ${' '.repeat(11 + excerpt.caret)}^`,
          ...(excerpt.should === '' ? [] : [`      ${'should be'.padEnd(11)}${excerpt.should}`]),
        ]
      : []),
    ...row('cure', fix, width),
    ...(at === '' ? [] : row('where', more ? `${at}, and ${more} more like it` : at, width)),
    ...(at === '' && more ? row('', `and ${more} more like it`, width) : []),
    ...(standard && severity !== 'note' ? row('standard', standardText(standard), width) : []),
  ]
}

/** The address is in the other reports: it is longer than a line. */
function standardText({ section }: Reference): string {
  return section.startsWith('§') ? `WHATWG HTML ${section}` : section
}

function verdict({ counts, findings }: Report, { paint }: TextOptions): string {
  const { error, warning, note } = counts
  if (findings.length === 0) return `${paint('green', '✓')} Nothing to say against this stream.`
  const parts = [
    ...(error > 0 ? [paint('red', count(error, 'error'))] : []),
    ...(warning > 0 ? [paint('yellow', count(warning, 'warning'))] : []),
    ...(note > 0 ? [count(note, 'note')] : []),
  ]
  const praise = error + warning === 0 ? `${paint('green', '✓')} Nothing wrong. ` : ''
  return `${praise}${parts.join(' · ')}`
}

const MARKS: Record<Severity, string> = { error: '✗', warning: '!', note: '·' }
const STYLES: Record<Severity, Style> = { error: 'red', warning: 'yellow', note: 'dim' }
