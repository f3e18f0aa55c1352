import type { CheckContext } from './subject.ts'

/**
 * An observation that the checks of a run share, because it takes a while: the first of them makes it, with its own
 * context, and the others look at the same.
 */
export function once<T>(observe: (context: CheckContext) => Promise<T>): typeof observe {
  let observed: Promise<T> | undefined
  return (context) => {
    observed ??= observe(context)
    return observed
  }
}
