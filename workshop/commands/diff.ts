import { styleText } from 'node:util'
import { lessonNumber } from '../../checks/manifest.ts'
import { readLesson } from '../args.ts'
import { diffFolders, type FileDiff } from '../project/diff.ts'
import { lessonFolder, shown, solutionFolder, starterFolder } from '../project/paths.ts'
import { currentLesson } from '../project/progress.ts'
import { ensureLesson } from '../project/starters.ts'
import { harmless } from '../render/harmless.ts'

/** `npm run diff 3`: from your code to the solution; as long as you changed nothing, that is starter → solution. */
export async function run(words: string[]): Promise<number> {
  const lesson = readLesson('diff', words) ?? (await currentLesson())
  const { slug } = lesson
  await ensureLesson(slug)
  const [yours, starter, solution] = [lessonFolder(slug), starterFolder(slug), solutionFolder(slug)]
  const untouched = diffFolders(starter, yours).length === 0
  const from = untouched ? starter : yours
  const diffs = diffFolders(from, solution)
  const title = `Lesson ${lessonNumber(slug)} · ${lesson.title}: ${untouched ? 'starter' : 'your code'} → solution`
  console.log(`\n${styleText('bold', title)}`)
  if (untouched) console.log('You have not changed the starter yet.')
  if (diffs.length === 0) console.log('Your code is the same as the solution.')
  for (const diff of diffs) console.log(`\n${formatDiff(diff, shown(from), shown(solution))}`)
  return 0
}

/** A unified diff of one file. What only you have is named, not printed: the solution does without it. */
function formatDiff({ file, state, hunks }: FileDiff, from: string, to: string): string {
  if (state === 'removed') return `Only in ${from}: ${file}`
  const head = [`--- ${state === 'added' ? '(no such file)' : `${from}/${file}`}`, `+++ ${to}/${file}`]
  const body = hunks.flatMap((hunk) => [
    styleText('cyan', `@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@`),
    ...hunk.lines.map((line) => paintLine(harmless(line))),
  ])
  return [...head.map((line) => styleText('bold', line)), ...body].join('\n')
}

function paintLine(line: string): string {
  if (line.startsWith('+')) return styleText('green', line)
  if (line.startsWith('-')) return styleText('red', line)
  return line
}
