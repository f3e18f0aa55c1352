/** The terminal while a screen of ours is on it. Whatever happens, it is given back as it was. */
import type { ReadStream, WriteStream } from 'node:tty'
import { forTerminal } from '../render/harmless.ts'
import { readKeys } from './keys.ts'
import { columnsOf, type Size } from './layout.ts'

export interface TerminalListener {
  onKey(key: string): void
  /** The window has another size, or was covered: the screen is to be painted again. */
  onResize(): void
  /** Nobody is at the terminal any more. */
  onGone(): void
}

/** Paintings follow each other by at least this many milliseconds; a program that prints a lot can't flood it. */
const FRAME_MS = 30

export class Terminal implements Disposable {
  #input: ReadStream
  #output: WriteStream
  #listener: TerminalListener
  #isOurs = false
  #painted = ''
  #timer?: NodeJS.Timeout
  #lastPaint = Number.NEGATIVE_INFINITY

  constructor(
    listener: TerminalListener,
    input: ReadStream = process.stdin,
    output: WriteStream = process.stdout,
  ) {
    this.#listener = listener
    this.#input = input
    this.#output = output
    input.setEncoding('utf8')
    input.on('data', this.#onData)
    input.on('end', listener.onGone)
    input.on('error', listener.onGone)
    output.on('error', listener.onGone) // for good: what is said at the end may find nobody either
    output.on('resize', this.repaint)
    process.on('exit', this.giveBack)
    process.on('uncaughtExceptionMonitor', this.giveBack) // before the error is printed
    process.on('SIGTSTP', this.suspend)
    process.on('SIGCONT', this.#onContinue)
    this.take()
  }

  get size(): Size {
    const { columns, rows } = this.#output
    return { columns: columns || 80, rows: rows || 24 }
  }

  /** Paints what `draw` answers: now, or in a moment when there was a painting just now. Of several, the last counts. */
  paint(draw: () => string[]): void {
    clearTimeout(this.#timer)
    const wait = this.#lastPaint + FRAME_MS - performance.now()
    if (wait <= 0) this.#paint(draw())
    else this.#timer = setTimeout(() => this.#paint(draw()), wait)
  }

  /** Paints everything anew: another program may have written on the screen. */
  repaint = (): void => {
    this.#painted = ''
    if (this.#isOurs) this.#output.write(CLEAR)
    this.#listener.onResize()
  }

  /** Takes the terminal: its second screen, without a cursor, each key as it is pressed. */
  take = (): void => {
    if (this.#isOurs) return
    this.#isOurs = true
    this.#painted = ''
    this.#output.write(`${ALTERNATE_SCREEN}${HIDE_CURSOR}${CLEAR}`)
    this.#input.setRawMode(true)
    this.#input.resume()
  }

  /** Gives the terminal back, for another program or for good. */
  giveBack = (): void => {
    if (!this.#isOurs) return
    this.#isOurs = false
    this.#input.pause()
    this.#input.setRawMode(false)
    this.#output.write(`${SHOW_CURSOR}${FIRST_SCREEN}`)
  }

  /** Ctrl-Z: everything that was started with us stops, as the shell expects, and goes on with `fg`. */
  suspend = (): void => {
    const wasOurs = this.#isOurs // or an editor's, which stops with us and goes on with us
    this.giveBack()
    process.off('SIGTSTP', this.suspend)
    // Without a shell that could continue us, the system ignores this, and we go on at once.
    if (process.platform !== 'win32') process.kill(0, 'SIGTSTP')
    process.on('SIGTSTP', this.suspend)
    if (!wasOurs) return
    this.take()
    this.#listener.onResize()
  };

  [Symbol.dispose](): void {
    clearTimeout(this.#timer)
    this.giveBack()
    this.#input.off('data', this.#onData)
    this.#input.off('end', this.#listener.onGone)
    this.#input.off('error', this.#listener.onGone)
    this.#output.off('resize', this.repaint)
    process.off('exit', this.giveBack)
    process.off('uncaughtExceptionMonitor', this.giveBack)
    process.off('SIGTSTP', this.suspend)
    process.off('SIGCONT', this.#onContinue)
  }

  #onData = (text: string): void => {
    for (const key of readKeys(text)) {
      if (key === 'ctrl-z') this.suspend()
      else this.#listener.onKey(key)
    }
  }

  #paint(lines: string[]): void {
    const text = frameText(lines.map(forTerminal), this.size.columns)
    if (!this.#isOurs || text === this.#painted) return
    this.#lastPaint = performance.now()
    this.#painted = text
    this.#output.write(text)
  }

  /** A shell may have changed how the terminal reads keys while we were stopped. */
  #onContinue = (): void => {
    if (!this.#isOurs) return
    this.giveBack()
    this.take()
    this.#listener.onResize()
  }
}

/** Whether there is a terminal at both ends which can show a screen, and nobody asked for plain text. */
export function canShowScreen(env = process.env): boolean {
  const { stdin, stdout } = process
  return Boolean(stdin.isTTY && stdout.isTTY) && !env.WORKSHOP_PLAIN && env.TERM !== 'dumb'
}

/**
 * The text that replaces what is on the screen by `lines`. Each row is written over, never cleared first, and all of
 * them are shown together where the terminal can do so: nothing flickers.
 */
function frameText(lines: string[], columns: number): string {
  // Behind a row that is full the cursor still stands on its last column, which must not be erased.
  const isFull = (line: string) => line !== '' && columnsOf(line) % columns === 0
  const rows = lines.map((line) => (isFull(line) ? line : `${line}${ERASE_REST}`))
  return `${BEGIN_TOGETHER}${HOME}${rows.join('\r\n')}${ERASE_BELOW}${END_TOGETHER}`
}

const ESCAPE = '\u001b['
const ALTERNATE_SCREEN = `${ESCAPE}?1049h`
const FIRST_SCREEN = `${ESCAPE}?1049l`
const HIDE_CURSOR = `${ESCAPE}?25l`
const SHOW_CURSOR = `${ESCAPE}?25h`
const CLEAR = `${ESCAPE}2J${ESCAPE}H`
const HOME = `${ESCAPE}H`
const ERASE_REST = `${ESCAPE}K`
const ERASE_BELOW = `${ESCAPE}J`
const BEGIN_TOGETHER = `${ESCAPE}?2026h`
const END_TOGETHER = `${ESCAPE}?2026l`
