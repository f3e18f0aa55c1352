/**
 * The live panel of a lesson page: follows `npm run lesson` by an EventSource, and turns the marks of the page's own
 * list of checks. What the learner's program said is put in as text, never as markup.
 */
import type { Verdict } from '../../../checks/verdict.ts'
import { say, seconds, timeOf } from '../lib/say.ts'
import { showCheck } from './check-item.ts'
import { failureParts, outputParts } from './parts.ts'

class LiveChecks extends HTMLElement {
  #source: EventSource | undefined
  #lastEventId = ''
  #verdict: Verdict | undefined
  /** The time of the last verdict, once the command has ended. */
  #ended: string | undefined

  connectedCallback(): void {
    // A site that was built has no command behind it. The page says how to get one.
    if (!this.hasAttribute('source')) return
    // Over HTTP/1.1 six streams fill a browser, so a hidden tab gives its own back.
    document.addEventListener('visibilitychange', () => this.#follow())
    addEventListener('pagehide', () => this.#close())
    addEventListener('pageshow', () => this.#follow())
    this.#follow()
  }

  #follow(): void {
    if (document.visibilityState === 'hidden') this.#close()
    else if (!this.#source) this.#open()
  }

  #open(): void {
    const source = new EventSource(this.getAttribute('source') ?? '')
    this.#source = source
    source.addEventListener('open', () => this.#opened())
    source.addEventListener('error', () => this.#broke(source))
    source.addEventListener('verdict', ({ data, lastEventId }) => {
      // A tab that was hidden gets the newest verdict again.
      if (lastEventId === this.#lastEventId) return
      this.#lastEventId = lastEventId
      this.#verdict = JSON.parse(data) as Verdict
      this.#ended = undefined
      this.#show(this.#verdict)
    })
    source.addEventListener('ended', ({ data, lastEventId }) => {
      this.#lastEventId = lastEventId
      this.#ended = (JSON.parse(data) as { at: string }).at
      this.#sayEnded(this.#ended)
    })
  }

  #close(): void {
    this.#source?.close()
    this.#source = undefined
  }

  #opened(): void {
    this.dataset.state = 'open'
    this.#help.hidden = true
    // Who comes back gets what was missed, which may be nothing: the last verdict still holds.
    if (this.#verdict) this.#show(this.#verdict)
    else if (!this.#ended) this.#say(say('live.connected', { lesson: this.#number }))
    if (this.#ended) this.#sayEnded(this.#ended)
  }

  #broke(source: EventSource): void {
    if (source.readyState === EventSource.CLOSED) {
      this.dataset.state = 'off'
      this.#help.hidden = false
      return
    }
    this.dataset.state = 'waiting'
    this.#say(say('live.broke'))
  }

  #show({ checks, passed, ms, lesson, notes, output }: Verdict): void {
    const own = checks.filter(({ id }) => id.startsWith(`${lesson.slug}/`))
    const editor = this.getAttribute('editor') ?? undefined
    for (const check of own) showCheck(check, editor)
    const failed = checks.find(({ state }) => state === 'failed')
    const done = own.filter(({ state }) => state === 'passed').length
    this.dataset.state = passed ? 'passed' : 'failed'
    const counts = { done, count: own.length, seconds: seconds(ms) }
    if (passed) this.#say(say('live.passed', counts))
    else if (failed) this.#say(say('live.failed', { ...counts, says: failed.says }))
    else this.#say(say('live.some', counts))
    const next = this.querySelector<HTMLElement>('.live-next')
    if (next) next.hidden = !passed
    if (passed) markDone(lesson.slug)
    const earlier = failed && !own.includes(failed) ? failed : undefined
    this.#extra.replaceChildren(
      ...(earlier ? failureParts(earlier, { named: true, editor }) : []),
      ...outputParts(notes, output),
    )
  }

  #sayEnded(at: string): void {
    this.dataset.state = 'ended'
    this.#say(say('live.ended', { lesson: this.#number, time: timeOf(at) }))
  }

  #say(words: string): void {
    const place = this.querySelector('.live-words')
    if (place) place.textContent = words
  }

  get #number(): number {
    return Number.parseInt(this.getAttribute('lesson') ?? '', 10)
  }

  get #help(): HTMLElement {
    return this.querySelector('.live-help') as HTMLElement
  }

  get #extra(): HTMLElement {
    return this.querySelector('.live-extra') as HTMLElement
  }
}

/** Marks a lesson in the menu. A page that is loaded has the mark of each lesson that was done before: see lib/done.ts. */
function markDone(slug: string): void {
  for (const link of document.querySelectorAll(`#starlight__sidebar a[href$="/lessons/${slug}/"]`))
    link.setAttribute('data-done', '')
}

customElements.define('live-checks', LiveChecks)
