/** What the checks ask of a browser, whichever one it is: a tab that shows one page after the other. */

/** A browser that runs. */
export interface RunningBrowser {
  /** False once its process is gone. */
  isConnected(): boolean
  /** A tab that shares nothing with others: what the browser stores for it is forgotten with it. */
  newTab(): Promise<Tab>
  close(): Promise<void>
}

/** An error of the console, as the browser tells it. */
export interface ConsoleError {
  text: string
  /** The address of the script, the page or another file that it names. */
  url?: string
  /** From 1. */
  line?: number
}

/** An event that the browser took from the stream. */
export interface ReceivedEvent {
  type: string
  data: string
}

export interface Tab {
  /** Errors of the console since the page was loaded, uncaught ones included, as they were known at the last look. */
  readonly errors: readonly ConsoleError[]
  /** What the page's EventSources received since, in order. */
  readonly received: readonly ReceivedEvent[]
  /** The page answers nothing more, and neither does its tab. */
  readonly isLost: boolean
  /** Where the page is. */
  readonly url: string
  /** Loads a page. Throws `Fail` for one that does not come to rest, and an error when the browser can't load it. */
  load(url: string): Promise<void>
  /** What a function of ours answers in the page: it may use nothing but `arg`. Throws `Fail` when the page is lost. */
  look<T, A>(look: (arg: A) => T, arg: A): Promise<T>
  /** The same for a function that takes its time, without watching over the page. */
  run<T, A>(work: (arg: A) => T | Promise<T>, arg: A): Promise<T>
  /** Waits until everything that the browser had to report by now has come. */
  catchUp(): Promise<void>
  /** Runs a script before those of each page from the next one on, until what it answers with is called. */
  runFirst(source: string): Promise<() => Promise<void>>
  /** Leaves for another page, and comes back as the Back button does. */
  leaveAndReturn(url: string): Promise<void>
  /** How many elements a selector finds. */
  count(selector: string): Promise<number>
  /** Writes into a field. This and the next two wait `ms` milliseconds for the first element that is found, then throw. */
  fill(selector: string, text: string, ms: number): Promise<void>
  pressEnter(selector: string, ms: number): Promise<void>
  click(selector: string, ms: number): Promise<void>
  close(): Promise<void>
}

/** A page that has not loaded by then, in milliseconds, never will. */
export const LOAD_MS = 15_000

/** How many pages a page may lead to before it has loaded. */
export const RELOADS = 10
