/** What was measured, in 80 columns. */
import { cpus } from 'node:os'
import type { Shape } from './audience.ts'
import type { Cost, Kind, Memory } from './measure.ts'

export interface Row {
  name: string
  costs: Record<Kind, Cost>
}

/** What each column means, told once. */
export const LEGEND = `
  µs     processor time of the server's own process for each event that reached
         one client, in microseconds; clients are in another process
  ×      so many times what the first row takes: more is worse
  /s     events that reached a client in a second, one after the other: the next
         is sent when all clients have the one before
  p99    99 of 100 events were with their client after so many milliseconds;
         one process plays all the clients, and what it needs is in there
  burst  ten events that come in one moment, as one read of a log brings them
`

/** Where the figures hold, and of which versions. */
export function machine(): string {
  const all = cpus()
  return `Node ${process.versions.node}, ${all.length} × ${all[0]?.model.trim() ?? 'an unknown processor'}`
}

/** One row a server; the first is the one that the others are held against. */
export function costTable({ streams, connections }: Shape, rows: readonly Row[]): string {
  const head = `  ${number(streams)} clients on ${number(connections)} connections`
  const first = rows[0]
  const line = ({ name, costs }: Row) =>
    `  ${name.padEnd(18)}${columns(costs.single, first?.costs.single)}  ${columns(costs.burst, first?.costs.burst)}`
  const names = `${['µs', '×', '/s', 'p99'].map((text, i) => text.padStart(WIDTHS[i] ?? 0)).join('')}`
  const kinds = `${''.padEnd(20)}${'single events'.padStart(28)}  ${'bursts of ten'.padStart(28)}`
  return [head, '', kinds, `${''.padEnd(20)}${names}  ${names}`, ...rows.map(line), ''].join('\n')
}

/** @param rows name and memory of each server */
export function memoryTable(
  { streams, connections }: Shape,
  rows: readonly (Memory & { name: string })[],
): string {
  const head = `  Memory of a stream that waits: ${number(streams)} on ${number(connections)} connections, in KB`
  const line = ({ name, heap, rss }: Memory & { name: string }) =>
    `  ${name.padEnd(18)}${kilobytes(heap).padStart(9)}${kilobytes(rss).padStart(9)}`
  return [
    head,
    '',
    `${''.padEnd(20)}${'in use'.padStart(9)}${'RSS'.padStart(9)}`,
    ...rows.map(line),
    '',
  ].join('\n')
}

export function number(value: number): string {
  return Math.round(value).toLocaleString('en')
}

export function kilobytes(bytes: number): string {
  return (bytes / 1024).toFixed(1)
}

const WIDTHS = [6, 6, 9, 7]

function columns({ cpu, rate, p99 }: Cost, first: Cost | undefined): string {
  const texts = [
    cpu.toFixed(1),
    (cpu / (first?.cpu ?? cpu)).toFixed(1),
    number(rate),
    p99.toFixed(p99 < 100 ? 1 : 0),
  ]
  return texts.map((text, i) => text.padStart(WIDTHS[i] ?? 0)).join('')
}
