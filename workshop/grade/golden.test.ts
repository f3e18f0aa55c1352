import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../testing/folder.ts'
import type { CaseKind } from './cases.ts'
import { isGolden, updateGoldens } from './golden.ts'
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
