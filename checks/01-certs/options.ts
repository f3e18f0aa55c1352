/** Finds out which of a program's options for `openssl req` openssl does not know: it does not always say so itself. */
import { spawnSync } from 'node:child_process'

/**
 * The first option that is none, or a word that belongs to no option, among the texts of a program's source: `-newkeys`,
 * or `Host` in `-subj /CN=My Host`. Undefined where all can be understood, and where openssl can not be asked.
 */
export function strangeOption(source: string): string | undefined {
  const known = knownOptions()
  if (known.size === 0) return undefined
  for (const [, , text = ''] of source.matchAll(/(['"`])(-\w.*?)\1/g)) {
    const [option = '', ...values] = text.split(' ')
    const takes = known.get(option)
    if (takes === undefined) return option
    const [more] = values.slice(takes)
    if (more) return more
  }
  return undefined
}

/** The options of this machine's `openssl req`, and how many values each of them takes: `-subj` one, `-x509` none. */
function knownOptions(): Map<string, number> {
  const options = [...printed('req', '-help').matchAll(/^ (-[\w-]+)( (?! )\S+)?/gm)].map(
    ([, option = '', value]) => [option, value ? 1 : 0] as const,
  )
  const digests = [...printed('dgst', '-list').matchAll(/-[\w-]+/g)].map(([digest]) => [digest, 0] as const)
  return new Map(options.length > 0 ? [...digests, ...options] : [])
}

/** LibreSSL writes its help on the other stream. */
function printed(...args: string[]): string {
  const { stdout, stderr } = spawnSync('openssl', args, {
    encoding: 'utf8',
    timeout: 5000,
    windowsHide: true,
  })
  return `${stdout ?? ''}${stderr ?? ''}`
}
