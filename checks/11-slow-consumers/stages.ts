/** A server that is watched in stages. What one of them finds is told, and those behind it are spared. */
import type { Fault } from '../manifest.ts'
import type { Ending } from '../support/ending.ts'
import { Misfortune, type Report } from '../support/failure.ts'
import { busyFailure, deathFailure } from '../support/server/death.ts'
import { tooBig } from '../support/server/later-faults.ts'
import type { LearnerServer } from '../support/server/server.ts'
import type manifest from './manifest.ts'

export type Name = keyof typeof manifest.checks

/** What is wrong, and the check that is about it. */
export interface Found {
  check: Name
  report: Report
}

/** A part of what is watched. It answers with what is wrong, if anything is. */
export interface Stage {
  /** The checks that it is about, besides `others`. The first tells of it when the server ends meanwhile. */
  checks: readonly [Name, ...Name[]]
  watch(): Promise<Found | undefined>
  /** What is said of a server that stands still meanwhile. */
  stillness?: Fault
}

/** How long a server may take to die of what was done to it, in milliseconds; and one that needs more and more memory. */
const SHOCK_MS = 150
const GROWTH_MS = 3000

export async function watchInStages(
  server: LearnerServer,
  stages: readonly Stage[],
): Promise<Ending<Name> | undefined> {
  for (const [i, { checks, watch, stillness }] of stages.entries()) {
    const open = stages.slice(i).flatMap(({ checks }) => checks)
    const outcome = await watch().catch((error: unknown) => error as Error)
    if (outcome || !(await server.wakesWithin(SHOCK_MS))) {
      const misfortune = await misfortuneOf(server, stillness)
      if (misfortune) return { check: checks[0], error: misfortune, open }
    }
    if (outcome instanceof Error) throw outcome
    if (!outcome) continue
    const { check, report } = outcome
    const at = report.at && 'call' in report.at ? await server.whereItself(report.at) : report.at
    return { check, report: { ...report, at }, open }
  }
  return undefined
}

/** What became of the server, if it is what is wrong. */
async function misfortuneOf(server: LearnerServer, stillness?: Fault): Promise<Misfortune | undefined> {
  const isBusy =
    !(await server.diedWithin(server.probe.isGrowing ? GROWTH_MS : SHOCK_MS)) && (await server.isBusy())
  const death = server.exit && !isBusy ? deathFailure(server) : undefined
  // A loop that queues the same block again and again ends when the memory is full, sooner or later.
  if (isBusy || (stillness && death === tooBig))
    return new Misfortune({ ...busyFailure(server), ...stillness })
  return death && new Misfortune(death)
}
