/** What was typed holds keys and tokens. None of them is printed, or written into a report. */

/** An address as it may be shown: what may be a secret in its query is `…`. */
export function shownUrl(url: URL): string {
  const query = url.search
    .slice(1)
    .split('&')
    .map((pair) => {
      const [name = '', value] = pair.split(/=(.*)/s)
      return value !== undefined && isSecret(name, value) ? `${name}=…` : pair
    })
  return `${url.origin}${url.pathname}${url.search === '' ? '' : `?${query.join('&')}`}`
}

/** The value of a header as it may be shown. */
export function shownValue(name: string, value: string): string {
  if (/^(?:set-)?cookie$|authorization|api-?key|token|secret/i.test(name)) return '…'
  if (!/^location$|^content-location$|^link$/i.test(name)) return value
  return value.replace(/([?&][^=&]+)=[^&#>]*/g, '$1=…')
}

function isSecret(name: string, value: string): boolean {
  return SECRET.test(name) || value.length > 40
}

const SECRET = /token|key|secret|auth|sig|pass|pwd|session|sid|jwt|code|credential|ticket|hash/i
