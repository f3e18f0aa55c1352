/** What a learner reads in a case. */
import { pathToFileURL } from 'node:url'
import { type CheckResult, firstFailed, type Verdict } from '../../checks/verdict.ts'
import { shown } from '../project/paths.ts'
import { resultLines } from '../render/text.ts'

/**
 * The first failure as the learner reads it, with the id of its check above; empty when there is none. Ports, times,
 * counts and folders of this run give way to fixed ones.
 *
 * @param folder where the case was put together, absolute
 */
export function messageOf(verdict: Verdict, folder: string): string {
  const check = firstFailed(verdict)
  if (!check) return ''
  const { label } = verdict.target
  const folders: Varying[] = [
    [folder, label],
    [pathToFileURL(folder).pathname, label],
    [shown(folder), label],
  ]
  const steady = (name: string, value: unknown) => {
    if (typeof value !== 'string') return value
    const varying = [...folders, ...VARYING, ...(name === 'received' ? COUNTS : [])]
    return varying.reduce((text, [varies, fixed]) => text.replaceAll(varies, fixed), value)
  }
  const fixed: CheckResult = JSON.parse(JSON.stringify(check), steady)
  const lines = resultLines(fixed, { paint: (_, text) => text, width: 80 })
  return `${check.id}\n${lines.join('\n')}\n`
}

/** What differs between two runs, and what stands in its place. */
type Varying = [varies: string | RegExp, fixed: string]

/** Anywhere in a failure: times in every way they are written, ports that the system chose, temporary folders. */
const VARYING: Varying[] = [
  [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, '2026-01-02T03:04:05.678Z'],
  [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, '2026-01-02T03:04:05Z'],
  [
    /[A-Z][a-z]{2} [A-Z][a-z]{2} \d\d \d{4} \d\d:\d\d:\d\d GMT.\d{4} \([^)…]*/g,
    'Fri Jan 02 2026 03:04:05 GMT+0000 (UTC',
  ],
  [/[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4} GMT/g, 'Jan  2 03:04:05 2026 GMT'],
  [/\b1\d{12}\b/g, '1767323045678'],
  [/(?:[\dTZ:.-]␀){8,}[\dTZ:.-]?/g, '2␀0␀2␀6␀'],
  [/(?<=(?:localhost|127\.0\.0\.1|port|PORT=?)[: ]+)[1-6]\d{4}\b/gi, '54321'],
  [/[^\s']*certs-\w{6}(?=[\\/])/g, '/tmp/certs'],
]

/** In what was received: how much it was, or how long it took. */
const COUNTS: Varying[] = [
  [
    /\d+(?= (?:ms|bytes|messages|ticks|days|writes|timers|listeners|comments|PINGs|of (?:them|their|\d+ streams))\b)/g,
    '00',
  ],
]
