import { expect, test } from 'vitest'
import { strangeOption } from './options.ts'

const options = (...lines: string[]) =>
  `const options = [\n${lines.map((line) => `  ${line},\n`).join('')}]\n`

test.each([
  ['-newkeys', options("'-x509'", "'-newkeys rsa:2048'")],
  ['-x590', options('"-x590"', '"-nodes"')],
  ['-day', options("'-x509'", "'-day 365'")],
  ['Host', options("'-x509'", "'-subj /CN=My Host'")],
  [
    undefined,
    options("'-x509'", "'-newkey rsa:2048'", "'-sha256'", "'-days', '365'", '`-addext subjectAltName=DNS:a`'),
  ],
  [undefined, "spawnSync('openssl', ['req', '-keyout', key, '-out', cert])"],
])('%s', (strange, source) => {
  expect(strangeOption(source)).toBe(strange)
})
