/** `inspect` as one file: made once a build, for the page that offers it and for its own address. */
import { LOCAL_SITE } from '../../../workshop/project/site.ts'
import { type Standalone, standalone } from '../../../workshop/tools/standalone.ts'

let made: Promise<Standalone> | undefined

export function inspectFile(): Promise<Standalone> {
  made ??= standalone(import.meta.env.PROJECT, publishedHome())
  return made
}

/** Where this site is published; undefined on a learner's machine. */
export function publishedHome(): string | undefined {
  const { href } = new URL(import.meta.env.BASE_URL.replace(/\/?$/, '/'), import.meta.env.SITE)
  return href.startsWith(LOCAL_SITE) ? undefined : href
}
