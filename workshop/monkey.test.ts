/** A short run of `npm run monkey`. */
import { expect, test } from 'vitest'
import { playMonkey } from './testing/monkey.ts'
import { hasTmux } from './testing/tmux.ts'

test.skipIf(!hasTmux)(
  'random keys, saves and resizes crash nothing, leave nothing, change no byte',
  {
    timeout: 180_000,
  },
  async () => {
    const { keys, saves } = await playMonkey(1, 10)
    expect(keys * saves).toBeGreaterThan(0)
  },
)
