/** A program in a real terminal, which tmux plays: 80 columns and 24 rows unless it is resized. */
import { execFile, spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'

/** Without tmux these tests are left out, but never in silence, and never in CI. */
export const hasTmux = spawnSync('tmux', ['-V']).status === 0 || Boolean(process.env.CI)
if (!hasTmux) console.warn('tmux is not installed: the tests of the live screen in a terminal are NOT run.')

/** How long a screen may take to show what is expected, in milliseconds. The machine may be busy. */
const SHOW_MS = 40_000

/** How long a program may take to end when its terminal has gone, in milliseconds. */
const END_MS = 15_000

/** How often it is looked at meanwhile, in milliseconds. */
const LOOK_MS = 30

export interface ShellCommand {
  command: string
  cwd: string
  env: Record<string, string>
}

export class Tmux implements AsyncDisposable {
  readonly #server = `workshop-${randomUUID()}`

  /** Runs a shell command; its exit code and the state of the terminal are printed behind its end. */
  static async start({ command, cwd, env }: ShellCommand): Promise<Tmux> {
    const tmux = new Tmux()
    const sets = Object.entries(env).map(([name, value]) => `${name}=${value}`)
    const script = `${command}; echo "exit $?"; stty -a | grep -o -e '-*icanon' -e '-*echo '; exec sleep 600`
    const size = ['-x', '80', '-y', '24', '-c', cwd]
    await tmux.#run(['-f', '/dev/null', 'new-session', '-d', ...size, 'env', ...sets, 'sh', '-c', script])
    return tmux
  }

  /** What is on the screen: one text, without the empty rows at its end. */
  async screen(): Promise<string> {
    return (await this.#run(['capture-pane', '-p'])).trimEnd()
  }

  /** The same with its colours. */
  async paintedScreen(): Promise<string> {
    return (await this.#run(['capture-pane', '-p', '-e'])).trimEnd()
  }

  /** Waits until the screen shows a text, and answers the screen. */
  async shows(text: string | RegExp): Promise<string> {
    const end = Date.now() + SHOW_MS
    for (;;) {
      const screen = await this.screen()
      if (typeof text === 'string' ? screen.includes(text) : text.test(screen)) return screen
      if (Date.now() > end) throw new Error(`The screen never showed ${text}. It shows:\n${screen}`)
      await delay(LOOK_MS)
    }
  }

  /** Presses keys by their names in tmux: `h`, `Escape`, `C-c`. */
  async press(...keys: string[]): Promise<void> {
    await this.#run(['send-keys', ...keys])
  }

  async resize(columns: number, rows: number): Promise<void> {
    await this.#run(['resize-window', '-x', String(columns), '-y', String(rows)])
  }

  /** Whether a program has the second screen and has hidden the cursor: `1 0` on our screen, `0 1` in a shell. */
  async modes(): Promise<string> {
    return (await this.#run(['display-message', '-p', '#{alternate_on} #{cursor_flag}'])).trim()
  }

  /** The process that the shell has started; undefined when it has ended. */
  async child(): Promise<number | undefined> {
    const shell = (await this.#run(['display-message', '-p', '#{pane_pid}'])).trim()
    const found = await promisify(execFile)('pgrep', ['-P', shell]).catch(() => undefined)
    return found && Number(found.stdout.split('\n')[0])
  }

  /** Closes the terminal, as one closes a window, and waits until its program has ended. Throws when it lives on. */
  async [Symbol.asyncDispose](): Promise<void> {
    const child = await this.child().catch(() => undefined)
    await this.#run(['kill-server']).catch(() => '') // of this name; other servers have other names
    const end = Date.now() + END_MS
    while (child && isAlive(child) && Date.now() < end) await delay(LOOK_MS)
    if (!child || !isAlive(child)) return
    process.kill(child, 'SIGKILL')
    throw new Error('The program outlived its terminal.')
  }

  async #run(args: string[]): Promise<string> {
    const { stdout } = await promisify(execFile)('tmux', ['-L', this.#server, ...args], {
      env: { ...process.env, TERM: 'xterm-256color' },
    })
    return stdout
  }
}

/** Whether a process is there. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
