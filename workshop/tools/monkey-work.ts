/** What a learner has in their lessons: kept beside the real files, so that any change which is not theirs is seen. */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { LessonManifest } from '../../checks/manifest.ts'
import { filesIn } from '../project/files.ts'
import { lessonFolder, solutionFolder } from '../project/paths.ts'

export class Work {
  #project: string
  #lessons: readonly LessonManifest[]
  /** What is in each lesson's folder, by its slug. */
  #mine: Map<string, Record<string, string>>
  #saves = 0

  constructor(project: string, lessons: readonly LessonManifest[]) {
    this.#project = project
    this.#lessons = lessons
    this.#mine = new Map(lessons.map(({ slug }) => [slug, this.#real(slug)]))
  }

  /**
   * Saves the solution with some code behind it, as editors do.
   *
   * @param way in place, as a new file that takes the name, in a burst, or as a file that is deleted and made again
   */
  save({ slug, entry }: LessonManifest, code: string, way: 0 | 1 | 2 | 3): void {
    const path = join(lessonFolder(slug, this.#project), entry)
    const solution = readFileSync(join(solutionFolder(slug, this.#project), entry), 'utf8')
    const text = `${solution}${code}// save ${++this.#saves}\n`
    if (way === 1) {
      writeFileSync(`${path}~`, text)
      renameSync(`${path}~`, path)
    } else {
      if (way === 2) for (let turn = 0; turn < 5; turn++) writeFileSync(path, text.slice(0, turn * 99))
      if (way === 3) rmSync(path)
      writeFileSync(path, text)
    }
    this.#mine.set(slug, { ...this.#mine.get(slug), [entry]: text })
  }

  /** Throws when a byte is not as the learner wrote it. */
  verify(): void {
    const changed = this.#lessons.find(({ slug }) => !this.isMine(slug))
    if (changed) throw new Error(`lessons/${changed.slug} is not what the learner wrote`)
  }

  isMine(slug: string): boolean {
    return isDeepStrictEqual(this.#real(slug), this.#mine.get(slug))
  }

  isStarter(slug: string): boolean {
    return isDeepStrictEqual(this.#real(slug), contents(join(lessonFolder(slug, this.#project), 'starter')))
  }

  /** Whether a folder holds what the learner wrote in a lesson. */
  isKeptIn(folder: string, slug: string): boolean {
    return isDeepStrictEqual(contents(folder), this.#mine.get(slug))
  }

  #real(slug: string): Record<string, string> {
    return contents(lessonFolder(slug, this.#project), ['starter'])
  }
}

/** Every file in a folder; one that is being replaced at this moment has no text. */
function contents(folder: string, skip: string[] = []): Record<string, string> {
  return Object.fromEntries(filesIn(folder, skip).map((file) => [file, textOf(join(folder, file))]))
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
