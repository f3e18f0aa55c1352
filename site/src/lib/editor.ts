/** The learner's editor, as a page on their own machine can open it. */
import { pathToFileURL } from 'node:url'
import { editorName, editorOf } from '../../../workshop/machine/editor.ts'

/**
 * The address that opens a file of a folder in the learner's editor: what is missing is the file, relative to the folder, a
 * colon and a line. Undefined where no editor is known that has such addresses, or where it runs on another machine than this.
 *
 * @param folder absolute
 */
export function editorAddress(folder: string, env = process.env): string | undefined {
  const isElsewhere = ELSEWHERE.some((name) => env[name])
  const scheme = SCHEMES[editorName(editorOf(env))]
  return scheme && !isElsewhere
    ? `${scheme}://file${pathToFileURL(folder).pathname.replace(/\/?$/, '/')}`
    : undefined
}

/** Of containers, of WSL and of a remote shell: their files have other paths for an editor on the desk. */
const ELSEWHERE = ['CODESPACES', 'REMOTE_CONTAINERS', 'SSH_CONNECTION', 'WSL_DISTRO_NAME']

const SCHEMES: Record<string, string> = {
  code: 'vscode',
  'code-insiders': 'vscode-insiders',
  codium: 'vscodium',
  cursor: 'cursor',
  windsurf: 'windsurf',
  zed: 'zed',
}
