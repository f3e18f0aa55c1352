/** The steps that the page offers for a workflow, run as they stand: only that this site and that server are here. */
import { execFile, execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, inject, test } from 'vitest'
import { temporaryFolder } from '../../../workshop/testing/folder.ts'
import { http, https } from '../../../workshop/testing/web.ts'
import { BASE } from '../browser.ts'

const { folder } = inject('built')

/** What stands behind each `run:` of the page, with the address of a server in place of the example's. */
function steps(origin: string): string[] {
  const page = readFileSync(join(folder, 'inspect/index.html'), 'utf8')
  // The button that copies holds the code as it is; its line ends are written as DEL.
  const [, copied = ''] = /data-code="(- run: [^"]*)"/.exec(page) ?? []
  return copied
    .split('\u007f')
    .map((line) => line.replace(/^- run: /, '').replace('http://localhost:3000', origin))
}

interface Ended {
  code: number | null
  stdout: string
}

/** Runs a step as GitHub's runner does. */
function run(step: string, cwd: string): Promise<Ended> {
  const options = { cwd, env: { ...process.env, CURL_HOME: cwd, GITHUB_ACTIONS: 'true' }, timeout: 60_000 }
  return new Promise((resolve) => {
    const child = execFile('bash', ['-e', '-c', step], options, (_, stdout) =>
      resolve({ code: child.exitCode, stdout }),
    )
  })
}

test('the steps for a workflow fetch the file, pass a right stream, and annotate a wrong one', async () => {
  await using here = await temporaryFolder()
  await using site = await https((request, answer) => {
    const name = request.url?.replace(BASE, '')
    if (name === 'sse-inspect.mjs') answer.end(readFileSync(join(folder, name)))
    else answer.writeHead(404).end()
  })
  // Leads curl, whose words stay as they are, to the site that was built here.
  const { port } = new URL(site.origin)
  await writeFile(join(here.path, '.curlrc'), `connect-to = "example.org:443:localhost:${port}"\ninsecure\n`)
  await using web = await http((request, answer) => {
    const head = { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' }
    answer.writeHead(request.url === '/sse' ? 200 : 404, head).end('data: hello\n\n')
  })
  await using wrong = await http((_request, answer) => {
    answer.writeHead(200, { 'content-type': 'text/plain' }).end('data: hello\n\n')
  })

  const [fetching = '', inspecting = '', ...more] = steps(web.origin)
  expect(more).toEqual([])
  expect(await run(fetching, here.path)).toEqual({ code: 0, stdout: '' })
  expect(readFileSync(join(here.path, 'sse-inspect.mjs'))).toEqual(
    readFileSync(join(folder, 'sse-inspect.mjs')),
  )
  expect(await run(inspecting, here.path)).toMatchObject({ code: 0 })
  const [, inspectingWrong = ''] = steps(wrong.origin)
  const failed = await run(inspectingWrong, here.path)
  expect(failed.code).toBe(1)
  expect(failed.stdout).toMatch(/^::error title=other-content-type/m)
})

test('the file that is offered leads to the playground of its site', () => {
  const words = [join(folder, 'sse-inspect.mjs'), '-', '--json']
  const report = execFileSync(process.execPath, words, { input: 'data: 1\n\n', encoding: 'utf8' })
  expect(JSON.parse(report)).toMatchObject({
    playground: expect.stringContaining(`https://example.org${BASE}playground/#`),
  })
})
