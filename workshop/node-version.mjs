/** The oldest Node that the workshop's commands run on: it knows `await using`, and has `node:sqlite` for good. */
const oldest = { major: 24, minor: 15 }

const bringNode =
  'It brings its own: type npm ci --ignore-scripts=false, and start every command with npm run.'

/**
 * What to tell someone whose Node is too old, in one line; undefined when it will do.
 * @param {string} version Like `24.15.0`.
 * @returns {string | undefined}
 */
export function nodeFault(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > oldest.major || (major === oldest.major && minor >= oldest.minor)) return undefined
  return `This is Node ${version}, but the workshop needs ${oldest.major}.${oldest.minor} or newer. ${bringNode}`
}
