/** A server that sends a byte, waits, and sends the next one. */
import { describe, expect, test } from 'vitest'
import { http, http2 } from '../testing/web.ts'
import { codes, faults, HEAD, report, ticking } from './testing.ts'

describe.concurrent('a server that drips', () => {
  // A tenth of a second between two bytes, so that a line takes more than the second half that counts as slow: a whole
  // second would show the same, and take ten times as long.
  const MS = 100

  const dripping = (text: string) =>
    http((request, answer) => {
      answer.writeHead(200, HEAD)
      ticking(request, answer, MS, (count) => text[count] ?? '')
    })

  test('its message is shown once it is complete, with a word about how it came', async () => {
    await using web = await dripping('data: hello\n\n')
    const told = await report(web.origin, '--events', '1')
    expect(told).toMatchObject({ passed: true, body: { events: 1 } })
    expect(codes(told)).toContain('dripping')
    expect(told.times.firstEvent).toBeGreaterThan(10 * MS)
  })

  test('a message that is still coming is not blamed for it', async () => {
    await using web = await dripping('data: a message that takes its time to come\n\n')
    const told = await report(web.origin, '--for', '3s')
    expect(told).toMatchObject({ passed: true, body: { events: 0 }, end: { how: 'left', why: 'time' } })
    expect(codes(told)).toContain('dripping')
  })

  test('nor is one whose line has just ended', async () => {
    await using web = await dripping('data: a message of one line\n')
    const told = await report(web.origin, '--for', '3500ms')
    expect(faults(told)).toEqual([])
  })

  test('one that will not be finished is', async () => {
    await using web = await dripping('data: hello\n')
    expect(faults(await report(web.origin, '--for', '5s'))).toEqual(['unfinished-block'])
  })

  test('over HTTP/2', async () => {
    await using web = await http2((stream) => {
      stream.respond({ ':status': 200, ...HEAD })
      let count = 0
      const timer = setInterval(() => stream.write('data: hello\n\n'[count++] ?? ''), MS)
      stream.on('close', () => clearInterval(timer))
    })
    const told = await report(web.origin, '--events', '1')
    expect(told).toMatchObject({ passed: true, body: { events: 1 } })
    expect(codes(told)).toContain('dripping')
  })

  test('messages without any line end are no such line, and are blamed', async () => {
    await using web = await http((request, answer) => {
      answer.writeHead(200, HEAD)
      ticking(request, answer, 3 * MS, () => 'data: x')
    })
    const told = await report(web.origin, '--for', '4s')
    expect(codes(told)).not.toContain('dripping')
    expect(faults(told)).toEqual(['unfinished-block'])
  })

  test('lines that are written in parts, one after the other, are not', async () => {
    await using web = await http((request, answer) => {
      answer.writeHead(200, HEAD)
      ticking(request, answer, 60, (count) => ['data: ', 'hello', '\n'][count % 3])
    })
    const told = await report(web.origin, '--for', '3s')
    expect(codes(told)).not.toContain('dripping')
    expect(faults(told)).toEqual(['unfinished-block'])
  })
})
