import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { generate } from 'selfsigned'

const folder = process.env.CERTS_DIR ?? 'certs'
const DAY = 24 * 3600 * 1000

const made = await generate([{ name: 'commonName', value: 'localhost' }], {
  keySize: 2048,
  algorithm: 'sha256',
  notBeforeDate: new Date(Date.now() - DAY),
  notAfterDate: new Date(Date.now() + DAY / 24),
  extensions: [
    {
      name: 'subjectAltName',
      altNames: [
        { type: 2, value: 'localhost' },
        { type: 7, ip: '127.0.0.1' },
      ],
    },
  ],
})

mkdirSync(folder, { recursive: true })
writeFileSync(join(folder, 'privkey.pem'), made.private, { mode: 0o600 })
writeFileSync(join(folder, 'cert.pem'), made.cert)
