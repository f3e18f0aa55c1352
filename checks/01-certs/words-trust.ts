/** What is said of what a browser asks of a certificate. */
import type { CheckManifest } from '../manifest.ts'
import { show } from './words-files.ts'

export const trustWords = {
  localhost: {
    says: 'names localhost as a DNS name',
    why: 'Browsers compare the address bar with subjectAltName alone. They do not look at the common name (CN).',
    fix: 'Add -addext subjectAltName=DNS:localhost,IP:127.0.0.1 to the options.',
    try: show,
    hints: [
      'What does a browser compare with the address bar? Does your certificate have it?',
      '-addext adds an extension, and the names stand in subjectAltName: docs.openssl.org/3.0/man5/x509v3_config/#subject-alternative-name',
      { file: 'make-certs.ts', lines: 'subjectAltName' },
    ],
  },
  address: {
    says: 'names 127.0.0.1 as an IP address',
    why: 'https://127.0.0.1 is an address and not a name. A browser looks for it among the IP entries only.',
    fix: 'Put IP:127.0.0.1 into subjectAltName, after DNS:localhost and a comma.',
    try: show,
    faults: {
      dns: {
        why: 'An address inside a DNS entry is not compared: browsers look for addresses among the IP entries only.',
        fix: 'Write IP:127.0.0.1 in place of DNS:127.0.0.1.',
      },
    },
    hints: [
      'Two addresses lead to your server: a name, and a number. Does the certificate have both?',
      'A subjectAltName entry begins with its kind, DNS: or IP: and so on: docs.openssl.org/3.0/man5/x509v3_config/#subject-alternative-name',
      { file: 'make-certs.ts', lines: 'subjectAltName' },
    ],
  },
  valid: {
    says: 'makes a certificate that is valid now, and for at least a day',
    why: 'A browser refuses a certificate before its first moment and after its last.',
    fix: 'Write -days 365, or leave -days out: then you get 30 days, which is enough.',
    try: 'node --import tsx {folder}/make-certs.ts && openssl x509 -in certs/cert.pem -noout -dates',
    faults: {
      future: {
        why: 'A browser refuses a certificate whose first moment has not come yet.',
        fix: 'Let the certificate begin now, which is what openssl does by itself. Check the clock of this machine too.',
      },
    },
    hints: [
      'From when to when is your certificate valid? The last command under "try" shows it.',
      '-days counts from now: docs.openssl.org/3.0/man1/openssl-req/#options',
      { file: 'make-certs.ts', lines: '-days' },
    ],
  },
  key: {
    says: 'uses a key of a kind and a size that browsers accept',
    why: 'A short RSA key can be broken. Below 2048 bits, Node will not use it, and Safari will not trust it.',
    fix: 'Use -newkey rsa:2048.',
    try: show,
    faults: {
      kind: {
        why: 'Every browser takes two kinds of key: RSA, and keys on the elliptic curves P-256 and P-384.',
        fix: 'Use -newkey rsa:2048, or -newkey ec -pkeyopt ec_paramgen_curve:prime256v1.',
      },
    },
    hints: [
      'What stands behind -newkey: which kind of key, and how many bits?',
      '-newkey rsa:2048 makes an RSA key of 2048 bits: docs.openssl.org/3.0/man1/openssl-req/#options',
      { file: 'make-certs.ts', lines: '-newkey rsa:2048' },
    ],
  },
  signature: {
    says: 'signs the certificate with SHA-256 or better',
    why: 'MD5 and SHA-1 are broken: signatures made with them have been forged. Safari trusts none of them.',
    fix: 'Use -sha256 in place of the weaker hash.',
    try: show,
    hints: [
      'Which hash is the certificate signed with? Look for "Signature Algorithm".',
      'The hash is an option of its own, such as -sha256: docs.openssl.org/3.0/man1/openssl-req/#options',
      { file: 'make-certs.ts', lines: '-x509' },
    ],
  },
  usage: {
    says: 'lets the key sign',
    why: 'In a TLS handshake a server signs something with this key. A keyUsage without digitalSignature forbids that.',
    fix: 'Add -addext keyUsage=critical,digitalSignature to the options.',
    try: show,
    hints: [
      'What does your keyUsage allow the key to do, and what does a server do with it?',
      'digitalSignature is the one that a server needs: docs.openssl.org/3.0/man5/x509v3_config/#key-usage',
      { file: 'make-certs.ts', lines: 'keyUsage' },
    ],
  },
  authority: {
    says: 'makes a certificate that vouches for no other',
    why: 'Once you trust this certificate, whoever has its key can make others with it, for any site, and your browser accepts them.',
    fix: 'Add -addext keyUsage=critical,digitalSignature to the options: the key then signs no certificates.',
    try: show,
    hints: [
      'openssl req -x509 makes the certificate of an authority, CA:TRUE. What may its key be used for?',
      'A keyUsage without keyCertSign forbids the key to sign certificates: docs.openssl.org/3.0/man5/x509v3_config/#key-usage',
      { file: 'make-certs.ts', lines: 'keyUsage' },
    ],
  },
  private: {
    says: 'keeps the key readable by its owner alone',
    why: 'Whoever reads the key can pass for your server.',
    fix: 'Call chmodSync(keyFile, 0o600) once the key is written.',
    try: 'node --import tsx {folder}/make-certs.ts && ls -l certs/privkey.pem',
    faults: {
      decimal: {
        why: 'A mode is written in octal. 600 is a decimal number: in octal it is 1130, and that lets no one read the key.',
        fix: 'Write 0o600: the 0o stands for octal.',
      },
      owner: {
        why: 'The server runs as you, and has to read the key.',
        fix: 'Call chmodSync(keyFile, 0o600) once the key is written.',
      },
    },
    hints: [
      'Who may read the key? ls -l shows three letters each for you, your group, and everyone else.',
      '0o600 lets the owner read and write, and no one else do anything: nodejs.org/api/fs.html#fschmodsyncpath-mode',
      { file: 'make-certs.ts', lines: 'chmodSync(' },
    ],
  },
  handshake: {
    says: 'is accepted by a client that trusts it and connects to localhost',
    why: 'Trust alone is not enough. Name, dates, purpose and key must fit together as well.',
    fix: 'Begin from openssl req -x509 with a subjectAltName, and leave out any extension that you do not need.',
    try: show,
    faults: {
      purpose: {
        why: 'extendedKeyUsage says what a certificate is for. Without serverAuth in it, no client takes it from a server.',
        fix: 'Set extendedKeyUsage=serverAuth, or leave the extension out.',
      },
      chain: {
        why: 'A client goes from a certificate to the one that signed it, until it comes to one that it trusts.',
        fix: 'Write the certificate of localhost first, then the one that signed it, and so on. Leave none out.',
      },
    },
    hints: [
      'Read what the client says. Which part of the certificate does it not accept?',
      'extendedKeyUsage names what a certificate is for, and serverAuth is for servers: docs.openssl.org/3.0/man5/x509v3_config/#extended-key-usage',
      { file: 'make-certs.ts', lines: 'subjectAltName' },
    ],
  },
} satisfies Record<string, CheckManifest>
