/** Ways out of the folder of a server, as scanners try them all day. */
import { relative, sep } from 'node:path'
import type { Report } from '../support/failure.ts'
import type { CheckContext } from '../support/subject.ts'
import { ask, leave } from './asking.ts'

/** What is tried: the private key of the server, which stands two folders above that of a lesson. */
const KEY = 'certs/privkey.pem'

/** How far up the project's folder is where nobody knows, and how far up the root is for certain. */
const UP = 2
const FAR = 16

/** How `../` is written so that it is not seen, or is there once what was seen has been taken out. */
const STEPS = [
  '../',
  '..%2f',
  '%2e%2e/',
  '%2e%2e%2f',
  '.%2e/',
  '%252e%252e%252f',
  '....//',
  '..././',
  '..%5c',
  '..\\',
  './../',
  '..;/',
]

/** What the answer has when the way led somewhere: a private key, or the users of the machine. */
const SPOILS = [/-----BEGIN [A-Z ]*PRIVATE KEY-----/, /^root:[^:\n]*:0:0:/m]

/** Asks for files that are none of the server's pages. */
export async function judgeOutside(context: CheckContext): Promise<Report | undefined> {
  const client = await context.connect()
  for (const path of pathsOut(context)) {
    const answer = await ask(client, { path })
    await answer.exchange.until(({ over, text }) => over || SPOILS.some((spoil) => spoil.test(text)), END_MS)
    leave([answer])
    const spoil = SPOILS.findIndex((each) => each.test(answer.exchange.text))
    if (spoil < 0) continue
    return {
      expected: `GET ${path} → status 404`,
      received: `status ${answer.head?.status}, and ${spoil === 0 ? 'your private key' : 'the users of your machine'}`,
      fault: path.includes('..') || /%2e/i.test(path) ? undefined : 'below',
      at: { call: 'end', path },
    }
  }
  return undefined
}

/** How long the end of an answer is waited for that is no file, in milliseconds. */
const END_MS = 500

function pathsOut({ folder, root }: CheckContext): string[] {
  const up = folder === '' ? UP : relative(root, folder).split(sep).length
  const users = 'etc/passwd'
  return [
    `/${KEY}`, // by the folder that the program was started in
    `/${users}`,
    `//${users}`,
    ...STEPS.flatMap((step) => [`/${step.repeat(up)}${KEY}`, `/${step.repeat(FAR)}${users}`]),
    `/page.html/${'../'.repeat(up + 1)}${KEY}`,
    `/${'../'.repeat(up)}${KEY}%00.html`,
    `/%2f${users}`,
    `/file:///${users}`,
  ]
}
