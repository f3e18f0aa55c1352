import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Keeps every core busy by itself. */
const GRADE = 'workshop/grade/grade.test.ts'

/** Each program from hell has seconds to be judged in, each restart its time, and Firefox starts slowly: nothing else runs. */
const ALONE = [
  'workshop/grade/hell.test.ts',
  'workshop/grade/firefox.test.ts',
  'checks/13-shutdown/{rolling*,webkit}.test.ts',
  'site/test/two-servers.test.ts',
]

/** These take minutes: begun first, they leave no core idle at the end. */
const LONG = /(?:check-lessons|pages|layout|playground|demo)\.test\.ts$/

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    return sorted.toSorted((a, b) => Number(LONG.test(b.moduleId)) - Number(LONG.test(a.moduleId)))
  }
}

/** These share one build of the site. */
const BUILT = 'site/test/built/*.test.ts'

/** The tests of the workshop itself. The checks of the lessons are run by workshop/run/runner.ts. */
export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A second, which is what Vitest gives by itself, is too short on a busy machine.
    expect: { poll: { timeout: 30_000 } },
    maxWorkers: '100%',
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'workshop',
          include: ['{certs,checks,site,workshop}/**/*.test.ts'],
          exclude: [BUILT, GRADE, ...ALONE],
        },
      },
      {
        extends: true,
        test: { name: 'site', include: [BUILT], globalSetup: 'site/test/built/setup.ts' },
      },
      { extends: true, test: { name: 'grade', include: [GRADE], sequence: { groupOrder: 1 } } },
      {
        extends: true,
        test: { name: 'alone', include: ALONE, fileParallelism: false, sequence: { groupOrder: 2 } },
      },
    ],
  },
})
