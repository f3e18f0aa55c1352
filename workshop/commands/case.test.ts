/** `npm run case` from end to end, in a copy of the project. */
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Copy, copyProject } from '../testing/copy.ts'

let copy: Copy
beforeAll(async () => {
  copy = await copyProject()
})
afterAll(() => copy[Symbol.asyncDispose]())

const KNOWN = '03-headers/wrong/cached-for-an-hour'
const PATCH = 'checks/03-headers/cases/wrong/cached-for-an-hour.patch'

test('a case is taken out, changed, and put back', async () => {
  const out = `.workshop/cases/${KNOWN}`
  const before = await read(PATCH)
  expect(await copy.run(['case', '3/wrong/cached-for-an-hour'])).toEqual({
    code: 0,
    stdout: `${out} is the case.
To check it:         npm run check 3 ${out}
When it is changed:  npm run case ${KNOWN} ${out}
`,
    stderr: '',
  })
  await change(`${out}/server.ts`, 'max-age=3600', 'max-age=7200')
  const again = await copy.run(['case', KNOWN])
  expect(again.stdout).toContain(`${out} is there already. To begin anew, remove it first.\n`)
  const stdout = `${PATCH} is written, and ${out} removed.\n`
  expect(await copy.run(['case', KNOWN, out])).toEqual({ code: 0, stdout, stderr: '' })
  const changed = before.replace('max-age=3600', 'max-age=7200')
  expect(withoutPlaces(await read(PATCH))).toBe(withoutPlaces(changed))
  expect(existsSync(join(copy.root, out))).toBe(false)
})

/** A patch applies wherever its lines stand, so a solution may grow above them: their numbers are no part of it. */
const withoutPlaces = (patch: string) => patch.replace(/^@@ .* @@$/gm, '@@')

test('a new case is made of a folder with the file that differs', async () => {
  const { stdout } = await copy.run(['case', '03-headers/wrong/new-one'])
  expect(stdout).toContain('/new-one is the solution, to begin a new case with.\n')
  await mkdir(join(copy.root, 'mine'))
  await writeFile(join(copy.root, 'mine', 'server.ts'), await read('solutions/03-headers/server.ts'))
  const nothing = 'mine has no file that differs from solutions/03-headers.\n'
  expect(await copy.run(['case', '03-headers/wrong/new-one', 'mine'])).toMatchObject({
    code: 2,
    stderr: nothing,
  })
  await change('mine/server.ts', "'GET'", "'PUT'")
  expect((await copy.run(['case', '03-headers/wrong/new-one', 'mine'])).stdout).toBe(
    `checks/03-headers/cases/wrong/new-one.patch is written.
Say in its first lines what the server does, and which check must catch it.
`,
  )
  expect(await read('checks/03-headers/cases/wrong/new-one.patch')).toMatch(
    /^says: \ncaught: 03-headers\/\n\n--- server.ts\n\+\+\+ server.ts\n@@ /,
  )
  const graded = await copy.run(['grade', '3'])
  expect(graded).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/new-one.patch: it does not say what/),
  })
  await rm(join(copy.root, 'checks/03-headers/cases/wrong/new-one.patch'))
})

test.each([
  [['case'], /^Type npm run case 03-headers/],
  [['case', '3'], /^Type npm run case 03-headers/],
  [['case', '99/wrong/a'], /^Type npm run case 03-headers/],
  [['case', '3/odd/a'], /^Type npm run case 03-headers/],
  [['case', '3/wrong/a', 'b', 'c'], /^Type npm run case 03-headers/],
  [['case', '3/wrong/a', 'nowhere'], /^There is no folder nowhere\.\n/],
  [
    ['case', '3/right/compat-api', 'solutions'],
    /^checks\/03.*\/compat-api is no patch\. Change its files there/,
  ],
])('%j is answered with what to type', async (words, says) => {
  expect(await copy.run(words)).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(says) })
})

test('patches are brought up to date, and a conflict is laid out to be settled', async () => {
  const git = (...words: string[]) => execFileSync('git', words, { cwd: copy.root, stdio: 'ignore' })
  git('init')
  git('add', 'solutions')
  const user = ['-c', 'user.name=A', '-c', 'user.email=a@localhost', '-c', 'commit.gpgSign=false']
  git(...user, 'commit', '-m', 'One step')
  expect(await copy.run(['case', 'rebase'])).toEqual({
    code: 0,
    stdout: 'Every patch fits its solution.\n',
    stderr: '',
  })

  await change('solutions/03-headers/server.ts', "'no-cache' })", "'no-cache' }) // reworded")
  const { code, stdout } = await copy.run(['case', 'rebase'])
  expect(code).toBe(1)
  const out = `.workshop/cases/${KNOWN}`
  expect(stdout).toContain(`✗ ${KNOWN}: the solution and the case changed the same lines
    Settle it in ${out}, then: npm run case ${KNOWN} ${out}\n`)
  expect(stdout).toMatch(/^✓ 03-headers\/\w+\/[\w-]+$/m)
  expect(stdout).toMatch(
    /\nBrought up to date: \d+\. Left as they were: \d+\.\n.* npm run case rebase HEAD~1\n$/,
  )
  const nowhere = await copy.run(['case', 'rebase', 'nowhere'])
  expect(nowhere).toMatchObject({ code: 2, stderr: expect.stringMatching(/\nfatal: .*nowhere/) })

  const unsettled = `${out}/server.ts still has two versions between markers.\n`
  expect(await copy.run(['case', KNOWN, out])).toMatchObject({ code: 2, stderr: unsettled })
  const ours = /^<<<<<<< .*\n|^\|{7} [\s\S]*?^=======\n[\s\S]*?^>>>>>>> .*\n/gm
  await change(`${out}/server.ts`, ours, '')
  await change(`${out}/server.ts`, 'no-cache', 'max-age=3600')
  expect(await copy.run(['case', KNOWN, out])).toMatchObject({ code: 0 })
  expect(await read(PATCH)).toContain(
    "+    stream.respond({ ':status': 200, 'content-type': 'text/event-stream'",
  )
  expect((await copy.run(['case', 'rebase'])).stdout).not.toContain(KNOWN)
})

function read(file: string): Promise<string> {
  return readFile(join(copy.root, file), 'utf8')
}

/** Changes a text in a file of the copy, which must be there. */
async function change(file: string, from: string | RegExp, to: string): Promise<void> {
  const before = await read(file)
  const after = before.replaceAll(from, to)
  if (after === before) throw new Error(`${file} has no ${from}`)
  await writeFile(join(copy.root, file), after)
}
