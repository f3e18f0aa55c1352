import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { LessonManifest } from '../../checks/manifest.ts'
import { UsageError } from '../errors.ts'
import { isFile } from '../project/files.ts'
import { lessonFolder, shown, solutionFolder, starterFolder } from '../project/paths.ts'

/** Whose code was asked for, before it is known for which lesson. */
export type Where =
  | { kind: 'lesson' | 'starter' | 'solution' }
  | { kind: 'folder'; folder: string }
  | { kind: 'address'; origin: string }

/** Whose code is checked. `folder` is absolute; `label` is what people read: a relative path, or the address. */
export type Target =
  | { kind: 'lesson' | 'starter' | 'solution' | 'folder'; folder: string; label: string }
  | { kind: 'address'; origin: string; label: string }

/**
 * The code of one lesson that `where` means. A folder which holds a folder named like the lesson means that one.
 *
 * @throws UsageError when the lesson's entry file is not there, or is none
 */
export function targetOf(where: Where, lesson: LessonManifest): Target {
  if (where.kind === 'address') return { ...where, label: where.origin }
  const folder = folderOf(where, lesson.slug)
  const label = shown(folder)
  const target = { kind: where.kind, folder, label }
  if (!existsSync(join(folder, lesson.entry))) throw new UsageError(entryMissing(where.kind, label, lesson))
  const fault = targetFault(target, lesson)
  if (fault) throw new UsageError(fault)
  return target
}

/** Why a target can't be run at all, in one line: it may have been moved away since. Undefined when it can. */
export function targetFault(target: Target, { entry }: LessonManifest): string | undefined {
  if (target.kind === 'address') return undefined
  const { folder, label } = target
  if (!existsSync(folder)) return `${label} is not there any more. Put it back, and it is checked again.`
  if (!existsSync(join(folder, entry)) || isFile(join(folder, entry))) return undefined
  return `${label}/${entry} is a folder, a pipe or a device. Move it away, and put a file in its place.`
}

/** Where the target's server answers: at its address, or where the commands and a server started by hand listen. */
export function originOf(target: Target): string {
  return target.kind === 'address' ? target.origin : `https://localhost:${process.env.PORT || 8080}`
}

function folderOf(where: Exclude<Where, { kind: 'address' }>, slug: string): string {
  if ('folder' in where) {
    const inner = join(where.folder, slug)
    return existsSync(inner) ? inner : where.folder
  }
  return { lesson: lessonFolder, starter: starterFolder, solution: solutionFolder }[where.kind](slug)
}

function entryMissing(kind: Target['kind'], label: string, lesson: LessonManifest): string {
  const missing = `There is no ${lesson.entry} in ${label}`
  if (kind === 'folder') return `${missing}: the program of ${lesson.slug} must have that name.`
  if (kind === 'lesson')
    return `${missing}. To begin again from the starter, type: npm run reset ${Number.parseInt(lesson.slug, 10)}`
  return `${missing}: the workshop is not complete. Fetch it again.`
}
