/** What a lesson gives, and what its steps ask for, is right to TypeScript as well: no learner gets a note for it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { lessons } from '../../checks/lessons.ts'
import { solutionFolder, starterFolder } from '../project/paths.ts'
import { typeNotes } from '../run/typecheck.ts'
import { temporaryFolder } from '../testing/folder.ts'

/** As in the project's folder. */
const MODULE = '{ "type": "module" }'

/** Long enough for a busy machine, in milliseconds. */
const PATIENCE_MS = 50_000

test.for(lessons.map(({ slug, entry }) => [slug, entry] as const))(
  '%s',
  { timeout: 120_000 },
  async ([slug, entry]) => {
    expect(await typeNotes(starterFolder(slug), entry, PATIENCE_MS)).toEqual([])
    expect(await typeNotes(solutionFolder(slug), entry, PATIENCE_MS)).toEqual([])
  },
)

test.for([
  "readFileSync(new URL('page.html', import.meta.url))",
  "readFileSync(new URL('page.html', import.meta.url), 'utf8')",
])('a page that is read with %s', { timeout: 60_000 }, async (read) => {
  const starter = readFileSync(join(starterFolder('05-client-page'), 'server.ts'), 'utf8')
  const server = starter.replace("'Hello over HTTP/2!\\n'", read)
  expect(server).toContain(read)
  await using folder = await temporaryFolder({ 'server.ts': server, 'package.json': MODULE })
  expect(await typeNotes(folder.path, 'server.ts', PATIENCE_MS)).toEqual([])
})
