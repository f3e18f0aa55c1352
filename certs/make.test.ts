import { createPrivateKey, X509Certificate } from 'node:crypto'
import { mkdtempDisposable, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { KeyUsageFlags, KeyUsagesExtension, X509Certificate as Parsed } from '@peculiar/x509'
import { expect, test } from 'vitest'
import { CertsError, makeCerts, readCerts, setAside } from './make.ts'

const newFolder = () => mkdtempDisposable(join(tmpdir(), 'wörk shop-'))

test('a certificate that browsers accept for localhost, and that vouches for nothing else', async () => {
  await using folder = await newFolder()
  const certs = await makeCerts(folder.path)
  expect(certs.names).toEqual(['localhost', '127.0.0.1', '::1'])
  expect(await readCerts(folder.path)).toEqual(certs)

  const certificate = new X509Certificate(await readFile(certs.cert))
  const key = createPrivateKey(await readFile(certs.key))
  expect(certificate.checkPrivateKey(key)).toBe(true)
  expect(key.asymmetricKeyDetails?.namedCurve).toBe('prime256v1')
  expect(certificate).toMatchObject({ subject: 'CN=localhost\nO=Server-Sent Events workshop', ca: false })
  expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']) // what Node calls so is extKeyUsage: serverAuth
  expect(new Parsed(certificate.raw).getExtension(KeyUsagesExtension)).toMatchObject({
    critical: true,
    usages: KeyUsageFlags.digitalSignature,
  })
  expect(certificate.checkHost('localhost')).toBe('localhost')
  expect(certificate.checkIP('127.0.0.1')).toBe('127.0.0.1')
  const days = (certs.until.getTime() - Date.now()) / 86_400_000
  expect(days).toBeGreaterThan(396)
  expect(days).toBeLessThan(398)
  if (process.platform !== 'win32') expect((await stat(certs.key)).mode & 0o777).toBe(0o600)
  expect((await readdir(folder.path)).sort()).toEqual(['cert.pem', 'privkey.pem'])
  for (const path of [certs.key, certs.cert]) expect(await readFile(path, 'utf8')).toMatch(/-----\n$/)
})

test('looking makes nothing', async () => {
  await using folder = await newFolder()
  expect(await readCerts(folder.path)).toBeUndefined()
  expect(await readdir(folder.path)).toEqual([])
})

test('a file that is there is not overwritten, and no half pair is left beside it', async () => {
  await using folder = await newFolder()
  await writeFile(join(folder.path, 'cert.pem'), 'mine')
  await expect(makeCerts(folder.path)).rejects.toThrow(/EEXIST/)
  expect(await readdir(folder.path)).toEqual(['cert.pem'])
  expect(await readFile(join(folder.path, 'cert.pem'), 'utf8')).toBe('mine')
})

test('what is there is set aside under its own names, and nothing of it is lost', async () => {
  await using folder = await newFolder()
  const { key } = await makeCerts(folder.path)
  await rm(key)
  const before = await readFile(join(folder.path, 'cert.pem'), 'utf8')
  const aside = await setAside(folder.path)
  expect(await readdir(folder.path)).toEqual([basename(aside)])
  expect(await readdir(aside)).toEqual(['cert.pem'])
  expect(await readFile(join(aside, 'cert.pem'), 'utf8')).toBe(before)
})

test('half a pair, a wrong pair and a damaged file are told apart', async () => {
  await using folder = await newFolder()
  await using other = await newFolder()
  const { key, cert } = await makeCerts(folder.path)
  const foreign = await makeCerts(other.path)

  await writeFile(key, await readFile(foreign.key))
  await expect(readCerts(folder.path)).rejects.toThrow(
    new CertsError('The key in certs/privkey.pem does not belong to certs/cert.pem.'),
  )
  await writeFile(key, 'nonsense')
  await expect(readCerts(folder.path)).rejects.toThrow(/^certs\/privkey\.pem is damaged\.$/)
  await rm(key)
  await expect(readCerts(folder.path)).rejects.toThrow(
    /^certs\/cert\.pem is there, but certs\/privkey\.pem is not\.$/,
  )
  await writeFile(key, await readFile(foreign.key))
  await rm(cert)
  await expect(readCerts(folder.path)).rejects.toThrow(/^certs\/privkey\.pem is there/)
})
