import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { generate } from 'selfsigned'
import { describe, expect, test } from 'vitest'
import { makeCerts, writeCerts } from '../../certs/make.ts'
import { UsageError } from '../errors.ts'
import { temporaryFolder } from '../testing/folder.ts'
import { ensureCerts, findCerts } from './certs.ts'
import { solutionFolder } from './paths.ts'

const project = () => temporaryFolder({ 'certs/README.md': '' })

test('what is there is left as it is', async () => {
  await using folder = await project()
  const { made, ...first } = await ensureCerts(folder.path)
  expect(made).toBe(true)
  const before = await readFile(first.key, 'utf8')
  expect(await ensureCerts(folder.path)).toEqual({ ...first, made: false, news: '' })
  expect(await readFile(first.key, 'utf8')).toBe(before)
  expect(await readdir(join(folder.path, '.workshop'))).toEqual(['certs.lock'])
})

test('five at once make one pair', async () => {
  await using folder = await project()
  const all = await Promise.all(Array.from({ length: 5 }, () => ensureCerts(folder.path)))
  expect(all.filter(({ made }) => made).length).toBe(1)
})

test('looking makes nothing', async () => {
  await using folder = await project()
  expect(await findCerts(folder.path)).toBeUndefined()
  expect(await readdir(folder.path)).toEqual(['certs'])
})

describe('what can not be used is no dead end', () => {
  test.each<[string, (key: string, cert: string) => Promise<void>, says: RegExp]>([
    [
      'the key is gone',
      (key) => rm(key),
      /^certs\/cert\.pem is there, but certs\/privkey\.pem is not\. It is kept in/,
    ],
    ['a key alone', (_, cert) => rm(cert), /^certs\/privkey\.pem is there, but certs\/cert\.pem is not\. /],
    ['a damaged key', (key) => writeFile(key, 'nonsense'), /^certs\/privkey\.pem is damaged\. /],
  ])('%s: it is kept, and a new pair is made', async (_, spoil, says) => {
    await using folder = await project()
    const { key, cert } = await ensureCerts(folder.path)
    await spoil(key, cert)
    const left = await textsIn(join(folder.path, 'certs'))
    await expect(findCerts(folder.path)).rejects.toThrow(UsageError)
    const { made, news } = await ensureCerts(folder.path)
    expect(made).toBe(true)
    expect(news).toMatch(says)
    const aside = news.match(/kept in (certs\/old-[\w-]+)\//)?.[1] ?? ''
    expect(await textsIn(join(folder.path, aside))).toEqual(left)
    expect(await findCerts(folder.path)).toBeDefined()
    expect((await ensureCerts(folder.path)).made).toBe(false)
  })
})

test('a certificate whose time is over is kept, and a new pair is made', async () => {
  await using folder = await project()
  const notAfterDate = new Date('2024-02-29T12:00:00Z')
  const names = [{ name: 'commonName', value: 'localhost' }]
  const over = await generate(names, { notBeforeDate: new Date('2024-02-01'), notAfterDate, keySize: 2048 })
  await writeCerts(join(folder.path, 'certs'), { key: over.private, cert: over.cert })
  const { made, news, until } = await ensureCerts(folder.path)
  expect(made).toBe(true)
  expect(until.getTime()).toBeGreaterThan(Date.now())
  expect(news).toMatch(/^The certificate in certs\/ ended on 2024-02-29\. It is kept in certs\/old-/)
  expect((await ensureCerts(folder.path)).made).toBe(false)
})

describe('once lesson 1 has passed', { timeout: 30_000 }, () => {
  test('its program makes the certificate', async () => {
    await using folder = await withLesson(SOLUTION)
    const { made, news, isOurs, names } = await ensureCerts(folder.path)
    expect({ made, isOurs, names }).toEqual({ made: true, isOurs: false, names: ['localhost', '127.0.0.1'] })
    expect(news).toBe(`${BY_LESSON} How to trust it: certs/README.md`)
    expect((await ensureCerts(folder.path)).made).toBe(false)
    if (process.platform !== 'win32') {
      expect((await stat(join(folder.path, 'certs', 'privkey.pem'))).mode & 0o777).toBe(0o600)
    }
  })

  test("it takes the place of the workshop's", async () => {
    await using folder = await withLesson(SOLUTION)
    await makeCerts(join(folder.path, 'certs'))
    const { isOurs, news } = await ensureCerts(folder.path)
    expect(isOurs).toBe(false)
    expect(news).toMatch(/is now the one that your lesson 1 makes\. The one before is kept in certs\/old-/)
    expect((await ensureCerts(folder.path)).made).toBe(false)
  })

  test('it takes the place of a key that a failed run left alone', async () => {
    await using folder = await withLesson(SOLUTION)
    await writeFile(join(folder.path, 'certs/privkey.pem'), 'of a run that failed')
    const { isOurs, news } = await ensureCerts(folder.path)
    expect(isOurs).toBe(false)
    expect(news).toMatch(/^certs\/privkey\.pem is there, but .* The certificate in certs\/ is now the one/)
  })

  test('it takes the place of one with a common name alone', async () => {
    await using folder = await withLesson(SOLUTION)
    await makeNameless(folder.path)
    const { names, news } = await ensureCerts(folder.path)
    expect(names).toContain('localhost')
    expect(news).toMatch(/does not name localhost: .* is now the one that your lesson 1 makes/)
  })

  test.each([
    ['fails', 'process.exit(1)'],
    ['makes one that vouches for any site', SOLUTION.replace(/.*keyUsage=.*\n/, '')],
    ['makes one for another host', SOLUTION.replace('DNS:localhost', 'DNS:elsewhere')],
  ])('where it %s by now, that is said, and the workshop helps out', async (_, program) => {
    await using folder = await withLesson(program)
    const first = await ensureCerts(folder.path)
    expect(first).toMatchObject({
      made: true,
      isOurs: true,
      news: expect.stringMatching(/npm run check 1 says why/),
    })
    expect(await ensureCerts(folder.path)).toMatchObject({ made: false, isOurs: true })
  })
})

test('before lesson 1 has passed, a certificate with a common name alone is used, and that is said', async () => {
  await using folder = await project()
  await makeNameless(folder.path)
  const { made, news } = await ensureCerts(folder.path)
  expect(made).toBe(false)
  expect(news).toMatch(/does not name localhost: browsers refuse it.* Once lesson 1 passes/)
})

const SOLUTION = readFileSync(join(solutionFolder('01-certs'), 'make-certs.ts'), 'utf8')
const BY_LESSON = 'The certificate in certs/ is now the one that your lesson 1 makes.'

/** A project whose lesson 1 has passed once, and has this program now. */
function withLesson(program: string) {
  return temporaryFolder({
    'certs/README.md': '',
    'package.json': '{ "type": "module" }',
    'lessons/01-certs/make-certs.ts': program,
    '.workshop/progress.json': '{ "version": 1, "done": { "01-certs": "2026-01-02T03:04:05.678Z" } }',
  })
}

/** What lesson 1 makes without a subjectAltName. */
async function makeNameless(path: string): Promise<void> {
  const options =
    'req -x509 -newkey rsa:2048 -nodes -subj /CN=localhost -keyout certs/privkey.pem -out certs/cert.pem'
  execFileSync('openssl', options.split(' '), { cwd: path, stdio: 'ignore' })
}

/** The two files, as far as they are there. */
async function textsIn(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.pem')).sort()
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')])),
  )
}
