/** A real server, as its documentation has it, and what `inspect` has to say of it. */
export interface Peer {
  name: string
  /** What npm installs for it, the server itself first. */
  packages: string[]
  /** An ES module that listens on `PORT`. */
  program: string
  scheme?: 'https'
  path?: string
  words?: string[]
  /** The codes of its errors and warnings. */
  faults: string[]
  /** Codes that have to be among its notes. */
  notes?: string[]
}

/** The time, as an expression. */
export const TIME = 'new Date().toISOString()'
