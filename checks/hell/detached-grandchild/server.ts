import { spawn } from 'node:child_process'
import { join } from 'node:path'

const file = join(import.meta.dirname, 'child.ts')
const child = spawn(process.execPath, [...process.execArgv, file], { detached: true, stdio: 'inherit' })
child.on('exit', (code) => process.exit(code ?? 1))
process.on('SIGTERM', () => process.exit(0))
