import { expect, test } from 'vitest'
import { editorAddress } from './editor.ts'

test.each([
  [{ TERM_PROGRAM: 'vscode' }, 'vscode://file/home/ada/my%20project/'],
  [{ VISUAL: '/usr/bin/codium --wait' }, 'vscodium://file/home/ada/my%20project/'],
  [{ EDITOR: 'vim' }, undefined],
  [{}, undefined],
  [{ TERM_PROGRAM: 'vscode', REMOTE_CONTAINERS: 'true' }, undefined],
  [{ TERM_PROGRAM: 'vscode', WSL_DISTRO_NAME: 'Debian' }, undefined],
])('with %j', { skip: process.platform === 'win32' }, (env, address) => {
  expect(editorAddress('/home/ada/my project', env)).toBe(address)
})
