import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { addressSpaceFault } from './address-space.mjs'
import { root } from './project/paths.ts'

test('the limit is read as Linux tells it; where nothing is told, nothing is wrong', () => {
  const line = (soft: string) => `Max open files  1024 4096 files\nMax address space         ${soft} bytes \n`
  expect(addressSpaceFault(line('unlimited            unlimited           '))).toBeUndefined()
  expect(addressSpaceFault(line('17179869184          unlimited           '))).toBeUndefined()
  expect(addressSpaceFault(line('4096000000           unlimited           '))).toMatch(
    /^A program may reserve 3\.8 GiB/,
  )
  expect(addressSpaceFault('')).toBeUndefined()
})

test.skipIf(process.platform !== 'linux')('a check that can not run says so in one line', async () => {
  const command = 'ulimit -v 6000000; exec "$0" workshop/main.mjs check 3 solutions'
  const ended = promisify(execFile)('/bin/sh', ['-c', command, process.execPath], { cwd: root })
  await expect(ended).rejects.toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringMatching(/^A program may reserve 5\.7 GiB of memory here, .*ulimit -v unlimited\n$/),
  })
})
