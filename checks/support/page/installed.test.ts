import { expect, test } from 'vitest'
import { chosenBrowser, findBrowser, findOfKind, type Machine } from './installed.ts'

const machine = (platform: string, env: Machine['env'], ...programs: string[]): Machine => ({
  platform,
  env,
  isProgram: (path) => programs.includes(path),
})

test('on Linux, the PATH is searched, Chrome first and Firefox last', () => {
  const env = { PATH: '/usr/local/bin:/usr/bin::' }
  const [firefox, chromium, chrome] = [
    '/usr/local/bin/firefox',
    '/usr/bin/chromium',
    '/usr/bin/google-chrome',
  ]
  const all = machine('linux', env, firefox, chromium, chrome)
  expect(findBrowser(all)).toEqual({ path: chrome, name: 'Chrome', kind: 'chromium' })
  const two = machine('linux', env, firefox, chromium)
  expect(findBrowser(two)).toEqual({ path: chromium, name: 'Chromium', kind: 'chromium' })
  expect(findBrowser(machine('linux', env, firefox))).toEqual({
    path: firefox,
    name: 'Firefox',
    kind: 'firefox',
  })
  expect(findBrowser(machine('linux', env, '/usr/bin/firefox-esr'))?.kind).toBe('firefox')
  expect(findBrowser(machine('linux', {}, '/snap/bin/chromium'))?.path).toBe('/snap/bin/chromium')
})

test('on macOS, the applications of the machine and of the person', () => {
  const path = '/Users/ü/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge'
  const env = { HOME: '/Users/ü' }
  expect(findBrowser(machine('darwin', env, path))).toEqual({ path, name: 'Edge', kind: 'chromium' })
  const firefox = '/Applications/Firefox.app/Contents/MacOS/firefox'
  expect(findBrowser(machine('darwin', env, firefox))?.kind).toBe('firefox')
})

test('on Windows, all three places for programs', () => {
  const path = 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe'
  const env = { PROGRAMFILES: 'C:\\Program Files', 'PROGRAMFILES(X86)': 'C:\\Program Files (x86)' }
  expect(findBrowser(machine('win32', env, path))).toEqual({ path, name: 'Edge', kind: 'chromium' })
  const firefox = 'C:\\Program Files\\Mozilla Firefox\\firefox.exe'
  expect(findBrowser(machine('win32', env, firefox))?.kind).toBe('firefox')
})

test.each(['BROWSER_PATH', 'CHROME_PATH'])('%s alone decides', (variable) => {
  const path = '/opt/my firefoxes/chrome'
  const env = { PATH: '/usr/bin', [variable]: path }
  const chosen = { path, name: `the browser of ${variable}`, kind: 'chromium' }
  expect(findBrowser(machine('linux', env, path, '/usr/bin/chromium'))).toMatchObject(chosen)
  expect(findBrowser(machine('linux', env, '/usr/bin/chromium'))).toBeUndefined()
  expect(findOfKind('chromium', machine('linux', env, '/usr/bin/chromium'))).toBeUndefined()
})

test('BROWSER_PATH goes before CHROME_PATH, and its file tells the kind', () => {
  const env = { BROWSER_PATH: 'C:\\Tools\\Firefox.exe', CHROME_PATH: 'C:\\Tools\\chrome.exe' }
  const both = machine('win32', env, ...Object.values(env))
  expect(chosenBrowser(both)?.variable).toBe('BROWSER_PATH')
  expect(findBrowser(both)).toMatchObject({ path: env.BROWSER_PATH, kind: 'firefox' })
})

test('what one kind alone can do finds that kind beside the other', () => {
  const [firefox, chromium] = ['/usr/bin/firefox', '/usr/bin/chromium']
  const both = machine('linux', { PATH: '/usr/bin' }, firefox, chromium)
  expect(findOfKind('firefox', both)?.path).toBe(firefox)
  expect(findOfKind('chromium', both)?.path).toBe(chromium)
  const chosen = machine('linux', { PATH: '/usr/bin', BROWSER_PATH: firefox }, firefox, chromium)
  expect(findOfKind('chromium', chosen)?.path).toBe(chromium)
  expect(findOfKind('firefox', machine('linux', { PATH: '/usr/bin' }, chromium))).toBeUndefined()
})

test('a machine without a browser', () => {
  expect(findBrowser(machine('linux', { PATH: '/usr/bin' }))).toBeUndefined()
})
