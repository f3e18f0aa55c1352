/** How many streams a page has, counted where they begin and where they arrive. */
import { openCount } from '../support/page/expect.ts'
import type { PageSight } from '../support/page/hook.ts'
import type { LearnerPage } from '../support/page/page.ts'
import type { ScriptedSource } from '../support/proxy/scripted.ts'
import type { CheckContext } from '../support/subject.ts'

/** Fails unless the page has one stream, and no frame or worker of it has another. `fault` is for more than one. */
export async function expectOneStream(
  context: Pick<CheckContext, 'fail'>,
  page: Pick<LearnerPage, 'until'>,
  source: Pick<ScriptedSource, 'open' | 'held'>,
  { expected, fault }: { expected: string; fault?: string },
): Promise<void> {
  const streams = () => source.open + source.held
  const { met, sight } = await page.until((sight) => openCount(sight.sources) === 1 && streams() === 1)
  if (met) return
  context.fail({ expected, received: inWords(sight, streams()), fault: streams() > 1 ? fault : undefined })
}

function inWords({ sources }: PageSight, streams: number): string {
  const open = openCount(sources)
  const inPage = open === 1 ? 'one EventSource' : `${open} EventSources`
  return open === streams
    ? inPage
    : `${inPage} in the page, and ${streams} streams that are open at the server`
}
