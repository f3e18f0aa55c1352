/** Records what a program shows on a real terminal, as a cast that the docs replay. */
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Tmux } from '../testing/tmux.ts'
import { type Cast, type CastFrame, castLines } from './cast.ts'

/** How long a screen is left to the reader, in milliseconds. */
const READ_MS = 5000

/** How long a screen may take to come, in milliseconds. */
const SHOW_MS = 60_000

export class Recorder {
  #tmux: Tmux
  #frames: CastFrame[] = []
  #started = performance.now()
  /** The time that readers were given so far, in milliseconds. */
  #given = 0

  constructor(tmux: Tmux) {
    this.#tmux = tmux
  }

  /** Does something after the reader had time to read, and records until the screen shows `text`. */
  async act(says: string, what: () => Promise<void>, text: string): Promise<void> {
    this.#given += READ_MS
    await what()
    await this.until(text, says)
  }

  /** Keeps each new screen, up to the one that shows `text`. What was done is said with the first of them. */
  async until(text: string, says: string): Promise<void> {
    const first = this.#frames.length
    for (const end = Date.now() + SHOW_MS; Date.now() < end; ) {
      const lines = castLines(await this.#tmux.paintedScreen())
      if (lines.length > 0 && JSON.stringify(lines) !== JSON.stringify(this.#frames.at(-1)?.lines)) {
        const at = Math.round(performance.now() - this.#started + this.#given)
        this.#frames.push(this.#frames.length === first ? { at, lines, says } : { at, lines })
      }
      // A screen that is still checking is not yet the one to be read.
      const shown = lines.map((line) => line.map(([piece]) => piece).join('')).join('\n')
      if (shown.includes(text) && !shown.includes('checking …')) return
    }
    throw new Error(`the screen never showed ${text}`)
  }

  async save(file: string, title: string): Promise<void> {
    const frames = this.#frames
    const cast: Cast = { title, columns: 80, rows: 24, hold: READ_MS, frames }
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, `${JSON.stringify(cast)}\n`)
    console.log(`${title}: ${frames.length} frames, ${Math.round((frames.at(-1)?.at ?? 0) / 1000)} s`)
  }
}
