/** What is wrong with what came of a call of `streamTokens`, as a learner reads it. */
import type { Report } from '../support/failure.ts'
import { once } from '../support/once.ts'
import type { LearnerModule } from '../support/server/module.ts'
import type { CheckContext } from '../support/subject.ts'
import { visible } from '../wire/bytes.ts'
import { PROMPT, SCENARIOS, type Scenario, type Seen } from './scenarios.ts'

/** What is imported beside the learner's module, into the process where it is called. */
export const HELPERS = new URL('calling.ts', import.meta.url).href

interface Played {
  scenario: Scenario
  seen: Seen
}

/** Calls the learner's function in all scenarios. */
export function playerOf(module: LearnerModule) {
  return once(async (context: CheckContext): Promise<Played[]> => {
    const [kind] = await module.evaluate(context, ['typeof streamTokens'])
    if (!kind || !('value' in kind) || kind.value !== 'function') {
      const expected = 'a function streamTokens that client.ts exports'
      return context.fail({ expected, received: 'no function of this name', fault: 'missing' })
    }
    const [outcome] = await module.evaluate(context, ['playAll(streamTokens)'], { awaits: true })
    if (!outcome || !('value' in outcome)) throw new Error('the calls came to no end')
    const seen: Seen[] = JSON.parse(String(outcome.value))
    return SCENARIOS.map((scenario, i) => ({ scenario, seen: seen[i] as Seen }))
  })
}

/** The first scenario of a check that went wrong. */
export function judgeCalls(played: readonly Played[], check: Scenario['check']): Report | undefined {
  for (const { scenario, seen } of played) {
    if (scenario.check !== check) continue
    const report = check === 'asks' ? askedFault(scenario, seen) : callFault(scenario, seen)
    if (report) return report
  }
  return undefined
}

function askedFault({ name }: Scenario, { asked, usedGlobal, message }: Seen): Report | undefined {
  const isBare = name === BARE
  const expected = `${callWith(name)} → one request: POST, with the body ${JSON.stringify({ prompt: PROMPT })}`
  const [request, ...more] = asked
  if (!request) {
    const received = message ? `no request, and ${message}` : 'no request'
    return { expected, received, fault: isBare ? 'bare' : 'silent' }
  }
  if (usedGlobal && !isBare) return { expected, received: 'a request of the global fetch', fault: 'global' }
  if (more.length > 0) return { expected, received: `${asked.length} requests`, fault: 'again' }
  if (request.method !== 'POST') return { expected, received: request.method, fault: 'method' }
  if (promptIn(request.body) === PROMPT) return undefined
  return { expected, received: `POST, with ${bodyInWords(request.body)}`, fault: 'body' }
}

const BARE = SCENARIOS.find(({ isBare }) => isBare)?.name

function bodyInWords(body: string): string {
  return body === '' ? 'no body' : `the body ${visible(body)}`
}

function promptIn(body: string): unknown {
  try {
    return JSON.parse(body).prompt
  } catch {
    return undefined
  }
}

function callFault(scenario: Scenario, seen: Seen): Report | undefined {
  const { check, name, tokens, end, abort } = scenario
  const expected = `${callWith(name)} → ${inWords(scenario)}`
  const received = inWords(seen)
  const isSame = tokens.length === seen.tokens.length && tokens.every((token, i) => token === seen.tokens[i])
  if (!isSame || end !== seen.end) return { expected, received, fault: faultOf(scenario, seen) }
  if (abort !== undefined) return seen.isReason ? undefined : { expected, received, fault: 'other' }
  if (end === 'threw' && (!seen.isError || !seen.words)) {
    const thrown = seen.isError ? 'an error without words' : `${seen.message}, which is no Error`
    return { expected, received: inWords({ ...seen, message: undefined, thrown }), fault: 'wordless' }
  }
  if (check !== 'leaves' || seen.isLetGo) return undefined
  return {
    expected: `${callWith(name)} → the end of the request`,
    received: 'a body that nobody has cancelled',
  }
}

/** Which words fit a call whose tokens, or whose end, are not what they should be. */
function faultOf({ check, fault, tokens }: Scenario, seen: Seen): string | undefined {
  const isHung = seen.end === 'hung'
  if (check === 'aborts') return isHung ? (fault ?? 'hung') : seen.end === 'threw' ? 'other' : undefined
  if (check === 'pieces' && seen.tokens.some((token) => token.includes('\uFFFD'))) return 'emoji'
  if (check === 'reads' && seen.end === 'returned' && seen.tokens.length < tokens.length) {
    return seen.tokens.length === 0 ? 'none' : 'early'
  }
  if (check === 'reads' && seen.end === 'threw' && seen.tokens.length === tokens.length) return 'thrown'
  if (check === 'reads' && seen.end === 'threw' && seen.tokens.length === 0) return fault ?? 'eventless'
  return fault ?? (isHung ? 'hung' : undefined)
}

function callWith(name: string): string {
  return `streamTokens() with ${name}`
}

interface Told {
  tokens: string[]
  end: Seen['end']
  /** It ends with what the signal was aborted with. */
  abort?: Scenario['abort']
  message?: string
  /** What it threw, where its message says too little. */
  thrown?: string
}

/** Tokens, and how they ended. */
function inWords({ tokens, end, abort, message = '', thrown }: Told): string {
  const some = tokens.slice(0, 3).map((token) => (NOT_TEXT.test(token) ? token : `"${visible(token)}"`))
  const rest = tokens.length > 3 ? [`… (${tokens.length})`] : []
  const list = tokens.length === 0 ? 'no token' : `tokens ${[...some, ...rest].join(' ')}`
  if (end === 'left') return list
  if (end !== 'threw') return end === 'hung' ? `${list}, and no end` : `${list}, and the end`
  const error = abort === undefined ? visible(message) || 'an error' : 'the reason of the signal'
  return `${list}, and then ${thrown ?? error}`
}

const NOT_TEXT = /, not a string$/
