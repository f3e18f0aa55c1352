import { expect, test } from 'vitest'
import { findBrowser, type Machine } from './installed.ts'

const machine = (platform: string, env: Machine['env'], ...programs: string[]): Machine => ({
  platform,
  env,
  isProgram: (path) => programs.includes(path),
})

test('on Linux, the PATH is searched, Chrome first', () => {
  const env = { PATH: '/usr/local/bin:/usr/bin::' }
  const both = machine('linux', env, '/usr/bin/chromium', '/usr/bin/google-chrome')
  expect(findBrowser(both)).toEqual({ path: '/usr/bin/google-chrome', name: 'Chrome' })
  expect(findBrowser(machine('linux', env, '/usr/bin/chromium'))).toEqual({
    path: '/usr/bin/chromium',
    name: 'Chromium',
  })
  expect(findBrowser(machine('linux', {}, '/snap/bin/chromium'))?.path).toBe('/snap/bin/chromium')
})

test('on macOS, the applications of the machine and of the person', () => {
  const path = '/Users/ü/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge'
  expect(findBrowser(machine('darwin', { HOME: '/Users/ü' }, path))).toEqual({ path, name: 'Edge' })
})

test('on Windows, all three places for programs', () => {
  const path = 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe'
  const env = { PROGRAMFILES: 'C:\\Program Files', 'PROGRAMFILES(X86)': 'C:\\Program Files (x86)' }
  expect(findBrowser(machine('win32', env, path))).toEqual({ path, name: 'Edge' })
})

test('CHROME_PATH alone decides', () => {
  const env = { PATH: '/usr/bin', CHROME_PATH: '/opt/my chrome/chrome' }
  const path = '/opt/my chrome/chrome'
  expect(findBrowser(machine('linux', env, path, '/usr/bin/chromium'))?.path).toBe(path)
  expect(findBrowser(machine('linux', env, '/usr/bin/chromium'))).toBeUndefined()
})

test('a machine without a browser', () => {
  expect(findBrowser(machine('linux', { PATH: '/usr/bin' }))).toBeUndefined()
})
