import { defineConfig } from 'vitest/config'

/** The tests of the workshop itself. The checks of the lessons are run by workshop/run.ts. */
export default defineConfig({
  test: {
    include: ['{certs,checks,site,workshop}/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A second, which is what Vitest gives by itself, is too short on a busy machine.
    expect: { poll: { timeout: 30_000 } },
  },
})
