import { spawnSync } from 'node:child_process'
import { devNull } from 'node:os'
import { expect, test } from 'vitest'
import { refusalIn } from './refusals.ts'

/** What this machine's openssl says of these options, beside those that are right. */
function saidOf(...options: string[]): string {
  const rest = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', devNull]
  return String(spawnSync('openssl', ['req', '-x509', ...rest, '-out', devNull, ...options]).stderr)
}

const subject = ['-subj', '/CN=localhost']

test.each<[option: string, fix: string, options: string[]]>([
  ['-subj CN=localhost', 'Begin with a slash', ['-subj', 'CN=localhost']],
  ['-subj /localhost', '-subj /CN=localhost', ['-subj', '/localhost']],
  ['-subj /CN:localhost', '-subj /CN=localhost', ['-subj', '/CN:localhost']],
  ['-subj without a value', '-subj /CN=localhost', ['-subj']],
  [
    '-addext subjectAltName=localhost',
    'a kind and a colon',
    [...subject, '-addext', 'subjectAltName=localhost'],
  ],
  ['-addext subjectAltName=IP:localhost', 'IP:127', [...subject, '-addext', 'subjectAltName=IP:localhost']],
  [
    '-addext subjectAltNames=DNS:localhost',
    'letter by letter',
    [...subject, '-addext', 'subjectAltNames=DNS:localhost'],
  ],
  ['-addext DNS:localhost', 'subjectAltName=DNS:localhost', [...subject, '-addext', 'DNS:localhost']],
  [
    '-addext subjectAltName=IP:127.0.0.1 a second time',
    'a comma between two',
    [...subject, '-addext', 'subjectAltName=DNS:localhost', '-addext', 'subjectAltName=IP:127.0.0.1'],
  ],
  [
    '-addext keyUsage=digitalsignature',
    'critical,digitalSignature',
    [...subject, '-addext', 'keyUsage=critical,digitalsignature'],
  ],
  ['-addext basicConstraints=no', 'x509v3_config', [...subject, '-addext', 'basicConstraints=no']],
  ['-addext without a value', 'DNS:localhost', [...subject, '-addext']],
])('%s', (option, fix, options) => {
  const refusal = refusalIn(saidOf(...options))
  expect(refusal?.option).toBe(option)
  expect(refusal?.fix).toContain(fix)
})

test('what is right is not refused', () => {
  expect(refusalIn(saidOf(...subject, '-addext', 'subjectAltName=DNS:localhost'))).toBeUndefined()
})
