import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../testing/folder.ts'
import type { CaseKind } from './cases.ts'
import { isGolden, updateGoldens, withoutBrowserWords } from './golden.ts'
import type { Grade, Graded } from './grade.ts'

test('a golden file keeps what the learner of a wrong case reads, once its own check has caught it', async () => {
  await using folder = await temporaryFolder({
    'old.txt': 'Old.\n',
    'same.txt': 'Same.\r\n',
    'missed.txt': 'Old.\n',
  })
  const graded = [
    result('old', 'wrong', 'good', 'New.\n'),
    result('same', 'wrong', 'good', 'Same.\n'),
    result('fresh', 'wrong', 'good', 'Fresh.\n'),
    result('missed', 'wrong', 'other check', 'Other.\n'),
    result('unusual', 'right', 'good', ''),
  ]
  expect(graded.map(isGolden)).toEqual([false, true, false, false, true])
  expect(await updateGoldens(graded)).toBe(2)
  expect(graded.map(isGolden)).toEqual([true, true, true, false, true])
  expect(await text('old')).toBe('New.\n')
  expect(await text('same')).toBe('Same.\r\n')
  expect(await text('missed')).toBe('Old.\n')
  await expect(text('unusual')).rejects.toThrow('ENOENT')

  function result(name: string, kind: CaseKind, grade: Grade, message: string): Graded {
    const golden = join(folder.path, `${name}.txt`)
    return { case: { name, kind, golden }, grade, message } as Graded
  }

  function text(name: string): Promise<string> {
    return readFile(join(folder.path, `${name}.txt`), 'utf8')
  }
})

test("the words of a browser's own errors are left out, and nothing else is", () => {
  const message = (received: string) => {
    return `05/loads\n  ✗ loads\n      expected   no error\n      received   ${received}\n      why        So.\n`
  }
  const bare = (received: string) => withoutBrowserWords(message(received))
  const one = bare(
    "TypeError: Cannot set properties of null (setting\n                 'value') (/page.js:12)",
  )
  expect(one).toBe(message('an error of the console (/page.js:12)'))
  expect(bare("TypeError: can't access property (/page.js:12)")).toBe(one)
  expect(bare('TypeError: state is null (/page.js:13)')).not.toBe(one)
  expect(bare('no error')).toBe(message('no error'))
})
