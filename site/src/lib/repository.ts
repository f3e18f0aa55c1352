/** Where the project is to be had: each page that names its address has it from here. */

/**
 * The project's public address, such as `https://github.com/owner/name`; undefined as long as it has none.
 *
 * @param env its `SITE_REPOSITORY` counts: what builds the published site knows where it has the project from
 * @param manifest package.json, whose `repository` counts otherwise
 * @throws Error for what is no whole address, which ends the build
 */
export function repositoryOf(
  env: { SITE_REPOSITORY?: string },
  manifest: { repository?: string | { url: string } },
): string | undefined {
  const { repository } = manifest
  const named = env.SITE_REPOSITORY || (typeof repository === 'object' ? repository.url : repository)
  if (!named) return undefined
  const address = named.replace(/^git\+/, '').replace(/(\.git)?\/?$/, '')
  if (URL.parse(address)?.protocol === 'https:') return address
  throw new Error(`The project's address must be written out, with https: and all of it; "${named}" is not`)
}

/** The project as one file to download, as GitHub and hosts that do as GitHub does offer it. */
export function archiveOf(repository: string): string {
  return `${repository}/archive/HEAD.zip`
}

/** The folder that git makes of it. */
export function folderOf(repository: string): string {
  return repository.slice(repository.lastIndexOf('/') + 1)
}

/** Where GitHub opens the project's container in a browser; undefined for other hosts. */
export function codespaceOf(repository: string): string | undefined {
  const { host, pathname } = new URL(repository)
  return host === 'github.com' ? `https://codespaces.new${pathname}` : undefined
}
