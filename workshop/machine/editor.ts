/** The learner's editor, as their environment names it. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { basename } from 'node:path'
import type { Place } from '../../checks/verdict.ts'

export interface EditorCommand {
  program: string
  /** What people call it. */
  name: string
  args: string[]
  /** Whether the editor draws in the terminal, or may do so. */
  needsTerminal: boolean
}

/**
 * How to open a file at a line: with VS Code inside of its own terminal, else with what `VISUAL` or `EDITOR` names.
 * Undefined when no editor is known.
 */
export function editorCommand({ file, line }: Place, env = process.env): EditorCommand | undefined {
  const isInCode = env.TERM_PROGRAM === 'vscode'
  const [program, ...options] = (isInCode ? 'code' : env.VISUAL || env.EDITOR || '').trim().split(/\s+/)
  if (!program) return undefined
  const name = basename(program).replace(/\.(exe|cmd)$/i, '')
  const form = FORMS.find(({ names }) => names.includes(name))
  const position = form?.position({ file, line }) ?? [file]
  return { program, name, args: [...options, ...position], needsTerminal: !form?.hasWindow }
}

/** Runs it; one that needs the terminal until it ends. Answers whether it could be run. */
export async function runEditor({ program, args, needsTerminal }: EditorCommand): Promise<boolean> {
  const onWindows = process.platform === 'win32' // where `code` is a script, which only a shell can start
  const child = spawn(program, onWindows ? args.map((arg) => `"${arg}"`) : args, {
    stdio: needsTerminal ? 'inherit' : 'ignore',
    detached: !needsTerminal && !onWindows,
    shell: onWindows,
  })
  try {
    await once(child, 'spawn')
    if (needsTerminal) await once(child, 'close')
    else child.unref()
    return true
  } catch {
    return false
  }
}

interface Form {
  names: string[]
  hasWindow: boolean
  position: (place: Place) => string[]
}

/** How editors are told the line. One that is not listed gets the file alone, and the terminal to be safe. */
const FORMS: Form[] = [
  {
    names: ['code', 'code-insiders', 'codium', 'cursor', 'windsurf'],
    hasWindow: true,
    position: ({ file, line }) => ['-g', `${file}:${line}`],
  },
  { names: ['subl', 'zed'], hasWindow: true, position: ({ file, line }) => [`${file}:${line}`] },
  {
    names: ['idea', 'webstorm'],
    hasWindow: true,
    position: ({ file, line }) => ['--line', String(line), file],
  },
  { names: ['kate'], hasWindow: true, position: ({ file, line }) => ['-l', String(line), file] },
  { names: ['gedit', 'gvim', 'mvim'], hasWindow: true, position: ({ file, line }) => [`+${line}`, file] },
  { names: ['notepad', 'open'], hasWindow: true, position: ({ file }) => [file] },
  { names: ['hx', 'helix'], hasWindow: false, position: ({ file, line }) => [`${file}:${line}`] },
  {
    names: ['vi', 'vim', 'nvim', 'nano', 'pico', 'emacs', 'micro', 'joe', 'kak', 'mg', 'ne'],
    hasWindow: false,
    position: ({ file, line }) => [`+${line}`, file],
  },
]
