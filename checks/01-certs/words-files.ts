/** What is said of the program, and of the two files that it writes. */
import type { CheckManifest } from '../manifest.ts'

export const show = 'node --import tsx {folder}/make-certs.ts && openssl x509 -in certs/cert.pem -noout -text'

export const fileWords = {
  runs: {
    says: 'runs to its end with exit code 0',
    why: 'Exit code 0 says that all went well. Any other number says that something is missing.',
    fix: 'Run the file by itself and read what it prints: openssl says why it stops. Look for process.exit too.',
    try: 'node --import tsx {folder}/make-certs.ts',
    faults: {
      crash: {
        why: 'An error that no one catches ends the program before its work is done.',
        fix: 'Go to the line where it was thrown. The message says what went wrong there.',
      },
      nothingNew: {
        why: 'Without -x509, openssl req reads a request, in which someone asks for a certificate. It found none.',
        fix: 'Let it make something new: -x509 asks for a certificate, -newkey rsa:2048 for a key, -subj names them.',
      },
      asks: {
        why: 'A certificate is made out to a name. Nothing told openssl which, and no one is there to type an answer.',
        fix: 'Add -subj /CN=localhost to the options: that is the answer.',
      },
      option: {
        why: 'openssl stops at the first option that it can not take, and makes nothing.',
        fix: 'Compare the option with the list, letter by letter: docs.openssl.org/3.0/man1/openssl-req/#options',
      },
      missing: {
        why: 'The program uses a file that is not there. Most often openssl failed before, and no one looked.',
        fix: 'When openssl.status is not 0, print String(openssl.stderr) and call process.exit(1).',
      },
      hang: {
        why: 'A program that waits for an answer, or repeats for ever, never hands over its certificate.',
        fix: 'Give openssl every answer as an option, such as -subj and -nodes, and let the program end by itself.',
      },
      openssl: {
        why: 'Your program calls openssl, and this machine has no openssl on its PATH.',
        fix: 'Install openssl with your package manager. On Windows, Git brings one: add C:\\Program Files\\Git\\usr\\bin to PATH.',
      },
    },
    hints: [
      'Run the file by itself. What does openssl ask for that your options do not answer?',
      'openssl req -x509 -newkey rsa:2048 makes both; -subj /CN=localhost answers its question for a name: docs.openssl.org/3.0/man1/openssl-req/#options',
      { file: 'make-certs.ts', lines: '-x509' },
    ],
  },
  files: {
    says: 'writes privkey.pem and cert.pem into the folder that CERTS_DIR names',
    why: 'The servers of all later lessons read these two files. Under another name they do not find them.',
    fix: "Write to join(folder, 'privkey.pem') and join(folder, 'cert.pem').",
    try: 'node --import tsx {folder}/make-certs.ts && openssl x509 -in certs/cert.pem -noout -subject',
    faults: {
      folder: {
        why: 'CERTS_DIR names the folder; certs is only what counts when CERTS_DIR is not set.',
        fix: "Begin with const folder = process.env.CERTS_DIR ?? 'certs' and build both paths from it.",
      },
      empty: {
        why: 'A file with nothing in it is what openssl leaves behind when it stops half-way.',
        fix: 'Print openssl.stderr: it says why nothing was written.',
      },
    },
    hints: [
      'Which folder do the two files end up in, and under which names?',
      'The options -keyout and -out say where openssl writes the key and the certificate: docs.openssl.org/3.0/man1/openssl-req/#options',
      { file: 'make-certs.ts', lines: '-newkey rsa:2048' },
    ],
  },
  pem: {
    says: 'writes both files as PEM that a server can read',
    why: 'Node reads keys and certificates as PEM: text between a BEGIN line and an END line.',
    fix: 'Leave -outform out: PEM is what openssl writes by itself. -x509 makes a certificate and not a request for one.',
    try: show,
    faults: {
      swapped: {
        why: 'The key stays with the server; the certificate goes to every client. They must not change places.',
        fix: '-keyout is the path of privkey.pem, -out the path of cert.pem.',
      },
      request: {
        why: 'A request only asks someone else for a certificate. A server can not use it.',
        fix: 'Add -x509: with it, openssl req makes a certificate that signs itself.',
      },
      password: {
        why: 'The server starts alone. No one is there to type the password of its key.',
        fix: 'Add -nodes, so that the key is written without a password.',
      },
    },
    hints: [
      'Open both files in your editor. What do their first lines say that they are?',
      'openssl req writes a request; with -x509 it writes a certificate: docs.openssl.org/3.0/man1/openssl-req/#options',
      { file: 'make-certs.ts', lines: '-x509' },
    ],
  },
  pair: {
    says: 'makes a certificate that belongs to the key',
    why: 'A server proves with its key that the certificate is its own. With another key, no client connects.',
    fix: 'Make key and certificate in one call: openssl req -x509 -newkey rsa:2048 -keyout … -out …',
    try: show,
    faults: {
      order: {
        why: 'A server takes the first certificate in the file for its own. The others only say who signed it.',
        fix: 'Write the certificate of localhost first. The one that signed it comes after it.',
      },
    },
    hints: [
      'Where does the public key in cert.pem come from, and where the private key in privkey.pem?',
      '-newkey makes a new key and a certificate for it in one call; -key takes a key that is already there: docs.openssl.org/3.0/man1/openssl-req/#options',
      { file: 'make-certs.ts', lines: '-newkey rsa:2048' },
    ],
  },
} satisfies Record<string, CheckManifest>
