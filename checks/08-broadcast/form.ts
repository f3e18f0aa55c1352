/** The page's form: what happens when somebody writes into it. */
import { failOnError, quote } from '../support/page/expect.ts'
import { RAN } from '../support/page/hook.ts'
import type { LearnerPage } from '../support/page/page.ts'
import type { ScriptedSource } from '../support/proxy/scripted.ts'
import type { CheckContext } from '../support/subject.ts'
import { gather, haveReceived, type Listener, textsOf } from '../support/traffic/audience.ts'

/** How long a page may take to send something, in milliseconds; and the same once more. */
const SENT_MS = 3000

/** Sent with Enter, and with the button. */
const WRITTEN = [
  { text: 'Hello from the page', how: 'enter' },
  { text: 'a & b = 100% 🎉', how: 'button' },
] as const

const FROM_ELSEWHERE = 'Somebody else wrote this'

const TRAP = `<img src=x onerror="globalThis.${RAN}=true">`

/** The page sends what is written to the server, as it is, and is ready for the next message. */
export async function checkForm(context: CheckContext, page: LearnerPage): Promise<void> {
  const [listener] = (await gather(context, [1])) as [Listener]
  for (const { text, how } of WRITTEN) {
    const expected = `POST /messages with the body ${quote([text])}`
    const others = textsOf(listener)
    if (!(await page.write(text, how))) {
      const received = 'no <form id="send"> with an <input name="text"> to write into'
      return context.fail({ expected, received, fault: 'missing' })
    }
    if (!(await haveReceived([listener], [text], SENT_MS))) {
      const place = page.place
      if (place !== '/') context.fail({ expected, received: `a page at ${place}`, fault: 'leaves' })
      failOnError(context, page, expected)
      const [other] = textsOf(listener).slice(others.length)
      if (other === undefined) context.fail({ expected, received: 'no message' })
      const fault = other === '' ? 'empty' : 'other'
      context.fail({ expected, received: `the body ${quote([other])}`, fault })
    }
    const { met, sight } = await page.until(({ field }) => field === '')
    if (page.place !== '/') context.fail({ expected, received: `a page at ${page.place}`, fault: 'leaves' })
    const received = sight.field === undefined ? 'no form' : `the text ${quote([sight.field])}`
    if (!met) context.fail({ expected: 'an empty field when the message is sent', received, fault: 'kept' })
  }
  await page.catchUp()
  failOnError(context, page, 'no error while a message is sent')
}

/** The page lists a message when it comes in the stream, once, and so it does with those of others. */
export async function checkEcho(
  context: CheckContext,
  page: LearnerPage,
  source: ScriptedSource,
): Promise<void> {
  const [listener] = (await gather(context, [1])) as [Listener]
  const [{ text }] = WRITTEN
  await page.write(text, 'enter')
  await haveReceived([listener], [text], SENT_MS)
  await page.until(({ field }) => field === '')
  source.send(text, TRAP, FROM_ELSEWHERE)
  const { sight } = await page.until(({ items }) => items?.includes(FROM_ELSEWHERE) ?? false)
  const { items = [], hasMarkup } = sight
  const expected = `items ${quote([text, FROM_ELSEWHERE])}`
  const received =
    items.length === 0 ? 'no item' : `items ${quote(items.filter((item) => item !== TRAP).slice(0, 3))}`
  if (!items.includes(FROM_ELSEWHERE)) context.fail({ expected, received, fault: 'deaf' })
  if (hasMarkup || !items.includes(TRAP)) {
    const received = hasMarkup ? 'an element that the message made' : 'other text'
    context.fail({ expected: `the text ${TRAP}`, received, fault: 'markup' })
  }
  const count = items.filter((item) => item === text).length
  if (count > 1) context.fail({ expected, received, fault: 'twice' })
  if (count === 0) context.fail({ expected, received })
}
