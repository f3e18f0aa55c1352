/** What there is to say about one recording: its connection, its head, its bytes and its times. */

import { errorName } from '../../checks/support/client/error-codes.ts'
import { fieldOf, type HeadContext, opensStream } from '../../checks/wire/head-rules.ts'
import { byteRemarks, headRemarks } from './answer-rules.ts'
import type { Sending } from './ask.ts'
import { size, time } from './figures.ts'
import { MOST_BYTES, type Recording } from './recording.ts'
import { type Remark, remark } from './remark.ts'
import { shownUrl } from './secrets.ts'
import { type Circumstances, timeRemarks } from './time-rules.ts'

export function judge(recording: Recording, circumstances: Circumstances): Remark[] {
  const { head } = recording
  const isStream = !head || opensStream(head)
  return [
    ...(circumstances.live ? endRemarks(recording) : []),
    ...headRemarks(recording, headContext(recording, circumstances)),
    // curl may have unpacked what it wrote.
    ...(circumstances.live ? unpackRemarks(recording) : []),
    ...(!head && circumstances.live ? [] : byteRemarks(recording)),
    ...(isStream && head && circumstances.live ? timeRemarks(recording, circumstances) : []),
    ...(isStream ? limitRemarks(recording) : []),
  ]
}

/** What happened before the answer came. */
export function wayRemarks({ hops, opened, ask }: Sending): Remark[] {
  const remarks: Remark[] = []
  if (opened.untrusted !== undefined)
    remarks.push(remark('untrusted-certificate', { value: opened.untrusted }))
  if (hops.length > 0) remarks.push(remark('redirected', { value: shownUrl(ask.url) }))
  return remarks
}

function endRemarks({ head, ending, leftFor, times }: Recording): Remark[] {
  const after = `after ${time(times.end)}`
  if (ending.how === 'unreachable') return [remark('redirect-unreachable', { value: ending.why })]
  if (ending.how === 'refused') {
    const code = head ? 'refused-body' : 'refused-head'
    return [remark(code, { value: ending.why, after })]
  }
  if (!head) {
    // Whoever presses Ctrl-C at once has not waited for a head.
    if (ending.how === 'left' && leftFor === 'you' && times.end < PATIENCE_MS) return []
    if (ending.how === 'left') return [remark('no-head', { value: time(times.end) })]
    if (ending.how !== 'reset') return [remark('no-answer')]
  }
  if (ending.how === 'reset') {
    return [remark('reset', { value: `code ${ending.code} (${errorName(ending.code)})`, after })]
  }
  if (ending.how !== 'broken') return []
  const silence = times.end - (times.lastByte ?? times.head ?? 0)
  return silence >= QUIET_MS
    ? [remark('cut-in-silence', { value: time(silence) })]
    : [remark('broken', { after })]
}

function headContext({ ending, received }: Recording, { method }: Circumstances): HeadContext {
  return { method, ...(ending.how === 'ended' && { ended: received }) }
}

function unpackRemarks({ head, unpackFault }: Recording): Remark[] {
  if (!head || unpackFault === undefined) return []
  const encoding = fieldOf(head.fields, 'content-encoding')
  return [remark('not-unpacked', { value: unpackFault, encoding })]
}

function limitRemarks({ bytes, leftFor }: Recording): Remark[] {
  return leftFor === 'bytes' ? [remark('limit', { value: size(Math.min(bytes.length, MOST_BYTES)) })] : []
}

/** A connection that was cut after so many milliseconds of silence was most likely cut for the silence. */
const QUIET_MS = 1500

const PATIENCE_MS = 3000
