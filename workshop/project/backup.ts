/** What a learner had in a lesson's folder before it was exchanged. Every backup is kept. */
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { memoryFolder, root } from './paths.ts'

/** A copy of everything that a learner had in a lesson's folder. */
export interface Backup {
  slug: string
  /** Where the copy is, as an absolute path. */
  folder: string
  /** When it was made: ISO 8601, with `-` in place of `:`, which Windows forbids in file names. */
  time: string
}

/** The backup made last; undefined when there is none. */
export function latest(slug?: string, project = root): Backup | undefined {
  const slugs = slug ? [slug] : entriesOf(backupsFolder(project))
  return slugs
    .flatMap((each) => backupsOf(each, project))
    .sort((a, b) => (a.time < b.time ? -1 : 1))
    .at(-1)
}

/** The backup of a certain time, whether it is there or not. */
export function backupOf(slug: string, time: string, project: string): Backup {
  return { slug, folder: join(backupHome(slug, project), time), time }
}

/** A backup to be made: of now, or of just after the latest if that is later, as when a clock was set back. */
export function nextBackup(slug: string, project: string): Backup {
  const last = latest(undefined, project)?.time.replace(/T(\d\d)-(\d\d)-/, 'T$1:$2:')
  const time = Math.max(Date.now(), last ? Date.parse(last) + 1 : 0)
  return backupOf(slug, new Date(time).toISOString().replaceAll(':', '-'), project)
}

/** The folder with a folder for each lesson that has backups. */
export function backupsFolder(project: string): string {
  return join(memoryFolder(project), 'backups')
}

/** The folder with the backups of a lesson. What is in it under other names than a time is no backup yet. */
export function backupHome(slug: string, project: string): string {
  return join(backupsFolder(project), slug)
}

/** The names of what is in a folder; none when there is no such folder. */
export function entriesOf(folder: string): string[] {
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(folder) : []
}

/** Every backup of a lesson, in any order. */
export function backupsOf(slug: string, project: string): Backup[] {
  const times = entriesOf(backupHome(slug, project)).filter((name) =>
    /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}Z$/.test(name),
  )
  return times.map((time) => backupOf(slug, time, project))
}
