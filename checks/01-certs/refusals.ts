/** Which option of `openssl req` was badly formed, by what openssl said of it. Pure. */

export interface Refusal {
  /** The option as it was given, as far as openssl tells: `-subj CN=localhost`. */
  option: string
  /** How it should look. */
  fix: string
}

/** Undefined where openssl said nothing of an option's value. The words are those of OpenSSL 3. */
export function refusalIn(output: string): Refusal | undefined {
  for (const [pattern, refusal] of REFUSALS) {
    const found = pattern.exec(output)
    if (found) return refusal(...found.slice(1))
  }
  return undefined
}

const SUBJECT = 'Begin with a slash, then a kind, = and a value: -subj /CN=localhost'

const NAMES = '-addext subjectAltName=DNS:localhost,IP:127.0.0.1'
const USAGE = '-addext keyUsage=critical,digitalSignature'

const REFUSALS: [pattern: RegExp, refusal: (...found: string[]) => Refusal][] = [
  [/name is not in that format: '(.*)'/, (value = '') => ({ option: `-subj ${value}`, fix: SUBJECT })],
  [/Missing '=' after RDN type string '(.*)' in/, (value) => ({ option: `-subj /${value}`, fix: SUBJECT })],
  [
    /unknown extension name[\s\S]*name=(.*), value=(.*)/,
    (name, value) => ({
      option: `-addext ${name}=${value}`,
      fix: `Write its name letter by letter, capitals too: ${NAMES} and ${USAGE}`,
    }),
  ],
  [
    /name=subjectAltName, value=(.*)/,
    (value) => ({ option: `-addext subjectAltName=${value}`, fix: ENTRIES }),
  ],
  [
    /name=keyUsage, value=(.*)/,
    (value) => ({
      option: `-addext keyUsage=${value}`,
      fix: `Write critical first, a comma, and the use letter by letter, capitals too: ${USAGE}`,
    }),
  ],
  [
    /error in extension.*name=(.*), value=(.*)/,
    (name, value) => ({
      option: `-addext ${name}=${value}`,
      fix: `Compare the value of ${name} with docs.openssl.org/3.0/man5/x509v3_config/`,
    }),
  ],
  // It says so of anything that it can not take apart, the first one too.
  [
    /Duplicate extension: ([^=\n]*)$/m,
    (value) => ({
      option: `-addext ${value}`,
      fix: `Write the name of the extension, = and its value: ${NAMES}`,
    }),
  ],
  [
    /Duplicate extension: (.*)/,
    (value) => ({
      option: `-addext ${value} a second time`,
      fix: `Name each extension once, with all of its values, a comma between two: ${NAMES}`,
    }),
  ],
  [
    /Option (-\S+) needs a value/,
    (option = '') => ({
      option: `${option} without a value`,
      fix: `Write the value behind it${EXAMPLES[option] ?? ''}`,
    }),
  ],
]

const ENTRIES = `Put a kind and a colon in front of each entry, DNS: for a name and IP: for a number: ${NAMES}`

const EXAMPLES: Record<string, string> = {
  '-subj': ': -subj /CN=localhost',
  '-addext': `: ${NAMES}`,
  '-newkey': ': -newkey rsa:2048',
  '-days': ': -days 365',
}
