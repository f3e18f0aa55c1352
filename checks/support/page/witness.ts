/** What a page tells of itself, in a browser that does not tell it by another way. All of it runs in the browser. */
import type { ConsoleError, ReceivedEvent } from './tab.ts'

/** Where the witness keeps what it saw: `Symbol.for` of this name, on `window`. */
export const WITNESS = 'workshop-witness'

export interface Testimony {
  errors: ConsoleError[]
  received: ReceivedEvent[]
}

/**
 * Notes what the console would show as an error, and each event that comes to a listener. Names that the page does not
 * listen for are heard only when they are among `names`: an EventSource tells no one of other ones.
 */
export function witness({ key, names }: { key: string; names: string[] }): void {
  const seen: Testimony = { errors: [], received: [] }
  Object.defineProperty(window, Symbol.for(key), { value: seen })
  const note = (text: string, url?: string, line?: number) => {
    seen.errors.push({ text, url: url || undefined, line: line || undefined })
  }
  /** With the first place that the error's stack, or one of ours, has outside of this function. */
  const noteAt = (text: string, stack = '') => {
    const [, url, line] = /(\w+:\/\/\S+?):(\d+):\d+$/m.exec(stack) ?? []
    note(text, url, Number(line))
  }
  const textOf = (value: unknown) =>
    value instanceof Error ? `${value.name}: ${value.message}` : String(value)

  addEventListener(
    'error',
    (event) => {
      const { target } = event
      if (event instanceof ErrorEvent) note(event.message, event.filename, event.lineno)
      else if (target instanceof HTMLScriptElement) {
        note(`Loading failed for the <script> with source “${target.src}”.`, target.src)
      } else if (target instanceof HTMLLinkElement) {
        note(`The stylesheet ${target.href} was not loaded.`, target.href)
      }
    },
    true, // what does not load tells only those who listen on its way down
  )
  addEventListener('unhandledrejection', ({ reason }) => noteAt(textOf(reason), reason?.stack))
  document.addEventListener('securitypolicyviolation', ({ blockedURI, effectiveDirective }) => {
    if (blockedURI.endsWith('/favicon.ico')) return // asked for by the browser itself
    note(`Content-Security-Policy: ${effectiveDirective} blocks ${blockedURI}`, location.href)
  })
  const { error, assert } = console
  const stack = () => new Error().stack?.split('\n').slice(2).join('\n')
  console.error = (...args) => {
    noteAt(args.map(textOf).join(' '), stack())
    error.apply(console, args)
  }
  console.assert = (isSo, ...args) => {
    if (!isSo) noteAt(args.map(textOf).join(' ') || 'console.assert', stack())
    assert.call(console, isSo, ...args)
  }

  const { addEventListener: listen } = EventTarget.prototype
  const heard = new WeakMap<EventSource, Set<string>>()
  const hear = (source: EventSource, type: string) => {
    const types = heard.get(source) ?? new Set(['open', 'error'])
    heard.set(source, types)
    if (types.has(type)) return
    types.add(type)
    listen.call(source, type, (event) => {
      if (event instanceof MessageEvent) seen.received.push({ type, data: event.data })
    })
  }
  EventSource.prototype.addEventListener = function (this: EventSource, type: string, ...rest: unknown[]) {
    hear(this, type)
    return Reflect.apply(listen, this, [type, ...rest])
  }
  window.EventSource = new Proxy(EventSource, {
    construct(target, args, self) {
      const source = Reflect.construct(target, args, self)
      for (const name of names) hear(source, name)
      return source
    },
  })
}

/** What the witness has seen; and what the page asked for that came with a status of 400 or more. */
export function testify(key: string): Testimony {
  const seen = (window as unknown as Record<symbol, Testimony | undefined>)[Symbol.for(key)]
  const entries = performance.getEntriesByType('resource') as PerformanceResourceTiming[]
  const refused = entries
    .filter(({ responseStatus }) => responseStatus >= 400)
    .map(({ name, responseStatus }) => {
      const text = `Failed to load resource: the server responded with a status of ${responseStatus} ()`
      return { text, url: name }
    })
  return { errors: [...refused, ...(seen?.errors ?? [])], received: seen?.received ?? [] }
}

/** What other browsers tell a page that they keep while somebody is away. */
export function keepAndShow(): void {
  for (const type of ['pagehide', 'pageshow'])
    dispatchEvent(new PageTransitionEvent(type, { persisted: true }))
}
