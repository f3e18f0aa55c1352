/** What the server gives to a browser that shows the page: looked at over HTTP/2, without a browser. */
import type { Exchange } from '../support/client/exchange.ts'
import type { ReceivedEvent } from '../support/page/tab.ts'
import type { CheckContext } from '../support/subject.ts'
import { eventsOf, hasEvents } from '../support/traffic/events.ts'
import { askFor, SCRIPT } from '../support/traffic/files.ts'
import { saysUtf8 } from './charset.ts'
import { linksOf } from './links.ts'

/** How long a body may take after its head, in milliseconds. */
const BODY_MS = 2000

/** How long an event may take to come, in milliseconds. */
const EVENT_MS = 1500

/** GET and HEAD `/` are answered with a page, whose head or whose own words say that it is UTF-8. */
export async function checkPage(context: CheckContext): Promise<void> {
  const client = await context.connect()
  let type = 'text/html; charset=utf-8'
  for (const method of ['GET', 'HEAD'] as const) {
    const { wrong, exchange, ...report } = await askFor(client, { method, path: '/', type })
    await exchange?.until(({ over }) => over, BODY_MS)
    if (wrong === 'charset' && exchange && (await isUtf8(exchange))) type = 'text/html'
    else if (wrong) context.fail({ ...report, fault: FAULTS[wrong] })
    if (method === 'HEAD' || /<\w/.test(exchange?.text ?? '')) continue
    const received = `${exchange?.bytes.length} bytes without any tag`
    context.fail({ expected: 'a page behind the head of GET /', received, fault: 'empty' })
  }
}

/** Each file that the page names is there, with the media type that a browser wants for it. */
export async function checkFiles(context: CheckContext): Promise<void> {
  const client = await context.connect()
  const page = client.get('/')
  await page.until(({ over }) => over, BODY_MS)
  /** By their text. Two addresses of one script are nothing unusual; a script that is the style sheet, or the page, is wrong. */
  const served = new Map<string, { kind: string; path: string }>([[page.text, { kind: 'page', path: '/' }]])
  for (const { kind, path } of linksOf(page.text, context.origin)) {
    const type = kind === 'style' ? 'text/css' : SCRIPT
    const { wrong, exchange, ...report } = await askFor(client, { path, type })
    if (wrong) context.fail({ ...report, fault: wrong === 'type' ? 'type' : undefined })
    if (!(await exchange?.until(({ ended }) => ended, BODY_MS)))
      context.fail({ expected: `all of ${path}`, received: 'a body without an end' })
    const text = exchange?.text ?? ''
    const other = served.get(text)
    if (text !== '' && other && other.kind !== kind) {
      const received = `the file that GET ${other.path} gets`
      context.fail({ expected: `GET ${path} → a file of its own`, received, fault: 'same', at: report.at })
    }
    served.set(text, { kind, path })
  }
}

/** Events with a name that the stream brings. Not every browser tells of those that its page does not listen for. */
export async function namedEvents(context: CheckContext): Promise<readonly ReceivedEvent[]> {
  const stream = (await context.connect()).get('/events')
  await hasEvents(stream, 1, EVENT_MS)
  return eventsOf(stream).filter(({ type }) => type !== 'message')
}

async function isUtf8({ head, bytes }: Exchange): Promise<boolean> {
  return saysUtf8((await head).headers['content-type'], bytes)
}

/** The words of `page` for what is wrong with its answer; its own are about the type. */
const FAULTS = { silent: 'status', status: 'status', charset: 'charset', type: undefined }
