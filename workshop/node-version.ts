/** The oldest Node that the workshop's commands run on. */
const oldest = [22, 12] as const

/** What to tell someone whose Node is too old, in one line; undefined when it will do. `version` is like `22.12.0`. */
export function nodeFault(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return undefined
  return `This is Node ${version}, but the workshop needs ${oldest.join('.')} or newer. ${bringNode}`
}

const bringNode =
  'It brings its own: type npm ci --ignore-scripts=false, and start every command with npm run.'
