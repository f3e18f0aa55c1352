/** Builds the site once for all tests in this folder. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { buildSite } from '../browser.ts'

declare module 'vitest' {
  interface ProvidedContext {
    built: {
      /** Where the site was built to. */
      folder: string
      /** What the build printed. */
      printed: string
    }
  }
}

export default async function setup(project: TestProject): Promise<() => void> {
  const temporary = mkdtempSync(join(tmpdir(), 'site-'))
  const folder = join(temporary, 'dist')
  project.provide('built', { folder, printed: await buildSite(folder) })
  return () => rmSync(temporary, { recursive: true, force: true })
}
