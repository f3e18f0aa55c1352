/**
 * The live panel of a lesson page: follows `npm run lesson` by an EventSource, and turns the marks of the page's own
 * list of checks. What the learner's program said is put in as text, never as markup.
 */
import type { Verdict } from '../../../checks/verdict.ts'
import { showCheck } from './check-item.ts'
import { failureParts, outputParts } from './parts.ts'

class LiveChecks extends HTMLElement {
  #source: EventSource | undefined
  #lastEventId = ''
  #verdict: Verdict | undefined

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
      this.#show(this.#verdict)
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
    else this.#say(`Connected. Type npm run lesson ${this.#number}, then save a file: this list follows.`)
  }

  #broke(source: EventSource): void {
    if (source.readyState === EventSource.CLOSED) {
      this.dataset.state = 'off'
      this.#help.hidden = false
      return
    }
    this.dataset.state = 'waiting'
    this.#say('The connection to npm run site broke. Trying again …')
  }

  #show({ checks, passed, ms, lesson, notes, output }: Verdict): void {
    const own = checks.filter(({ id }) => id.startsWith(`${lesson.slug}/`))
    for (const check of own) showCheck(check)
    const failed = checks.find(({ state }) => state === 'failed')
    const done = own.filter(({ state }) => state === 'passed').length
    this.dataset.state = passed ? 'passed' : 'failed'
    const seconds = `Checked in ${(ms / 1000).toFixed(2)} s.`
    const now = failed ? `Now: ${failed.says}.` : ''
    this.#say(
      passed
        ? `All done: ${done} of ${own.length} checks pass. ${seconds}`
        : `${done} of ${own.length} checks pass. ${now} ${seconds}`,
    )
    const next = this.querySelector<HTMLElement>('.live-next')
    if (next) next.hidden = !passed
    const earlier = failed && !own.includes(failed) ? failed : undefined
    this.#extra.replaceChildren(
      ...(earlier ? failureParts(earlier, true) : []),
      ...outputParts(notes, output),
    )
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

customElements.define('live-checks', LiveChecks)
