/** Checks a page as lesson 5 does, with those of its checks that need no more than a page and its event source. */
import { type PageCheck, pageChecks, type Stage } from '../../../checks/05-client-page/page-checks.ts'
import type { CheckManifest } from '../../../checks/manifest.ts'
import { Fail, failureFrom } from '../../../checks/support/failure.ts'
import type { CheckResult } from '../../../checks/verdict.ts'
import { FramePage, watched } from './frame-page.ts'
import { FrameSource } from './frame-source.ts'
import { serve, stop } from './server.ts'

/** Those of `pageChecks` in the order of the work. */
export const CHECKED = Object.keys(pageChecks) as (keyof typeof pageChecks)[]

/** The reconnection time that the source asks for, in milliseconds. Firefox takes half a second at least. */
const RETRY_MS = 20

export interface PageFiles {
  /** The page, and its other files by their paths. */
  page: string
  files: Record<string, string>
}

export interface CheckOptions {
  /** Where the page is shown while it is checked. */
  frame: HTMLIFrameElement
  /** The words of each check. */
  words: Record<string, CheckManifest>
  /** Ends the run, with an error. */
  signal: AbortSignal
}

/** The result of each check, up to the first that fails. */
export async function* checkPage(files: PageFiles, options: CheckOptions): AsyncGenerator<CheckResult> {
  for (const name of CHECKED) {
    const words = options.words[name]
    if (!words) throw new Error(`lesson 5 has no check ${name}`)
    const id = `05-client-page/${name}`
    const started = performance.now()
    const result = (state: CheckResult['state']) => ({
      id,
      says: words.says,
      state,
      ms: performance.now() - started,
    })
    try {
      await checkOne(pageChecks[name], files, options)
      yield result('passed')
    } catch (error) {
      options.signal.throwIfAborted()
      yield { ...result('failed'), failure: failureFrom(error, id, words) }
      return
    }
  }
}

async function checkOne(
  check: PageCheck,
  { page: html, files }: PageFiles,
  options: CheckOptions,
): Promise<void> {
  const { frame, signal } = options
  const shown = watched(html, check.isHurried ?? false)
  const source = new FrameSource((path) => (path === '/' ? shown : files[path]), { retry: RETRY_MS, signal })
  if (check.begins) source.mode = check.begins
  const page = new FramePage(frame, signal)
  try {
    await page.open(`${await serve('check', (asked, answer) => source.answer(asked, answer))}/`)
    if (!check.begins) await page.until(({ sources }) => sources.some(({ readyState }) => readyState === 1))
    await check.run({ page, source, fail })
  } finally {
    await page.open('about:blank')
    stop('check')
  }
}

const fail: Stage['fail'] = (report) => {
  const error = new Fail(report)
  // `where` is a line of the page's own script.
  if (report.at && 'file' in report.at) error.place = report.at
  throw error
}
