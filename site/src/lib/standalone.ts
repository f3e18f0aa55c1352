/** `inspect` as one file: made once a build, for the page that offers it and for its own address. */
import { type Standalone, standalone } from '../../../workshop/tools/standalone.ts'

let made: Promise<Standalone> | undefined

export function inspectFile(): Promise<Standalone> {
  made ??= standalone(import.meta.env.PROJECT)
  return made
}
