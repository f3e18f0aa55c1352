import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { temporaryFolder } from '../workshop/testing/folder.ts'
import { ensureCerts, findCerts } from './make.ts'

const project = () => temporaryFolder({ 'certs/README.md': '' })

afterEach(() => vi.unstubAllEnvs())

describe.each(['openssl', 'the library'])('made with %s', (maker) => {
  test('a certificate that browsers accept for localhost', async () => {
    await using folder = await project()
    if (maker === 'the library') vi.stubEnv('PATH', folder.path)
    const certs = await ensureCerts(folder.path)
    expect(certs).toMatchObject({ made: true, names: ['localhost', '127.0.0.1', '::1'] })

    const certificate = new X509Certificate(await readFile(certs.cert))
    const key = createPrivateKey(await readFile(certs.key))
    expect(certificate.checkPrivateKey(key)).toBe(true)
    expect(key.asymmetricKeyDetails?.modulusLength).toBe(2048)
    expect(certificate).toMatchObject({ subject: 'CN=localhost', ca: false })
    expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']) // server authentication
    expect(certificate.checkHost('localhost')).toBe('localhost')
    expect(certificate.checkIP('127.0.0.1')).toBe('127.0.0.1')
    const days = (certs.until.getTime() - Date.now()) / 86_400_000
    expect(days).toBeGreaterThan(396)
    expect(days).toBeLessThan(398)
    if (process.platform !== 'win32') expect((await stat(certs.key)).mode & 0o777).toBe(0o600)
    expect((await readdir(join(folder.path, 'certs'))).sort()).toEqual([
      'README.md',
      'cert.pem',
      'privkey.pem',
    ])
    expect(await readdir(join(folder.path, '.workshop'))).toEqual([])
  })
})

test('what is there is left as it is', async () => {
  await using folder = await project()
  const { made, ...first } = await ensureCerts(folder.path)
  const before = await readFile(first.key, 'utf8')
  expect(await ensureCerts(folder.path)).toEqual({ made: false, ...first })
  expect(await readFile(first.key, 'utf8')).toBe(before)
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

test('half a pair, a wrong pair and a damaged file are told apart, and nothing is touched', async () => {
  await using folder = await project()
  await using other = await project()
  const { key, cert } = await ensureCerts(folder.path)
  const foreign = await ensureCerts(other.path)

  await writeFile(key, await readFile(foreign.key))
  await expect(ensureCerts(folder.path)).rejects.toThrow(
    'The key in certs/privkey.pem does not belong to certs/cert.pem. ' +
      'Move certs/privkey.pem and certs/cert.pem away, then type: npm run certs',
  )
  await writeFile(key, 'nonsense')
  await expect(ensureCerts(folder.path)).rejects.toThrow(/^certs\/privkey\.pem is damaged\. Move/)
  await rm(key)
  await expect(ensureCerts(folder.path)).rejects.toThrow(
    /^certs\/cert\.pem is there, but certs\/privkey\.pem is not\. Bring it back, or move certs\/cert\.pem away/,
  )
  expect(await readdir(join(folder.path, 'certs'))).not.toContain('privkey.pem')
  await writeFile(key, await readFile(foreign.key))
  await rm(cert)
  await expect(ensureCerts(folder.path)).rejects.toThrow(/^certs\/privkey\.pem is there/)
  expect(await readFile(key, 'utf8')).toBe(await readFile(foreign.key, 'utf8'))
})
