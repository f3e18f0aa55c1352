/** The files that calls were made in. Part of the probe. */
import { isAbsolute } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * The path of a call site's file, or undefined for what is Node's own. An ES module is named by its URL, a CommonJS
 * module by its path: a folder outside of the workshop that has no package.json is full of these.
 * @param {string} scriptName
 * @returns {string | undefined}
 */
export function fileOf(scriptName) {
  if (scriptName.startsWith('file:')) return fileURLToPath(scriptName)
  return isAbsolute(scriptName) ? scriptName : undefined
}
