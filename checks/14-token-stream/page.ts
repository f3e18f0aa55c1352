/** The learner's page in a real browser, with answers that a check writes piece by piece. */
import type { ServerHttp2Stream } from 'node:http2'
import { setTimeout as delay } from 'node:timers/promises'
import type { PageBrowser } from '../support/page/browser.ts'
import { failOnError, quote } from '../support/page/expect.ts'
import type { LearnerPage, PageError } from '../support/page/page.ts'
import { type ScriptedSource, startScripted } from '../support/proxy/scripted.ts'
import type { CheckContext } from '../support/subject.ts'
import { Watchers } from '../support/waiting.ts'

/** How long a request of the page may take to come, or to go, in milliseconds. */
const REQUEST_MS = 5000

/** A page that has not changed for so long will not, in milliseconds; and how often it is looked at. */
const REST_MS = 250
const LOOK_MS = 25

/** Tokens of an answer: each is shown as text. */
const TOKENS = ['Once', ' upon', ' <b>a</b>', ' time 👋🏽']

/** One request for an answer. The check writes the answer. */
export interface Asked {
  stream: ServerHttp2Stream
  body: string
  isClosed: boolean
}

export class Answers {
  asked: Asked[] = []
  #watchers = new Watchers()

  take(stream: ServerHttp2Stream): void {
    const asked: Asked = { stream, body: '', isClosed: false }
    stream.setEncoding('utf8')
    stream.on('data', (text: string) => {
      asked.body += text
    })
    stream.on('end', () => {
      this.asked.push(asked)
      this.#watchers.tell()
    })
    stream.on('close', () => {
      asked.isClosed = true
      this.#watchers.tell()
    })
  }

  until(test: () => boolean, ms = REQUEST_MS): Promise<boolean> {
    return this.#watchers.until(test, ms)
  }
}

export interface Visit extends AsyncDisposable {
  page: LearnerPage
  answers: Answers
}

/** Opens the page. */
export async function visit(context: CheckContext, browser: PageBrowser): Promise<Visit> {
  const answers = new Answers()
  const source: ScriptedSource = await startScripted({
    root: context.root,
    target: context.origin,
    answers: { path: '/completions', answer: (stream) => answers.take(stream) },
  })
  const page = await browser.open(context, source.origin)
  failOnError(context, page, 'a page that loads without an error', isOfPage, 'broken')
  const close = async () => {
    await page[Symbol.asyncDispose]()
    await source[Symbol.asyncDispose]()
  }
  return { page, answers, [Symbol.asyncDispose]: close }
}

/** Types a prompt, sends it, and waits for the request. Fails the check when none comes. */
export async function askOn(
  context: CheckContext,
  { page, answers }: Visit,
  prompt: string,
  how: 'enter' | 'button' = 'button',
) {
  const count = answers.asked.length
  const expected = `POST /completions when somebody sends "${prompt}" in the form #ask`
  if (!(await page.ask(prompt, how))) {
    context.fail({
      expected,
      received: 'no form with id="ask", or no field in it',
      fault: count > 0 ? 'again' : 'form',
    })
  }
  const came = await answers.until(() => answers.asked.length > count)
  await page.catchUp()
  const asked = answers.asked[count]
  if (asked && came) return asked
  failOnError(context, page, expected, isElsewhere, 'elsewhere')
  failOnError(context, page, expected, isOfPage, 'broken')
  failOnLeft(context, page)
  const { answer } = await page.look()
  const received = answer ? `no request, and ${quote([answer.trim()])} in #answer` : 'no request'
  return context.fail({ expected, received, fault: count > 0 ? 'again' : 'silent' })
}

/** A page that sends its form as browsers do is another one then, with the prompt in its address. */
function failOnLeft(context: CheckContext, { place }: LearnerPage): void {
  if (place === '/') return
  context.fail({
    expected: 'a page that stays when somebody sends the form #ask',
    received: `a page at ${place}`,
    fault: 'reload',
  })
}

export function open({ stream }: Asked): void {
  stream.respond({ ':status': 200, 'content-type': 'text/event-stream' })
}

export function sendTokens({ stream }: Asked, ...tokens: string[]): void {
  stream.write(tokens.map((token) => `data: ${JSON.stringify({ token })}\n\n`).join(''))
}

/** Sends one token after the other, and waits each time until the page shows all of them. */
export async function expectShown(context: CheckContext, { page }: Visit, asked: Asked): Promise<void> {
  open(asked)
  for (const [i, token] of TOKENS.entries()) {
    sendTokens(asked, token)
    const text = TOKENS.slice(0, i + 1).join('')
    const { met, sight } = await page.until(({ answer }) => answer?.includes(text) === true)
    if (met) continue
    const expected = `"${text}" in #answer, while more is to come`
    failOnError(context, page, expected, isOfPage, 'broken')
    failOnLeft(context, page)
    const { answer } = sight
    const received = answer === undefined ? 'no element with id="answer"' : quote([answer])
    const fault =
      answer === undefined
        ? 'form'
        : token.includes('<') && i > 0
          ? 'markup'
          : answer === '' || i === 0
            ? 'late'
            : undefined
    context.fail({ expected, received, fault })
  }
}

/** Asks for an answer that begins, and ends in this way. */
export async function readToTheEnd(
  context: CheckContext,
  visited: Visit,
  end: (asked: Asked) => void,
): Promise<void> {
  const asked = await askOn(context, visited, 'Tell me a story')
  open(asked)
  sendTokens(asked, 'Once')
  await visited.page.until(({ answer }) => answer?.includes('Once') === true)
  end(asked)
  await visited.answers.until(() => asked.isClosed)
}

/** What people read, once it has not changed for a while. */
export async function settled(page: LearnerPage): Promise<string> {
  for (let { aside } = await page.look(), since = performance.now(); ; ) {
    if (performance.now() - since > REST_MS) return aside
    await delay(LOOK_MS)
    const sight = await page.look()
    if (sight.aside !== aside) since = performance.now()
    aside = sight.aside
  }
}

/** The browser itself notes what did not load. That is an error of the page where it was a script. */
export function isOfPage({ text, cure }: PageError): boolean {
  return cure !== undefined || !NOT_LOADED.test(text)
}

/** The page asked, and nothing is there that answers. A file has an ending, and is nothing that is asked. */
function isElsewhere({ text, url = '', cure }: PageError): boolean {
  return !cure && NOT_LOADED.test(text) && !/(?:\/completions|\.\w+)$/.test(url)
}

const NOT_LOADED = /^Failed to load resource/
