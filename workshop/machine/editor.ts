/** The learner's editor, as their environment names it. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { accessSync, constants, statSync } from 'node:fs'
import { basename, delimiter, join } from 'node:path'
import type { Place } from '../../checks/verdict.ts'

export interface EditorCommand {
  program: string
  args: string[]
  /** Whether the editor draws in the terminal, or may do so. */
  needsTerminal: boolean
}

/**
 * The command of the learner's editor: VS Code inside of its own terminal, else what `VISUAL` or `EDITOR` names. '' when
 * none is known. Where nobody named one, npm names vi, which a newcomer can't leave: that is none.
 */
export function editorOf(env = process.env): string {
  if (env.TERM_PROGRAM === 'vscode') return 'code'
  const isOfNpm = env.npm_lifecycle_event !== undefined && env.EDITOR === 'vi'
  return (env.VISUAL || (isOfNpm ? '' : env.EDITOR) || '').trim()
}

/** What people call the editor of a command. */
export function editorName(command: string): string {
  const [program = ''] = command.split(/\s+/)
  return basename(program).replace(/\.(exe|cmd)$/i, '')
}

/** How to open a file at a line with the editor of a command. */
export function editorCommand({ file, line }: Place, command: string): EditorCommand {
  const [program = '', ...options] = command.split(/\s+/)
  const form = FORMS.find(({ names }) => names.includes(editorName(command)))
  const position = form?.position({ file, line }) ?? [file]
  return { program, args: [...options, ...position], needsTerminal: !form?.hasWindow }
}

/** The editors of this machine, as many as there are numbers to choose by; those that a newcomer can leave come first. */
export function installedEditors(env = process.env): string[] {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd'] : ['']
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  const isThere = (name: string) =>
    folders.some((folder) => endings.some((ending) => isProgram(join(folder, name + ending))))
  return OFFERED.filter(isThere).slice(0, 9)
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
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

/** Editors that are offered where none is known. */
const OFFERED =
  'code codium cursor windsurf zed subl webstorm idea kate gedit notepad nano micro hx nvim vim vi emacs'.split(
    ' ',
  )

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
