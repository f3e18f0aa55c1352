/**
 * `npm run quick`: what a change touches, for daily work. These are the tests that import a changed file or stand beside
 * one, and the cases of each lesson whose own files changed. `npm run quick main` takes all that changed since `main`.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { dirname } from 'node:path'
import { createVitest } from 'vitest/node'
import { lessons } from '../../checks/lessons.ts'
import { root, shown } from '../project/paths.ts'

const [base = 'HEAD'] = process.argv.slice(2)
const changed = [...git('diff', '--name-only', base), ...git('ls-files', '--others', '--exclude-standard')]
const folders = new Set(changed.map((file) => dirname(file)))

const vitest = await createVitest('test', { changed: base, watch: false })
const importing = new Set((await vitest.getRelevantTestSpecifications()).map(({ moduleId }) => moduleId))
const tests = (await vitest.globTestSpecifications()).filter(({ project, moduleId }) => {
  return project.name === 'workshop' && (importing.has(moduleId) || folders.has(dirname(shown(moduleId))))
})
await vitest.close()
if (tests.length > 0)
  run('node_modules/vitest/vitest.mjs', 'run', ...tests.map(({ moduleId }) => shown(moduleId)))

const touched = lessons.filter(({ slug }) => changed.some((file) => file.split('/')[1] === slug))
if (touched.length > 0) run('workshop/main.mjs', 'grade', ...touched.map(({ slug }) => slug))

console.log(
  `${tests.length} test files, and the cases of ${touched.length} lessons. npm test runs everything.`,
)

function run(...args: string[]): void {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' })
  if (status !== 0) process.exitCode = 1
}

function git(...args: string[]): string[] {
  return execFileSync('git', [...args, '-z'], { cwd: root, encoding: 'utf8' })
    .split('\0')
    .filter(Boolean)
}
