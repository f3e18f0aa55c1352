import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { lessons } from '../../checks/lessons.ts'
import { temporaryFolder } from '../testing/folder.ts'
import { findCases, nameOf, surveyCases } from './cases.ts'

const lesson = lessons[2]
if (!lesson) throw new Error('there is no third lesson')
const { slug } = lesson
const folder = `checks/${slug}/cases`

const patch = (about: string) => `${about}\n\n--- server.ts\n+++ server.ts\n@@ -1,2 +1,2 @@\n a\n-b\n+B\n`
const says = 'says: It has a B.'
const caught = `caught: ${slug}/stays-open`
const solution = { [`solutions/${slug}/server.ts`]: 'a\nb\nc\n', [`solutions/${slug}/page.js`]: 'd\n' }

test('a case is a patch with its message beside it, or a folder of files with its message in it', async () => {
  await using project = await temporaryFolder({
    ...solution,
    [`${folder}/wrong/patched.patch`]: patch(`${says}\n${caught}`),
    [`${folder}/wrong/patched.txt`]: 'Its message.\n',
    [`${folder}/wrong/another/case.json`]: `{ "says": "It is another.", "caught": "${slug}/stays-open" }`,
    [`${folder}/wrong/another/server.ts`]: '\uFEFFother\r\n',
    [`${folder}/wrong/another/lib/case.json`]: '{}',
    [`${folder}/wrong/another/message.txt`]: 'Its message.\n',
    [`${folder}/right/unusual.patch`]: patch(says),
    [`${folder}/right/.DS_Store`]: '',
  })
  const cases = findCases([lesson], project.path)
  expect(cases.map((each) => [nameOf(each), each.says, each.caught, texts(each.files)])).toEqual([
    [
      `${slug}/wrong/another`,
      'It is another.',
      `${slug}/stays-open`,
      { 'server.ts': '\uFEFFother\r\n', 'lib/case.json': '{}' },
    ],
    [`${slug}/wrong/patched`, 'It has a B.', `${slug}/stays-open`, { 'server.ts': 'a\nB\nc\n' }],
    [`${slug}/right/unusual`, 'It has a B.', undefined, { 'server.ts': 'a\nB\nc\n' }],
  ])
  for (const { kind, golden } of cases) {
    if (kind === 'wrong') expect(readFileSync(golden, 'utf8')).toBe('Its message.\n')
  }
})

test('all cases that can not be put together are named at once, with what to type', async () => {
  await using project = await temporaryFolder({
    ...solution,
    [`solutions/${slug}/server.ts`]: 'a\nreworded\nc\n',
    [`${folder}/wrong/both.patch`]: patch(`${says}\n${caught}`)
      .replace('-b\n+B', '-c\n+C')
      .replace(' a\n', ' reworded\n'),
    [`${folder}/wrong/both/case.json`]: '{}',
    [`${folder}/wrong/mute.patch`]: patch(caught).replace('-b', '-reworded'),
    [`${folder}/wrong/old.patch`]: patch(`${says}\n${caught}`),
    [`${folder}/wrong/orphan.txt`]: 'The message of nothing.\n',
    [`${folder}/wrong/uncaught.patch`]: patch(says).replace('-b', '-reworded'),
    [`${folder}/wrong/unknown.patch`]: patch(`${says}\ncaught: ${slug}/nothing`).replace('-b', '-reworded'),
    [`${folder}/right/blamed.patch`]: patch(`${says}\n${caught}`).replace('-b', '-reworded'),
    [`${folder}/right/good.patch`]: patch(says).replace('-b', '-reworded'),
    [`${folder}/right/no-json/case.json`]: 'says: It has no JSON.',
  })
  const { cases, problems } = surveyCases([lesson], project.path)
  expect(cases.map(nameOf)).toEqual([`${slug}/wrong/both`, `${slug}/right/good`])
  expect(problems).toEqual([
    `${folder}/wrong/both: a patch has the same name`,
    `${folder}/wrong/mute.patch: it does not say what its server does: "says" is missing`,
    `${folder}/wrong/old.patch: what it shows of server.ts from line 1 on is not in the solution`,
    `${folder}/wrong/orphan.txt: this is no patch, no folder, and no message of a patch`,
    `${folder}/wrong/uncaught.patch: it names no check that must catch it: "caught" is missing`,
    `${folder}/wrong/unknown.patch: there is no check ${slug}/nothing`,
    `${folder}/right/blamed.patch: nothing must catch a right case: "caught" is too much`,
    expect.stringMatching(/no-json: .*JSON/),
  ])
  const error = attempt(() => findCases([lesson], project.path))
  for (const problem of problems) expect(error).toContain(problem)
  expect(error).toContain('"npm run case rebase"')
})

function texts(files: ReadonlyMap<string, string | Uint8Array>): Record<string, string> {
  return Object.fromEntries([...files].map(([name, content]) => [name, Buffer.from(content).toString()]))
}

function attempt(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    return String(error)
  }
  throw new Error('nothing was thrown')
}
