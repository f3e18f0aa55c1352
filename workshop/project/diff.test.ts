import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { lessons } from '../../checks/lessons.ts'
import { temporaryFolder } from '../testing/folder.ts'
import { diffFolders, hintHunks } from './diff.ts'
import { solutionFolder, starterFolder } from './paths.ts'

test('files that changed, came and went; equal ones are left out', async () => {
  await using folder = await temporaryFolder({
    'from/same.ts': 'same\n',
    'from/server.ts': 'one\ntwo\nthree\n',
    'from/mine.ts': 'mine\n',
    'from/.hidden': 'x',
    'from/node_modules/a.js': 'x',
    'from/starter/server.ts': 'x',
    'to/same.ts': 'same\n',
    'to/server.ts': 'one\n2\nthree\n',
    'to/page/page.js': 'new\n',
  })
  const diffs = diffFolders(join(folder.path, 'from'), join(folder.path, 'to'))
  expect(diffs.map(({ file, state, hunks }) => [file, state, hunks.flatMap(({ lines }) => lines)])).toEqual([
    ['mine.ts', 'removed', ['-mine']],
    ['page/page.js', 'added', ['+new']],
    ['server.ts', 'changed', [' one', '-two', '+2', ' three']],
  ])
})

test('line ends of Windows make no difference', async () => {
  await using folder = await temporaryFolder({ 'from/a.ts': 'one\r\ntwo\r\n', 'to/a.ts': 'one\ntwo\n' })
  expect(diffFolders(join(folder.path, 'from'), join(folder.path, 'to'))).toEqual([])
})

test('a folder that is not there has no files', async () => {
  await using folder = await temporaryFolder({ 'to/a.ts': 'a\n' })
  expect(diffFolders(join(folder.path, 'from'), join(folder.path, 'to'))).toMatchObject([{ state: 'added' }])
})

describe('every third hint shows lines of the solution', () => {
  const hints = lessons.flatMap(({ slug, checks }) =>
    Object.entries(checks).map(([name, { hints }]) => ({ id: `${slug}/${name}`, slug, hint: hints[2] })),
  )
  test.each(hints)('$id', ({ slug, hint }) => {
    const hunks = hintHunks(slug, hint)
    expect(hunks.length).toBeGreaterThan(0)
    for (const { lines } of hunks) expect(lines.join('\n')).toContain(hint.lines)
  })
})

test('a hint keeps one unchanged line on either side', () => {
  const [whole] = diffFolders(starterFolder('03-headers'), solutionFolder('03-headers'))
  const hunks = hintHunks('03-headers', { file: 'server.ts', lines: 'text/event-stream' })
  // A space, then what is changed, then a space: no two unchanged lines stand at either end.
  const ends = (lines: string[] = []) => {
    const signs = lines.map((line) => (line.startsWith(' ') ? ' ' : '±')).join('')
    return [signs.slice(0, 2), signs.slice(-2)]
  }
  expect(hunks.length).toBe(1)
  expect(ends(hunks[0]?.lines)).toEqual([' ±', '± '])
  expect(ends(whole?.hunks[0]?.lines)).toEqual(['  ', '  '])
  const known = hintHunks('03-headers', { file: 'server.ts', lines: 'server.listen' })
  expect(known.flatMap(({ lines }) => lines).filter((line) => !line.startsWith(' '))).toEqual([])
  expect(known.length).toBe(1)
  expect(hintHunks('03-headers', { file: 'none.ts', lines: 'x' })).toEqual([])
})
