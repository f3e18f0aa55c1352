/** Makes one file of `inspect`, which needs nothing but Node: what the site offers. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

export interface Standalone {
  text: string
  /** In bytes. */
  size: number
  /** SHA-256, in hexadecimal digits. */
  checksum: string
}

/** What is used of esbuild, which comes along with tsx. */
interface Bundler {
  build(options: object): Promise<{ outputFiles: { text: string }[] }>
}

/**
 * @param root the project's folder
 * @param home the address of the site that offers it, with a slash at its end; its playground is linked to
 */
export async function standalone(root: string, home = ''): Promise<Standalone> {
  const { build } = createRequire(join(root, 'node_modules/tsx/package.json'))('esbuild') as Bundler
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ['workshop/inspect/standalone.ts'],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    define: { SITE_HOME: JSON.stringify(home) },
    charset: 'utf8',
    legalComments: 'inline',
    banner: {
      js: '#!/usr/bin/env node\n// sse-inspect: takes any event stream apart. It runs with Node 20 or newer.',
    },
    footer: { js: LICENCES.map((file) => comment(readFileSync(join(root, file), 'utf8'))).join('\n') },
  })
  const text = outputFiles[0]?.text ?? ''
  const bytes = Buffer.from(text)
  return { text, size: bytes.length, checksum: createHash('sha256').update(bytes).digest('hex') }
}

/** Of what is in the file. */
const LICENCES = ['LICENSE', 'node_modules/eventsource-parser/LICENSE']

function comment(text: string): string {
  return text
    .trim()
    .split(/\r?\n/)
    .map((line) => `// ${line}`.trimEnd())
    .join('\n')
}
