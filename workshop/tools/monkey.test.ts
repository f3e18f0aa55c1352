/** A few steps of `npm run monkey`. */
import { expect, test } from 'vitest'
import { hasTmux } from '../testing/tmux.ts'
import { playMonkey } from './monkey-play.ts'

test.skipIf(!hasTmux)(
  'random keys, saves and resizes crash nothing, leave nothing, change no byte',
  {
    timeout: 300_000,
  },
  async () => {
    const { saves, resets } = await playMonkey(7, (steps) => steps < 40)
    expect(saves).toBeGreaterThan(0)
    expect(resets).toBeGreaterThan(0)
  },
)
