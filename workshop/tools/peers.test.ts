/** What servers from npm sent to `npm run peers record`: the same is told of it as of the servers themselves. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { lint } from '../../checks/wire/lint.ts'
import { createEventReader } from '../../checks/wire/parse.ts'
import { readHeads } from '../inspect/saved-head.ts'
import { faults, report } from '../inspect/testing.ts'
import { root } from '../project/paths.ts'
import { PEERS } from './peers-list.ts'
import { recordedName } from './peers-record.ts'

const folder = join(root, 'workshop/inspect/recorded')
const files = readdirSync(folder)

/** What nobody can see in bytes: times, and what a second request gets. */
const LIVE = ['no-head', 'starts-over']

/** A server of which no head came, so that there is nothing to keep. */
const SILENT = PEERS.filter(({ faults }) => faults.includes('no-head'))

test('of each server there is what its present version sent', () => {
  const wanted = PEERS.filter((peer) => !SILENT.includes(peer)).map(recordedName)
  expect(files.toSorted()).toEqual(wanted.toSorted())
})

describe('a right stream has no error and no warning', () => {
  test.each(PEERS.filter((peer) => !SILENT.includes(peer)))('$name', async (peer) => {
    const path = join(folder, recordedName(peer))
    const bytes = readFileSync(path)
    const { head, length } = readHeads(bytes, true) ?? { length: 0 }
    expect(head?.status).toBe(200)
    const body = bytes.subarray(length)
    expect(createEventReader().feed(body).events).not.toEqual([])
    for (let end = 0; end < body.length; end++) {
      const begun = lint(body.subarray(0, end), { complete: false })
      expect(begun.filter(({ severity }) => severity !== 'note')).toEqual([])
    }
    expect(faults(await report(path))).toEqual(peer.faults.filter((code) => !LIVE.includes(code)))
  })
})
