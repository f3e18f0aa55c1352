import { describe, expect, test } from 'vitest'
import { ConnectError, type ConnectFault } from '../client/tls.ts'
import type { Listening } from './probe.ts'
import { type Attempt, decide, type Facts, mayAnswer } from './readiness.ts'
import * as faults from './start-faults.ts'

const PORT = 8080

/** A program that began at 0, and of which nothing is known at 100 ms. */
const facts = (more: Partial<Facts> = {}): Facts => {
  return {
    now: 100,
    waited: 100,
    port: PORT,
    isAlone: true,
    listening: [],
    hasChildren: false,
    attempts: [],
    ...more,
  }
}

const listensOn = (port: number, since = 0): Listening => {
  return { kind: 'http2', address: { address: '::', port }, since }
}

const answered = (at: number): Attempt => ({ at, wasSaid: false })

const failed = (fault: ConnectFault, more: Partial<Attempt> = {}): Attempt => {
  return { at: 100, wasSaid: false, error: new ConnectError(fault, `it was ${fault}`), ...more }
}

describe('whether to connect', () => {
  test.for<[when: string, more: Partial<Facts>, expected: boolean]>([
    ['nothing is said, and the port is theirs', {}, true],
    ['nothing is said, and another program may have the port', { isAlone: false }, false],
    [
      'the port was said, and another program had it before',
      { isAlone: false, listening: [listensOn(PORT)] },
      true,
    ],
    ['another port was said', { listening: [listensOn(3000)] }, false],
    ['both were said', { listening: [listensOn(3000), listensOn(PORT)] }, true],
    ['a pipe was said', { listening: [{ kind: 'http2', address: '8080', since: 0 }] }, false],
  ])('%s', ([, more, expected]) => {
    expect(mayAnswer(facts(more))).toBe(expected)
  })
})

describe('a program that is waited for', () => {
  test.for<[when: string, more: Partial<Facts>, expected: ReturnType<typeof decide>]>([
    ['nothing is known yet', {}, 'wait'],
    ['it ended', { death: faults.endedAtOnce(PORT), attempts: [answered(90)] }, faults.endedAtOnce(PORT)],
    ['nobody listens yet', { attempts: [failed('refused')] }, 'wait'],
    ['its time is not up', { waited: 7000 }, 'wait'],
    ['its time is up', { waited: 7001 }, faults.neverListens(PORT)],
    ['its time is up, and it is busy', { waited: 7001, isBlocked: true }, faults.blockedAtStart(PORT)],
    ['it listens elsewhere', { now: 600, listening: [listensOn(3000, 100)] }, 'wait'],
    [
      'it still listens elsewhere only',
      { now: 601, listening: [listensOn(3000, 100)] },
      faults.fixedPort(PORT, 3000),
    ],
    [
      'it answered while it said that it listens elsewhere',
      { listening: [listensOn(3000)], attempts: [answered(90)] },
      'wait',
    ],
  ])('%s', ([, more, expected]) => {
    expect(decide(facts(more))).toEqual(expected)
  })
})

describe('a connection', () => {
  const said = { listening: [listensOn(PORT)] }
  test.for<[when: string, more: Partial<Facts>, expected: ReturnType<typeof decide>]>([
    ['to a server that has said that it listens', { ...said, attempts: [answered(90)] }, 'ready'],
    ['to a program that it started', { hasChildren: true, attempts: [answered(90)] }, 'ready'],
    ['to who knows whom', { attempts: [answered(90)] }, 'wait'],
    ['again and again, to who knows whom', { now: 2090, attempts: [answered(90), answered(2000)] }, 'wait'],
    ['to a server that never says so', { now: 2091, attempts: [answered(90), answered(2000)] }, 'ready'],
  ])('%s', ([, more, expected]) => {
    expect(decide(facts(more))).toEqual(expected)
  })
})

describe('a connection that does not come about', () => {
  const said = { listening: [listensOn(PORT)] }
  const strange = failed('handshake')
  test.for<[when: string, more: Partial<Facts>, expected: RegExp | 'wait']>([
    ['refused', { ...said, attempts: [failed('refused', { wasSaid: true })] }, /then refused a connection/],
    ['refused a moment before it listened', { ...said, attempts: [failed('refused')] }, 'wait'],
    [
      'refused on another address',
      { ...said, attempts: [failed('refused', { wasSaid: true, otherHost: '127.0.0.9' })] },
      /listens on 127.0.0.9 only/,
    ],
    ['plain', { attempts: [failed('plain')] }, /without TLS/],
    ['of another protocol', { attempts: [failed('alpn')] }, /chose no protocol/],
    [
      'broken by a server that listens',
      { ...said, attempts: [failed('handshake', { wasSaid: true })] },
      /no TLS/,
    ],
    ['broken by a stranger', { attempts: [strange, strange, strange] }, 'wait'],
    ['broken too often', { attempts: [strange, strange, strange, strange] }, /no TLS handshake/],
    ['silent once', { attempts: [failed('silent')] }, 'wait'],
    ['silent twice', { attempts: [failed('silent'), failed('silent')] }, /says nothing/],
    ['silent once, after its time', { waited: 9000, attempts: [failed('silent')] }, 'wait'],
    [
      'silent because it is busy',
      { attempts: [failed('silent', { isBlocked: true })] },
      /event loop is blocked/,
    ],
  ])('%s', ([, more, expected]) => {
    const decision = decide(facts(more))
    if (typeof expected === 'string') expect(decision).toBe(expected)
    else expect(decision).toMatchObject({ received: expect.stringMatching(expected) })
  })
})
