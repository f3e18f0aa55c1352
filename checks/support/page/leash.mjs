/**
 * Runs a browser that would outlive us: `leash.mjs PROGRAM ARGUMENT…`. When our end of its standard input is gone, however
 * we ended, it ends the browser, and takes away the profile that was made for it.
 */
import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'

const [program, ...args] = process.argv.slice(2)
if (!program) throw new Error('no program is named')
const browser = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'], windowsHide: true })
browser.on('error', ({ message }) => {
  console.error(message)
  process.exitCode = 1
  process.stdin.destroy()
})
browser.on('exit', (code) => {
  process.exitCode = code ?? 1
  process.stdin.destroy()
  const profile = args[args.indexOf('--profile') + 1]
  // What Firefox still writes comes from processes of its own, which are just ending.
  if (profile && args.includes('--profile')) {
    rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 })
  }
})
process.stdin.on('close', () => browser.kill('SIGKILL')).resume()
