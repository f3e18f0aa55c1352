/** What the times of a stream tell. Real servers; what is held back is held back for longer than a busy machine takes. */

import * as zlib from 'node:zlib'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { http, http2 } from '../testing/web.ts'
import { codes, faults, HEAD, report, ticking } from './testing.ts'

const message = (count: number) => `data: {"n":${count}}\n\n`

describe.concurrent('times', () => {
  test('a stream that comes as it is written has nothing to be said of it', async () => {
    await using web = await http2((stream) => {
      stream.respond({ ':status': 200, ...HEAD })
      let count = 0
      const timer = setInterval(() => stream.write(message(count++)), 100)
      stream.on('close', () => clearInterval(timer))
    })
    const told = await report(web.origin, '--events', '8')
    expect(codes(told)).toEqual(['untrusted-certificate'])
    expect(told.times.head).toBeLessThan(told.times.firstByte ?? 0)
    expect(told.times.medianGap).toBeGreaterThan(50)
  })

  test('a head that waits for the first byte', async () => {
    await using web = await http((request, answer) => {
      answer.writeHead(200, HEAD)
      ticking(request, answer, 1500, message)
    })
    const told = await report(web.origin, '--events', '2')
    expect(codes(told)).toContain('head-held')
    expect(faults(told)).toEqual([])
  })

  test("nginx' habit is called by its name", async () => {
    await using web = await http2((stream) => {
      setTimeout(() => {
        stream.respond({ ':status': 200, ...HEAD, server: 'nginx/1.22.1' })
        stream.write(message(1))
      }, 1500)
    })
    expect(codes(await report(web.origin, '--events', '1'))).toContain('head-held-by-nginx')
  })

  test('something that collects is told by a message that it cut', async () => {
    await using web = await http((request, answer) => {
      answer.writeHead(200, HEAD).flushHeaders()
      const text = Array.from({ length: 400 }, (_, count) => message(count)).join('')
      ticking(request, answer, 900, (count) => text.slice(count * 1024, (count + 1) * 1024))
    })
    expect(faults(await report(web.origin, '--for', '2500ms'))).toEqual(['collected'])
  })

  test('something that collects is told by the times in the messages', async () => {
    await using web = await http((request, answer) => {
      answer.writeHead(200, HEAD).flushHeaders()
      const timed = (second: number) => `data: 2026-01-01T00:00:${String(second).padStart(2, '0')}.000Z\n\n`
      ticking(request, answer, 900, (count) =>
        Array.from({ length: 6 }, (_, index) => timed(count * 6 + index)).join(''),
      )
    })
    const told = await report(web.origin, '--for', '2500ms')
    expect(faults(told)).toEqual(['collected'])
    expect(told.findings[0]?.says).toContain('the times in them are 5.0 s apart')
  })

  test('a server that sends in batches is not blamed', async () => {
    await using web = await http((request, answer) => {
      answer.writeHead(200, HEAD).flushHeaders()
      ticking(request, answer, 900, () => message(1).repeat(6))
    })
    const told = await report(web.origin, '--for', '2500ms')
    expect(faults(told)).toEqual([])
    expect(codes(told)).toContain('batch')
  })

  test('what was sent before is no batch', async () => {
    await using web = await http((request, answer) => {
      answer.writeHead(200, HEAD)
      answer.write(message(1).repeat(12))
      ticking(request, answer, 150, message)
    })
    expect(codes(await report(web.origin, '--events', '15'))).toEqual(['http-1'])
  })

  test('an answer that is held back as a whole', async () => {
    await using web = await http((_, answer) => {
      setTimeout(() => answer.writeHead(200, HEAD).end(message(1).repeat(9)), 2300)
    })
    expect(faults(await report(web.origin, '-d', '{}'))).toEqual(['all-at-once'])
  })

  test('an end is an accident for an EventSource, and none for a POST', async () => {
    await using web = await http((_, answer) => {
      answer.writeHead(200, HEAD).end('retry: 5000\ndata: 1\n\n')
    })
    const told = await report(web.origin)
    expect(codes(told)).toContain('ended')
    expect(told.findings.find(({ code }) => code === 'ended')?.says).toContain('asks again after 5.0 s')
    expect(codes(await report(web.origin, '-X', 'POST'))).toEqual([])
  })

  test('names that onmessage never hears', async () => {
    await using web = await http((_, answer) => {
      answer.writeHead(200, HEAD)
      answer.write('event: tick\ndata: 1\n\nevent: tock\ndata: 1\n\n')
    })
    const told = await report(web.origin, '--events', '2')
    expect(told.findings.find(({ code }) => code === 'named-events')?.says).toContain('tick, tock')
  })
})

describe.concurrent('content-encoding', () => {
  const packers = {
    gzip: () => zlib.createGzip(),
    deflate: () => zlib.createDeflate(),
    br: () => zlib.createBrotliCompress(),
    ...('createZstdCompress' in zlib && { zstd: () => zlib.createZstdCompress() }),
  }

  test.each(Object.entries(packers))('%s is unpacked while it comes', async (coding, create) => {
    await using web = await http((request, answer) => {
      answer.writeHead(200, { ...HEAD, 'content-encoding': coding })
      const packer = create()
      packer.pipe(answer)
      let count = 0
      const timer = setInterval(() => {
        packer.write(message(count++))
        packer.flush()
      }, 100)
      request.on('close', () => clearInterval(timer))
    })
    const told = await report(web.origin, '--events', '5')
    expect(faults(told)).toEqual(['content-encoding'])
    expect(told.body.events).toBe(5)
    expect(told.times.lastEvent).toBeGreaterThan(300)
  })

  test('over HTTP/2, where head and first bytes come together', async () => {
    await using web = await http2((stream) => {
      stream.respond({ ':status': 200, ...HEAD, 'content-encoding': 'gzip' })
      const packer = zlib.createGzip()
      packer.pipe(stream)
      packer.write(message(1))
      packer.flush()
    })
    expect(faults(await report(web.origin, '--events', '1'))).toEqual(['content-encoding'])
  })

  test.each(['gzip', 'deflate', 'br'])('a body that is not %s is told, and read as it is', async (coding) => {
    await using web = await http((_, answer) => {
      answer.writeHead(200, { ...HEAD, 'content-encoding': coding }).end(message(1))
    })
    const told = await report(web.origin, '-X', 'POST')
    expect(faults(told)).toEqual(['not-unpacked', 'content-encoding'])
    expect(told.body.events).toBe(1)
  })

  test('a compressed body whose head does not say so', async () => {
    await using web = await http((_, answer) => {
      answer.writeHead(200, HEAD).end(gzipSync(message(1)))
    })
    expect(faults(await report(web.origin))).toEqual(['compressed-body'])
  })
})

test('a bomb ends at the limit', async () => {
  const bomb = gzipSync(Buffer.alloc(2 ** 26, 'data: x\n\n'), { level: 1 })
  await using web = await http((_, answer) => {
    answer.writeHead(200, { ...HEAD, 'content-encoding': 'gzip' }).end(bomb)
  })
  const told = await report(web.origin, '--for', '60s')
  expect(codes(told)).toContain('limit')
  expect(told.body.bytes).toBeLessThan(20e6)
})
