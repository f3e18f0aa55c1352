import { afterAll } from 'vitest'
import type { Report } from '../support/failure.ts'
import { lesson } from '../support/lesson.ts'
import { once } from '../support/once.ts'
import { PageBrowser } from '../support/page/browser.ts'
import { failOnError, quote } from '../support/page/expect.ts'
import { run } from '../support/run.ts'
import { LearnerModule } from '../support/server/module.ts'
import type { CheckContext } from '../support/subject.ts'
import { judgeBodies } from './bodies.ts'
import { HELPERS, judgeCalls, playerOf } from './client.ts'
import { judgeFailing } from './failing.ts'
import { judgeGuarded } from './guarded.ts'
import manifest from './manifest.ts'
import {
  type Asked,
  askOn,
  expectShown,
  isOfPage,
  open,
  readToTheEnd,
  sendTokens,
  settled,
  visit,
} from './page.ts'
import type { Scenario } from './scenarios.ts'
import { judgeStopping } from './stopping.ts'
import { judgeDone, judgeLive, judgeOpens, judgeTokens, readAnswers } from './whole.ts'

const { entry, gate, root, target } = run

const answers = once(readAnswers)

const client = new LearnerModule('client.ts', HELPERS)
const browser = new PageBrowser(run)
if (gate && target.kind !== 'address') client.warmUp({ folder: target.folder, entry, root })

await lesson(manifest, (check) => {
  afterAll(() => Promise.all([client.close(), browser.close()]))
  const played = playerOf(client)

  check('opens', async (context) => failWith(context, judgeOpens(await answers(context))))

  check('tokens', async (context) => failWith(context, judgeTokens(await answers(context))))

  check('live', async (context) => failWith(context, await judgeLive(context, await answers(context))))

  check('done', async (context) => failWith(context, judgeDone(await answers(context))))

  check('stops', async (context) => failWith(context, await judgeStopping(context)))

  check('fails', async (context) => failWith(context, await judgeFailing(context)))

  check('bodies', async (context) => failWith(context, await judgeBodies(context)))

  check('guarded', async (context) => failWith(context, await judgeGuarded(context)))

  for (const name of [
    'asks',
    'reads',
    'pieces',
    'refuses',
    'incomplete',
    'told',
    'leaves',
    'aborts',
  ] as const) {
    check(name, async (context) => judgePlayed(context, name))
  }

  check('shown', async (context) => {
    await using visited = await visit(context, browser)
    const prompt = 'Tell me a story'
    const asked = await askOn(context, visited, prompt)
    if (!asked.body.includes(prompt)) {
      const received = asked.body === '' ? 'no body' : `the body ${asked.body.slice(0, 60)}`
      context.fail({ expected: `a request with {"prompt":"${prompt}"}`, received, fault: 'prompt' })
    }
    await expectShown(context, visited, asked)
    asked.stream.end('data: [DONE]\n\n')
    await visited.answers.until(() => asked.isClosed)
    const next = await askOn(context, visited, 'And another one', 'enter')
    open(next)
    sendTokens(next, 'No')
    const { met, sight } = await visited.page.until(({ answer }) => answer?.trim().endsWith('No') === true)
    if (!met)
      context.fail({
        expected: '"No" in #answer, for the next prompt',
        received: quote([sight.answer]),
        fault: 'again',
      })
    next.stream.end('data: [DONE]\n\n')
    await visited.page.catchUp()
    failOnError(context, visited.page, 'no error in the console', isOfPage, 'broken')
  })

  check('stop', async (context) => {
    await using visited = await visit(context, browser)
    const { page } = visited
    const asked = await askOn(context, visited, 'Tell me a story')
    open(asked)
    sendTokens(asked, 'Once', ' upon')
    await page.until(({ answer }) => answer?.includes('Once upon') === true)
    const expected = 'the end of the request when somebody presses #stop'
    if (!(await page.pressStop())) {
      context.fail({ expected, received: 'no element with id="stop" that can be pressed', fault: 'button' })
    }
    if (!(await visited.answers.until(() => asked.isClosed))) {
      failOnError(context, page, expected, isOfPage, 'broken')
      context.fail({ expected, received: 'a request that goes on' })
    }
    const { sight } = await page.until(() => true)
    if (!sight.answer?.includes('Once upon')) {
      context.fail({
        expected: 'the tokens that have come, in #answer',
        received: quote([sight.answer]),
        fault: 'gone',
      })
    }
    await page.catchUp()
    failOnError(context, page, 'no error in the console when somebody presses #stop', isOfPage, 'uncaught')
    const next = await askOn(context, visited, 'And another one')
    open(next)
    sendTokens(next, 'No')
    const { met, sight: after } = await page.until(({ answer }) => answer?.trim().endsWith('No') === true)
    if (met) return
    context.fail({
      expected: '"No" in #answer, for the next prompt',
      received: quote([after.answer]),
      fault: 'again',
    })
  })

  check('trouble', async (context) => {
    await using visited = await visit(context, browser)
    const { page } = visited
    await readToTheEnd(context, visited, ({ stream }) => stream.end('data: [DONE]\n\n'))
    const well = await settled(page)
    for (const [name, end] of Object.entries(ENDS)) {
      await readToTheEnd(context, visited, end)
      const { met } = await page.until(({ aside }) => aside !== well)
      if (met && (await settled(page)) !== well) continue
      context.fail({
        expected: `words for people when ${name}`,
        received: 'a page as after an answer that is whole',
      })
    }
    await visited.page.catchUp()
    failOnError(context, visited.page, 'no error in the console', isOfPage)
  })

  async function judgePlayed(context: CheckContext, name: Scenario['check']): Promise<void> {
    failWith(context, judgeCalls(await played(context), name))
  }
})

/** How answers end that are not whole. */
const ENDS: Record<string, (asked: Asked) => void> = {
  'the model fails': ({ stream }) => stream.end('event: error\ndata: {"message":"Out of memory"}\n\n'),
  'an answer breaks off': ({ stream }) => stream.end(),
}

function failWith(context: CheckContext, report: Report | undefined): void {
  if (report) context.fail(report)
}
