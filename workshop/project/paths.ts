import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The project's folder, as an absolute path. Every server is started with it as its working directory. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** The learner's own files of a lesson; the tracked starter is in `starter/` inside it. */
export function lessonFolder(slug: string, project = root): string {
  return join(project, 'lessons', slug)
}

/** The code that a lesson begins with. Nothing but `git pull` changes it. */
export function starterFolder(slug: string, project = root): string {
  return join(project, 'lessons', slug, 'starter')
}

/** The finished code of a lesson. */
export function solutionFolder(slug: string, project = root): string {
  return join(project, 'solutions', slug)
}

/** Where the workshop keeps what it remembers: progress and backups. Ignored by git. */
export function memoryFolder(project = root): string {
  return join(project, '.workshop')
}

/** A path as people read it: relative to the project with forward slashes, or as it is when outside of it. */
export function shown(path: string, project = root): string {
  const inside = relative(project, path)
  if (inside === '') return '.'
  return inside.startsWith('..') || inside === path ? path : inside.split(sep).join('/')
}
