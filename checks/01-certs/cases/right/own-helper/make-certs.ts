import { certFile, keyFile, makeCertificate } from './openssl.ts'

await makeCertificate()
console.warn(`Made ${keyFile} and ${certFile}`)
