import { mkdtempDisposable, realpath, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { cureOf } from './cures.ts'
import { crashFrom, Places } from './places.ts'

test('a name that is not defined is imported from the file of the learner that exports it, though Node has one too', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'places-'))
  const path = await realpath(folder.path)
  const write = (file: string, ...lines: string[]) => writeFile(join(path, file), lines.join('\n'))
  await write('server.ts', "import { send } from './broadcast.ts'", "server.on('session', watch)")
  await write('heartbeat.ts', 'export const heartbeat = 15_000', 'export function watch(session) {}')
  await write('broadcast.ts', 'export async function send() {}', 'const watchers = 5')
  const places = new Places(path, path)
  const stack = `ReferenceError: watch is not defined\n    at ${join(path, 'server.ts')}:2:22`
  const report = {
    origin: 'uncaughtException',
    time: 0,
    name: 'ReferenceError',
    message: 'watch is not defined',
    stack,
  } as const
  const crash = crashFrom(report, places)
  expect(crash.at).toEqual({ file: 'server.ts', line: 2 })
  expect(cureOf(crash)?.fix).toBe("Import it at the top of the file: import { watch } from './heartbeat.ts'.")
  expect(places.exporterOf('send')).toBe('./broadcast.ts')
  expect(places.exporterOf('watchers')).toBeUndefined()
  expect(new Places(join(path, 'gone'), path).exporterOf('watch')).toBeUndefined()
})

test('an error is where a file that the learner edits gave the value, and not in a file that throws at it', async () => {
  const folder = join(tmpdir(), 'lesson')
  const stack = [
    'TypeError: Not a number of milliseconds: 2331.9',
    `    at milliseconds (${join(folder, 'encode.ts')}:42:70)`,
    `    at dismiss (${join(folder, 'broadcast.ts')}:52:16)`,
  ].join('\n')
  const placeOf = (edit: string[]) => new Places(folder, folder, edit).inText(stack)
  expect(placeOf(['broadcast.ts'])).toEqual({ file: 'broadcast.ts', line: 52 })
  expect(placeOf(['shutdown.ts'])).toEqual({ file: 'encode.ts', line: 42 })
})
