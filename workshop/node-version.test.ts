import { expect, test } from 'vitest'
import { nodeFault } from './node-version.mjs'

test.each(['18.20.0', '20.20.2', '22.23.3', '24.14.1'])('Node %s is too old', (version) => {
  expect(nodeFault(version)).toMatch(new RegExp(`^This is Node ${version}, .*npm ci`))
})

test.each(['24.15.0', '25.7.0', '26.10.0', '27.0.0-nightly'])('Node %s will do', (version) => {
  expect(nodeFault(version)).toBeUndefined()
})
