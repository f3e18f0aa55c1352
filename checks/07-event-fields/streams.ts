/** What two clients, one after the other, get of the learner's clock. */
import { once } from '../support/once.ts'
import { type Recording, recordClock, recording } from '../support/traffic/clock.ts'
import { type FieldLine, readWire } from '../wire/read.ts'

/** The second client shows what starts anew with each stream, and what does not. */
export const bothClients = once(async (context): Promise<[Recording, Recording]> => {
  return [await recording(context), await recordClock(context)]
})

/** The `retry` fields of a stream, as they came, and how many of them come no later than its first event. */
export function retriesOf({ bytes }: Recording): { values: string[]; early: number } {
  const values: string[] = []
  let early: number | undefined
  for (const { lines, dispatches } of readWire(bytes).blocks) {
    const retries = lines.filter((line): line is FieldLine => line.kind === 'field' && line.name === 'retry')
    values.push(...retries.map(({ value }) => value))
    if (dispatches) early ??= values.length
  }
  return { values, early: early ?? values.length }
}
