import { spawnSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runProgram } from '../support/server/program.ts'
import { LearnerServer } from '../support/server/server.ts'
import type { CheckContext } from '../support/subject.ts'
import { CERT, makeCerts } from './making.ts'
import { maySign } from './rules.ts'

let root: string

beforeAll(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'it’s a test-')))
  mkdirSync(join(root, 'certs'))
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** A context with the parts that running a program needs; the program is `make-certs.ts` in its folder. */
function contextOf(program: string): Pick<CheckContext, 'hold' | 'root' | 'signal'> {
  const folder = mkdtempSync(join(root, 'program-'))
  const entry = 'make-certs.ts'
  writeFileSync(join(folder, entry), program)
  const hold = () => new LearnerServer({ folder, entry, root })
  return { hold, root, signal: AbortSignal.timeout(20_000) }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

describe('makeCerts', () => {
  test('reads what was made, and leaves no folder behind', async () => {
    const program = `
      import { writeFileSync } from 'node:fs'
      writeFileSync(process.env.CERTS_DIR + '/cert.pem', 'hello')
      console.log(process.env.CERTS_DIR)`
    const made = await makeCerts(contextOf(program))
    expect(made.files.get(CERT)?.bytes.toString()).toBe('hello')
    expect(made.ran.exit?.code).toBe(0)
    expect(made.elsewhere).toBe(false)
    expect(existsSync(made.ran.output.trim())).toBe(false)
  })

  test('notices a program that writes into certs/ in place of CERTS_DIR', async () => {
    const program = `
      import { writeFileSync } from 'node:fs'
      writeFileSync('certs/cert.pem', 'hello')`
    const made = await makeCerts(contextOf(program))
    expect(made.files.size).toBe(0)
    expect(made.elsewhere).toBe(true)
  })
})

describe('runProgram', () => {
  test('stops a program that never ends, and what it started', async () => {
    const program = `
      import { spawn } from 'node:child_process'
      const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' })
      console.log(child.pid)
      process.on('SIGTERM', () => {})`
    const ran = await runProgram(contextOf(program), {}, 4000)
    expect(ran.exit).toBeUndefined()
    const pid = Number(ran.output)
    expect(pid).toBeGreaterThan(0)
    await expect.poll(() => isRunning(pid), { timeout: 2000 }).toBe(false)
  })

  test('stops a program that listens, and says where', async () => {
    const program = `
      import { createServer } from 'node:net'
      const server = createServer().listen(0, () => console.log(server.address().port))`
    const ran = await runProgram(contextOf(program), {}, 10_000)
    expect(ran.exit).toBeUndefined()
    expect(ran.listening).toBe(Number(ran.output))
  })

  test('ends with the signal', async () => {
    const context = { ...contextOf('setInterval(() => {}, 1000)'), signal: AbortSignal.timeout(300) }
    await expect(runProgram(context, {}, 10_000)).rejects.toThrow()
  })
})

describe('maySign', () => {
  test.each([
    ['digitalSignature', true],
    ['critical,digitalSignature,keyEncipherment', true],
    ['keyEncipherment,dataEncipherment', false],
    ['critical,keyCertSign', false],
    ['critical,keyAgreement,encipherOnly,decipherOnly', false],
    [undefined, true],
  ])('keyUsage=%s → %s', (keyUsage, expected) => {
    const folder = mkdtempSync(join(root, 'usage-'))
    const names = ['-subj', '/CN=localhost', '-keyout', join(folder, 'key.pem')]
    const extension = keyUsage ? ['-addext', `keyUsage=${keyUsage}`] : []
    const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
    const { stdout } = spawnSync('openssl', ['req', '-x509', ...kind, ...names, ...extension])
    expect(maySign(new X509Certificate(stdout))).toBe(expected)
  })
})
