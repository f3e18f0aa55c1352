import { expect, test } from 'vitest'
import { brokenCourse, type Changes, hinted } from './fixture.ts'
import type { Rule } from './rule.ts'
import { rules } from './rules.ts'

const NUDGE = 'What comes after one?'
const API = 'console.log() prints: nodejs.org/api/console.html'
const LINES = { file: 'server.ts', lines: '2' }

const page = 'site/src/content/docs/lessons/02-two.mdx'
const starter = 'lessons/02-two/starter/server.ts'
const solution = 'solutions/02-two/server.ts'

const passing = { '02-two/two': 'passed', '01-one/one': 'passed' } as const
const failing = { '02-two/two': 'failed', '01-one/one': 'not-reached' } as const

test('a complete lesson breaks no rule', async () => {
  expect(await problemsOf({})).toEqual({})
})

test.each<[what: string, rule: string, changes: Changes, says: RegExp]>([
  ['a slug without a number', 'checkSlug', { lesson: { slug: 'two' } }, /not NN-name/],
  ['a number out of order', 'checkSlug', { lesson: { slug: '03-two' } }, /place 2/],
  ['a number that is taken', 'checkSlug', { lesson: { slug: '01-two' } }, /another lesson/],
  ['no solution', 'checkFiles', { files: { [solution]: undefined } }, /^solutions\/02-two\/server.ts is/],
  [
    'no checks',
    'checkFiles',
    { files: { 'checks/02-two/check.ts': undefined } },
    /02-two\/check.ts is missing/,
  ],
  ['a file to edit that is not there', 'checkFiles', { lesson: { edit: ['page.js'] } }, /page.js is missing/],
  ['no page', 'checkPage', { files: { [page]: undefined } }, /mdx is missing/],
  ['a page with another title', 'checkPage', { lesson: { title: 'Twice' } }, /not the title of the lesson/],
  [
    'a page in another place',
    'checkPage',
    { files: { [page]: '\ntitle: 2 · Two\n  order: 3\n' } },
    /place in the sidebar/,
  ],
  [
    'a page without the checks',
    'checkPage',
    { files: { [page]: '\ntitle: 2 · Two\n  order: 2\n' } },
    /list the checks/,
  ],
  [
    'a page without a way on',
    'checkPage',
    { files: { [page]: '\ntitle: 2 · Two\n  order: 2\n' } },
    /the next lesson/,
  ],
  ['no row in the README', 'checkReadme', { files: { 'README.md': '| 1 · One | a start |\n' } }, /row 2/],
  [
    'a row that builds nothing',
    'checkReadme',
    { files: { 'README.md': '| 1 · One | a start |\n| 2 · Two | |\n' } },
    /row 2/,
  ],
  [
    'another title in the README',
    'checkReadme',
    { files: { 'README.md': '| 1 · One | a start |\n| 2 · Twice | more |\n' } },
    /"2 · Twice", not "2 · Two"/,
  ],
  [
    'a row of no lesson',
    'checkReadme',
    { files: { 'README.md': '| 1 · One | a |\n| 2 · Two | b |\n| 3 · Three | c |\n' } },
    /lists 3 lessons/,
  ],
  ['a nudge that tells', 'checkHints', { lesson: hinted(['Two.', API, LINES]) }, /first hint of two/],
  [
    'an API without its documentation',
    'checkHints',
    { lesson: hinted([NUDGE, 'Print it.', LINES]) },
    /second hint/,
  ],
  [
    'a hint at nothing',
    'checkHints',
    { lesson: hinted([NUDGE, API, { file: 'server.ts', lines: '3' }]) },
    /third hint/,
  ],
  ['no TODO', 'checkTodo', { files: { [starter]: 'console.log(1)\n' } }, /starter has no TODO/],
  [
    'a TODO in the solution',
    'checkTodo',
    { files: { [solution]: 'console.log(1)\nconsole.log(2) // TODO' } },
    /solution has/,
  ],
  [
    'a starter that lost lines',
    'checkScaffold',
    { files: { 'solutions/01-one/server.ts': 'a\nb\nc\nd\n' } },
    /lacks 4 lines/,
  ],
  [
    'a starter that lost a file',
    'checkScaffold',
    { files: { 'solutions/01-one/a.ts': '' } },
    /a.ts of 01-one is/,
  ],
  [
    'too much to write',
    'checkDiffSize',
    { files: { [solution]: `console.log(1)\n${'console.log(2)\n'.repeat(50)}` } },
    /50 lines/,
  ],
  [
    'a file that nothing uses',
    'checkUnused',
    { files: { 'solutions/02-two/old.ts': '' } },
    /uses solutions\/02-two\/old.ts/,
  ],
  [
    'few wrong cases',
    'checkCorpus',
    { files: { 'checks/02-two/cases/wrong/0/case.json': undefined } },
    /9 wrong cases/,
  ],
  [
    'few right cases',
    'checkCorpus',
    { files: { 'checks/02-two/cases/right/0/case.json': undefined } },
    /5 right cases/,
  ],
  [
    'a case that does not fit the solution',
    'checkCorpus',
    {
      files: {
        'checks/02-two/cases/right/old.patch':
          'says: It counts.\n\n--- server.ts\n+++ server.ts\n@@ -1,1 +1,1 @@\n-console.log(0)\n+count()\n',
      },
    },
    /old.patch: what it shows of server.ts from line 1 on is not in the solution/,
  ],
  [
    'a starter that passes',
    'checkStarter',
    { verdicts: { starter: passing, solution: passing } },
    /and passes/,
  ],
  ['a starter that fails elsewhere', 'checkStarter', { lesson: { begins: 'three' } }, /fails at 02-two\/two/],
  [
    'a solution that fails',
    'checkSolution',
    { verdicts: { starter: failing, solution: failing } },
    /02-two\/two failed/,
  ],
  [
    'a solution whose past was not checked',
    'checkSolution',
    { verdicts: { starter: failing, solution: { '02-two/two': 'passed' } } },
    /nothing of 01-one/,
  ],
])('%s', async (_what, rule, changes, says) => {
  const problems = await problemsOf(changes)
  expect(problems[rule]?.join('\n')).toMatch(says)
})

/** What the rules say of the second lesson, by the rule's name; those that say nothing are left out. */
async function problemsOf(changes: Changes): Promise<Record<string, string[]>> {
  await using fixture = await brokenCourse(changes)
  const said = await Promise.all(
    rules.map(async (rule: Rule) => [rule.name, await rule(fixture.lesson, fixture.course)] as const),
  )
  return Object.fromEntries(said.filter(([, problems]) => problems.length > 0))
}
