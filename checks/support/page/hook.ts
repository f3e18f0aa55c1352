/** What runs in the browser, before the page's own scripts and between them. */

/** Where the hook keeps what it knows: `Symbol.for` of this name, on `window`. */
const KEY = 'workshop'

/** What is read from a page. */
export interface PageSight {
  /** The EventSources that the page created, in order. `readyState` is 0 connecting, 1 open, 2 closed. */
  sources: { url: string; readyState: number }[]
  /** The text of each item of the list; undefined without a `<ul id="list">`. */
  items?: string[]
  /** The text of `#state` in lower case; undefined without that element. */
  state?: string
  /** The last item of the list lies within the visible part of the list, and of the window. */
  newestInView: boolean
  /** A message became markup in the list. */
  hasMarkup: boolean
  /** A message ran code. */
  ran: boolean
}

/** The property of `window` that a message sets if it runs as code. */
export const RAN = 'workshopRan'

/** Where the hook leaves, for the next page of the same origin, how many sources the page did not close. */
export const LEFT_OPEN = 'workshop-left-open'

/**
 * Notes each EventSource that the page creates or closes, and changes nothing about it. A page that is left tells how
 * many it did not close. Chromium itself ends them before `pagehide`, so the calls of `close()` are what counts; and
 * the listener is added late, so that it runs after those of the page.
 */
export function hook({ key, leftOpen }: { key: string; leftOpen: string }): void {
  const sources: EventSource[] = []
  const closed = new WeakSet<EventSource>()
  const { close } = EventSource.prototype
  Object.defineProperty(window, Symbol.for(key), { value: sources })
  EventSource.prototype.close = function () {
    closed.add(this)
    close.call(this)
  }
  window.EventSource = new Proxy(EventSource, {
    construct(target, args, self) {
      const source = Reflect.construct(target, args, self)
      sources.push(source)
      return source
    },
  })
  addEventListener('beforeunload', () => {
    const open = sources.filter((source) => source.readyState !== EventSource.CLOSED)
    addEventListener('pagehide', () => {
      const left = open.filter((source) => !closed.has(source))
      sessionStorage.setItem(leftOpen, String(left.length))
    })
  })
}

export const hookOptions = { key: KEY, leftOpen: LEFT_OPEN }

/** Ends what the page listens to, so that it is quiet until the next one is opened. */
export function closeAll(key: string): void {
  const known = (window as unknown as Record<symbol, EventSource[] | undefined>)[Symbol.for(key)] ?? []
  for (const source of known) source.close()
}

/** Looks at the page. */
export function look({ key, ran }: { key: string; ran: string }): PageSight {
  const known = (window as unknown as Record<symbol, EventSource[] | undefined>)[Symbol.for(key)] ?? []
  const list = document.querySelector('ul#list')
  const last = list?.lastElementChild?.getBoundingClientRect()
  const box = list?.getBoundingClientRect()
  const top = Math.max(box?.top ?? 0, 0)
  const bottom = Math.min(box?.bottom ?? 0, innerHeight)
  return {
    sources: known.map(({ url, readyState }) => ({ url, readyState })),
    items: list ? Array.from(list.children, (item) => item.textContent?.trim() ?? '') : undefined,
    state: document.querySelector('#state')?.textContent?.trim().toLowerCase(),
    newestInView: last !== undefined && last.top >= top - 1 && last.bottom <= bottom + 1,
    hasMarkup: list?.querySelector('img, b') != null,
    ran: ran in window,
  }
}

export const lookOptions = { key: KEY, ran: RAN }
