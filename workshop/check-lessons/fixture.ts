/** A course of two small lessons that keeps every rule, for tests that break one. */
import type { CheckManifest, LessonManifest } from '../../checks/manifest.ts'
import type { CheckState, Verdict } from '../../checks/verdict.ts'
import { type TemporaryFolder, temporaryFolder } from '../testing/folder.ts'
import type { Course } from './rule.ts'

export interface Fixture extends AsyncDisposable {
  /** The second lesson, which the rules look at. */
  lesson: LessonManifest
  course: Course
}

/** What a test changes: files, by name (undefined takes one away), the lesson, and the verdicts. */
export interface Changes {
  files?: Record<string, string | undefined>
  lesson?: Partial<LessonManifest>
  verdicts?: Record<'starter' | 'solution', Record<string, CheckState>>
}

export async function brokenCourse({
  files,
  lesson: changed,
  verdicts = VERDICTS,
}: Changes): Promise<Fixture> {
  const all = Object.entries({ ...FILES, ...files }).filter(([, text]) => text !== undefined)
  const folder: TemporaryFolder = await temporaryFolder(Object.fromEntries(all) as Record<string, string>)
  const lesson = { ...SECOND, ...changed }
  const course: Course = {
    project: folder.path,
    lessons: [FIRST, lesson],
    judge: async (_lesson, { kind }) => verdictOf(verdicts[kind === 'starter' ? 'starter' : 'solution']),
  }
  return { lesson, course, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() }
}

/** The second lesson's check, with other hints. */
export function hinted(hints: CheckManifest['hints']): Partial<LessonManifest> {
  return { checks: { two: { ...CHECK, hints } } }
}

function verdictOf(states: Record<string, CheckState>): Verdict {
  const checks = Object.entries(states).map(([id, state]) => ({ id, says: '', state, ms: 1 }))
  const passed = checks.every(({ state }) => state === 'passed')
  const about = {
    lesson: { number: 2, slug: '02-two', title: '' },
    target: { kind: 'folder', label: '' } as const,
  }
  return { schema: 1, ...about, passed, checks, notes: [], output: '', ms: 1 }
}

const CHECK: CheckManifest = {
  says: 'counts to two',
  why: '',
  fix: '',
  hints: [
    'What comes after one?',
    'console.log() prints: nodejs.org/api/console.html',
    { file: 'server.ts', lines: '2' },
  ],
}

const FIRST: LessonManifest = {
  slug: '01-one',
  title: 'One',
  goal: '',
  minutes: 1,
  entry: 'server.ts',
  edit: ['server.ts'],
  begins: 'one',
  checks: { one: { ...CHECK, hints: [CHECK.hints[0], CHECK.hints[1], { file: 'server.ts', lines: '1' }] } },
}

const SECOND: LessonManifest = {
  ...FIRST,
  slug: '02-two',
  title: 'Two',
  begins: 'two',
  checks: { two: CHECK },
}

const VERDICTS: NonNullable<Changes['verdicts']> = {
  starter: { '02-two/two': 'failed', '01-one/one': 'not-reached' },
  solution: { '02-two/two': 'passed', '01-one/one': 'passed' },
}

const CASES = {
  ...Object.fromEntries(
    Array.from({ length: 10 }, (_, i) => [
      `checks/02-two/cases/wrong/${i}/case.json`,
      '{ "says": "It is wrong.", "caught": "02-http2-server/home" }',
    ]),
  ),
  ...Object.fromEntries(
    Array.from({ length: 6 }, (_, i) => [
      `checks/02-two/cases/right/${i}/case.json`,
      '{ "says": "It is right." }',
    ]),
  ),
}

const FILES: Record<string, string> = {
  'checks/01-one/check.ts': '',
  'checks/02-two/check.ts': '',
  'checks/01-one/manifest.ts': '',
  'checks/02-two/manifest.ts': '',
  'lessons/01-one/starter/server.ts': '// TODO: Count.\n',
  'lessons/02-two/starter/server.ts': 'console.log(1)\n// TODO: Go on.\n',
  'solutions/01-one/server.ts': 'console.log(1)\n',
  'solutions/02-two/server.ts': 'console.log(1)\nconsole.log(2)\n',
  'site/src/content/docs/lessons/02-two.mdx':
    '---\ntitle: 2 · Two\nsidebar:\n  order: 2\n---\n\n<Checks slug="02-two" />\n\n<Next slug="02-two" />\n',
  'README.md': '| lesson | you build |\n|---|---|\n| 1 · One | a start |\n| 2 · Two | more |\n',
  ...CASES,
}
