import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { UsageError } from '../errors.ts'
import { temporaryFolder } from '../testing/folder.ts'
import { ensureCerts, findCerts } from './certs.ts'

const project = () => temporaryFolder({ 'certs/README.md': '' })

test('what is there is left as it is', async () => {
  await using folder = await project()
  const { made, ...first } = await ensureCerts(folder.path)
  expect(made).toBe(true)
  const before = await readFile(first.key, 'utf8')
  expect(await ensureCerts(folder.path)).toEqual({ made: false, ...first })
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

test('half a pair is told in one line, and nothing is made', async () => {
  await using folder = await project()
  const { key } = await ensureCerts(folder.path)
  await rm(key)
  const told = { name: 'UsageError', message: expect.stringMatching(/^certs\/cert\.pem is there, but/) }
  await expect(ensureCerts(folder.path)).rejects.toMatchObject(told)
  await expect(findCerts(folder.path)).rejects.toThrow(UsageError)
  expect(await readdir(join(folder.path, 'certs'))).not.toContain('privkey.pem')
})
