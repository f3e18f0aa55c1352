/** What the ending of the course tells learners to type, as typed: their server runs in a folder of its own. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, readFile } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { lessons } from '../../checks/lessons.ts'
import type { LessonManifest } from '../../checks/manifest.ts'
import { connect } from '../../checks/support/client/client.ts'
import { freePort } from '../../checks/support/server/ports.ts'
import { ensureCerts } from '../project/certs.ts'
import { lessonFolder, root, solutionFolder } from '../project/paths.ts'
import { copyProject } from '../testing/copy.ts'
import { endText, keepCommands } from './texts.ts'

const last = lessons.at(-1) as LessonManifest
const commands = keepCommands(last)

test('the ending and the README tell it', async () => {
  const ending = endText(last, { paint: (_, text) => text, width: 80 }).map((line) => line.trim())
  expect(ending.slice(-commands.length)).toEqual(commands)
  const readme = await readFile(join(root, 'README.md'), 'utf8')
  expect(readme).toContain(`\n\`\`\`sh\n${commands.join('\n')}\n\`\`\`\n`)
})

// PowerShell has a `cp` of its own.
test.skipIf(process.platform === 'win32').for(['node', 'tsx'])('it is true with %s', async (program) => {
  await using copy = await copyProject() // whose neighbour `my-server` goes when it goes
  await ensureCerts(copy.root)
  await cp(solutionFolder(last.slug), lessonFolder(last.slug, copy.root), { recursive: true })
  const port = await freePort()
  // The packages come from here, and not from the network.
  const packages = ['eventsource-parser', 'redis'].map((name) => `'${join(root, 'node_modules', name)}'`)
  const install = `mkdir node_modules; cp -r ${packages.join(' ')} node_modules`
  const script = commands
    .join('\n')
    .replace('npm install eventsource-parser redis', install)
    .replace('\nnode ', `\n${program} `)
  const programs = [dirname(process.execPath), join(root, 'node_modules/.bin')]
  const shell = spawn('sh', ['-ec', script], {
    cwd: copy.root,
    env: { PATH: [...programs, process.env.PATH].join(delimiter), PORT: String(port) },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  })
  const closed = once(shell, 'close')
  try {
    for await (const text of shell.stdout) if (`${text}`.includes('Listening')) break // else the shell has failed
    await using client = await connect(`https://localhost:${port}`)
    const events = client.get('/events')
    expect(await events.until(({ text }) => /^data: .+Z\n\n/m.test(text), 20_000), events.text).toBe(true)
    expect((await client.get('/').head).headers['content-type']).toContain('text/html')
  } finally {
    if (shell.pid && shell.exitCode === null) process.kill(-shell.pid)
    await closed
  }
})
