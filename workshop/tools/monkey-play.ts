/**
 * Someone who presses keys, saves and resizes at random on the live screen, in a copy of the project. The same seed is
 * the same someone. After each step the learner's files must be what the learner wrote, to the byte.
 */
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { lessons } from '../../checks/lessons.ts'
import { randomFrom } from '../../checks/support/fixtures/random.ts'
import { freePort } from '../../checks/support/server/ports.ts'
import { leftSince, lookAround, markRun } from '../grade/leftovers.ts'
import { latest } from '../project/backup.ts'
import { filesIn } from '../project/files.ts'
import { ensureLessons } from '../project/starters.ts'
import { type Copy, copyProject } from '../testing/copy.ts'
import { isAlive, Tmux } from '../testing/tmux.ts'
import { Work } from './monkey-work.ts'

/** Whether there is to be another step after so many. */
type GoesOn = (steps: number) => boolean

/** Throws at the first thing that is not as it must be. Answers how often each was done. */
export async function playMonkey(seed: number, goesOn: GoesOn): Promise<Monkey['done']> {
  markRun()
  const before = lookAround()
  await using copy = await copyProject()
  await ensureLessons(copy.root)
  const done = await play(copy, seed, goesOn)
  const { processes, ports } = await leftSince(before)
  const left = [...processes.values(), ...ports.map((port) => `port ${port}`)]
  const drafts = filesIn(join(copy.root, '.workshop')).filter((file) => /\.tmp$|partial-|swap-/.test(file))
  if (left.length + drafts.length > 0) throw new Error(`seed ${seed} left behind: ${[...left, ...drafts]}`)
  return done
}

async function play(copy: Copy, seed: number, goesOn: GoesOn): Promise<Monkey['done']> {
  const command = `'${process.execPath}' workshop/main.mjs lesson 3`
  const nothing = { VISUAL: '', TERM_PROGRAM: '', BROWSER: '', DISPLAY: '', WAYLAND_DISPLAY: '' }
  const env = { PORT: String(await freePort()), EDITOR: 'true', ...nothing }
  await using tmux = await Tmux.start({ command, cwd: copy.root, env })
  await tmux.shows('Welcome!')
  const monkey = new Monkey(copy.root, tmux, randomFrom(seed))
  try {
    while (goesOn(monkey.done.steps)) await monkey.step()
    await monkey.leave()
    return monkey.done
  } catch (cause) {
    const story = `seed ${seed}: ${cause}\n${monkey.history.slice(-20).join('\n')}\n${await tmux.screen()}`
    throw new Error(story, { cause })
  }
}

class Monkey {
  readonly done = { steps: 0, keys: 0, saves: 0, resizes: 0, resets: 0 }
  /** What was done, for whoever looks for a fault. */
  readonly history: string[] = []
  #project: string
  #tmux: Tmux
  #random: (below: number) => number
  #work: Work

  constructor(project: string, tmux: Tmux, random: (below: number) => number) {
    this.#project = project
    this.#tmux = tmux
    this.#random = random
    this.#work = new Work(project, lessons)
    for (const lesson of lessons) this.#work.save(lesson, '', 0) // so that there is something to reset in each
  }

  async step(): Promise<void> {
    const die = this.#random(40)
    if (die < 26) await this.#press(...Array.from({ length: 1 + this.#random(6) }, () => this.#pick(KEYS)))
    else if (die < 34) this.#save()
    else if (die < 37) await this.#resize(20 + this.#random(120), 4 + this.#random(50))
    else if (die < 39) await this.#reset()
    else await this.#rest()
    this.done.steps++
    this.#work.verify()
    if (!isAlive((await this.#tmux.child()) ?? 0)) throw new Error('the screen is gone')
  }

  async leave(): Promise<void> {
    await this.#calm()
    await this.#press('q')
    await this.#tmux.shows(/exit 0\s+icanon\s+echo/)
    if ((await this.#tmux.modes()) !== '0 1') throw new Error('the terminal was not given back')
    this.#work.verify()
  }

  /** Any lesson: a save of another one than the one on the screen must not disturb it. */
  #save(): void {
    const lesson = this.#pick(lessons)
    const fault = this.#pick(FAULTS)
    this.#work.save(lesson, fault, this.#pick([0, 1, 2, 3] as const))
    this.history.push(`saved ${lesson.slug} with ${JSON.stringify(fault)}`)
    this.done.saves++
  }

  /** Resets the lesson that is on the screen, after yes, and brings it back. */
  async #reset(): Promise<void> {
    await this.#calm()
    await this.#press('x')
    const asked = await this.#tmux.shows(/Put lessons\/\S+\/ back/)
    const slug = /Put lessons\/(\S+)\//.exec(asked)?.[1] ?? ''
    await this.#press('y')
    // A key that was pressed before may have gone to another lesson just now; the question is gone then.
    await until(
      async () => this.#work.isStarter(slug) || !(await this.#tmux.screen()).includes('Put lessons/'),
    )
    if (this.#work.isMine(slug)) return
    await until(() => {
      const kept = latest(slug, this.#project) // it gets its name a moment after the starter is there
      return kept !== undefined && this.#work.isKeptIn(kept.folder, slug)
    })
    await this.#tmux.shows('u undo')
    await this.#press('u')
    await until(() => this.#work.isMine(slug))
    this.done.resets++
  }

  /** Lets the checks come to a verdict. */
  async #rest(): Promise<void> {
    await this.#calm()
    await until(async () => (await this.#tmux.screen()).includes('checked in'))
    this.history.push('saw a verdict')
  }

  /** Goes where every key is shown. */
  async #calm(): Promise<void> {
    await this.#resize(80, 24)
    await this.#press('Escape', 'Escape')
    await this.#tmux.shows('q quit')
  }

  async #press(...keys: string[]): Promise<void> {
    this.history.push(`pressed ${keys.join(' ')}`)
    this.done.keys += keys.length
    await this.#tmux.press(...keys)
  }

  async #resize(columns: number, rows: number): Promise<void> {
    this.history.push(`resized to ${columns}×${rows}`)
    this.done.resizes++
    await this.#tmux.resize(columns, rows)
  }

  #pick<T>(all: readonly T[]): T {
    return all[this.#random(all.length)] as T
  }
}

/** How long something may take that was asked for, in milliseconds: on a busy machine a browser takes its time. */
const UNTIL_MS = 180_000

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + UNTIL_MS; !(await isSo()); await delay(20)) {
    if (Date.now() > end) throw new Error(`waited in vain: ${isSo}`)
  }
}

/** Every key but `y` and `u`, which may change files and are pressed on purpose, and those that quit. */
const KEYS =
  'h d w p e o l x n f s H X é 3 5 z Escape Up Down PageUp PageDown Home End Space Enter BSpace Tab F5 C-l C-z'.split(
    ' ',
  )

/** What learners add to the solution. */
const FAULTS = [
  '',
  '',
  'const x = ;\n',
  "setTimeout(() => { throw new Error('later') }, 50)\n",
  "setInterval(() => console.log('\\u001b[2J flood '.repeat(99)), 1)\n",
  'while (true) {}\n',
  "process.on('SIGTERM', () => {})\n",
]
