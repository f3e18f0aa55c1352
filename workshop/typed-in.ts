/** The folder in which the command was typed; `npm run` moves to the project's folder, and keeps it here. */
export function typedIn(): string {
  return process.env.INIT_CWD ?? process.cwd()
}
