import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { LessonManifest } from '../../checks/manifest.ts'
import { filesIn } from '../project/files.ts'
import { shown, solutionFolder, starterFolder } from '../project/paths.ts'
import type { Course } from './rule.ts'

/** Each file is there for something: it is run, or edited, or another file names it. */
export function checkUnused({ slug, entry, edit }: LessonManifest, { project }: Course): string[] {
  return [starterFolder(slug, project), solutionFolder(slug, project)].flatMap((folder) => {
    const files = filesIn(folder).map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') }))
    const isUsed = (file: string) =>
      file === entry ||
      edit.includes(file) ||
      files.some((other) => other.file !== file && other.text.includes(basename(file)))
    const unused = files.filter(({ file }) => !isUsed(file))
    return unused.map(({ file }) => `nothing uses ${shown(join(folder, file), project)}`)
  })
}
