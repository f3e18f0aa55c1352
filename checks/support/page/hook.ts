/** What runs in the browser, before the page's own scripts and between them. */

/** Where the hook keeps what it knows: `Symbol.for` of this name, on `window`. */
export const KEY = 'workshop'

/** What is read from a page. */
export interface PageSight {
  /** The EventSources that the page created, in order. `readyState` is 0 connecting, 1 open, 2 closed. */
  sources: { url: string; readyState: number }[]
  /** The text of each item of the list; undefined without a `<ul id="list">`. */
  items?: string[]
  /** The text of `#state` in lower case; undefined without that element. */
  state?: string
  /** What people read in the page beside the list. */
  aside: string
  /** What stands in the field of the form, from lesson 08 on; undefined without `<form id="send"><input name="text">`. */
  field?: string
  /** The text of `#answer`, from lesson 14 on; undefined without that element. */
  answer?: string
  /** Whether `#stop` can be pressed; undefined without that element. */
  canStop?: boolean
  /** The last item of the list lies within the visible part of the list, and of the window. */
  newestInView: boolean
  /** A message became markup in the list. */
  hasMarkup: boolean
  /** A message ran code. */
  ran: boolean
}

/** The property of `window` that a message sets if it runs as code. */
export const RAN = 'workshopRan'

/** Notes each EventSource that the page creates, and changes nothing about it. */
export function hook(key: string): void {
  const sources: EventSource[] = []
  Object.defineProperty(window, Symbol.for(key), { value: sources })
  window.EventSource = new Proxy(EventSource, {
    construct(target, args, self) {
      const source = Reflect.construct(target, args, self)
      sources.push(source)
      return source
    },
  })
}

/** How many times as soon a hurried page's timers fire. */
export const SPEED = 80

/** What a page may put off, in milliseconds of its own timers, and is still seen to do. */
export const AHEAD_MS = 8000

/** Lets every timer of a page, and of its frames, fire `speed` times as soon. Their order stays. */
export function hurry(speed: number): void {
  for (const name of ['setTimeout', 'setInterval'] as const) {
    const start: (handler: TimerHandler, ms?: number, ...args: unknown[]) => number = window[name]
    Object.assign(window, {
      [name]: (handler: TimerHandler, ms?: number, ...args: unknown[]) => {
        return start(handler, Number(ms) / speed, ...args)
      },
    })
  }
}

/**
 * Waits in the page. What its timers had to do by then is done: on a busy machine a timer that comes again and again skips
 * turns, and has at least one between two steps of this.
 */
export async function wait(ms: number): Promise<void> {
  const step = 250
  for (let waited = 0; waited < ms; waited += step) await new Promise((resolve) => setTimeout(resolve, step))
}

/** Ends what the page listens to, so that it is quiet until the next one is opened. */
export function closeAll(key: string): void {
  const known = (window as unknown as Record<symbol, EventSource[] | undefined>)[Symbol.for(key)] ?? []
  for (const source of known) source.close()
}

/** Looks at the page. */
export function look({ key, ran }: { key: string; ran: string }): PageSight {
  const known = (window as unknown as Record<symbol, EventSource[] | undefined>)[Symbol.for(key)] ?? []
  const list = document.querySelector('ul#list')
  const textBeside = (element: HTMLElement): string => {
    if (!element.contains(list)) return element.innerText
    return Array.from(element.children, (child) =>
      child === list ? '' : textBeside(child as HTMLElement),
    ).join('\n')
  }
  const field = document.querySelector<HTMLInputElement>('form#send input[name="text"]')
  const stop = document.querySelector<HTMLButtonElement>('#stop')
  const last = list?.lastElementChild?.getBoundingClientRect()
  const box = list?.getBoundingClientRect()
  const top = Math.max(box?.top ?? 0, 0)
  const bottom = Math.min(box?.bottom ?? 0, innerHeight)
  return {
    sources: known.map(({ url, readyState }) => ({ url, readyState })),
    items: list ? Array.from(list.children, (item) => item.textContent?.trim() ?? '') : undefined,
    state: document.querySelector('#state')?.textContent?.trim().toLowerCase(),
    aside: textBeside(document.body),
    field: field?.value,
    answer: document.querySelector('#answer')?.textContent ?? undefined,
    canStop: stop ? !stop.disabled : undefined,
    newestInView: last !== undefined && last.top >= top - 1 && last.bottom <= bottom + 1,
    hasMarkup: list?.querySelector('img, b') != null,
    ran: ran in window,
  }
}

export const lookOptions = { key: KEY, ran: RAN }
