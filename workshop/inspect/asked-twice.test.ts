/** `--again`, `--direct` and `--origin`: what asks the server, or another one, once more. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { describe, expect, test } from 'vitest'
import { http } from '../testing/web.ts'
import { codes, faults, HEAD, report, ticking } from './testing.ts'

describe.concurrent('--again', () => {
  /** A server with a log that goes on while nobody listens. */
  const logging = (begin: (last: string | undefined, newest: number) => number) => {
    const start = performance.now()
    const newest = () => Math.floor((performance.now() - start) / 100)
    return (request: IncomingMessage, answer: ServerResponse) => {
      answer.writeHead(200, HEAD).flushHeaders()
      let next = begin(request.headers['last-event-id'] as string | undefined, newest())
      ticking(request, answer, 20, () => {
        let text = ''
        for (; next <= newest(); next++) text += `id: ${next}\ndata: event ${next}\n\n`
        return text
      })
    }
  }

  test('a server that goes on behind the last id', async () => {
    await using web = await http(logging((last, newest) => (last === undefined ? newest : Number(last) + 1)))
    const told = await report(web.origin, '--events', '5', '--again')
    expect(faults(told)).toEqual([])
    expect(told.facts.map(({ about }) => about)).toEqual(['again'])
  })

  test('a server that begins at the first event again', async () => {
    await using web = await http(logging(() => 0))
    expect(faults(await report(web.origin, '--events', '5', '--again'))).toEqual(['repeats'])
  })

  test('a server that counts anew for each client', async () => {
    await using web = await http((request, answer) => {
      answer.writeHead(200, HEAD)
      ticking(request, answer, 50, (count) => `id: ${count}\ndata: ${performance.now()}\n\n`)
    })
    expect(faults(await report(web.origin, '--events', '5', '--again'))).toEqual(['starts-over'])
  })

  test('a server that sends what happens from then on', async () => {
    await using web = await http(logging((_, newest) => newest))
    expect(faults(await report(web.origin, '--events', '5', '--again'))).toEqual(['gap'])
  })

  test('ids that are no numbers say nothing of a gap', async () => {
    await using web = await http((request, answer) => {
      answer.writeHead(200, HEAD)
      ticking(request, answer, 50, () => `id: ${crypto.randomUUID()}\ndata: x\n\n`)
    })
    expect(faults(await report(web.origin, '--events', '3', '--again'))).toEqual([])
  })

  test('a stream without ids is never blamed', async () => {
    await using web = await http((request, answer) => {
      answer.writeHead(200, HEAD)
      ticking(request, answer, 50, () => 'data: x\n\n')
    })
    const told = await report(web.origin, '--events', '3', '--again')
    expect(faults(told)).toEqual([])
    expect(told.facts[0]?.says).toContain('No event has an id')
  })

  test.each([
    [204, ['again-stopped'], []],
    [503, ['again-failed'], ['again-failed']],
  ] as const)('%i when it comes back', async (status, all, wrong) => {
    await using web = await http((request, answer) => {
      if (request.headers['last-event-id']) answer.writeHead(status).end()
      else answer.writeHead(200, HEAD).write('id: 1\ndata: x\n\n')
    })
    const told = await report(web.origin, '--events', '1', '--again')
    expect(codes(told)).toEqual(expect.arrayContaining([...all]))
    expect(faults(told)).toEqual(wrong)
  })
})

describe.concurrent('--origin', () => {
  const page = 'https://app.example.com'

  test.each([
    [{}, [], ['no-allow-origin']],
    [{ 'access-control-allow-origin': page }, [], []],
    [{ 'access-control-allow-origin': '*' }, [], []],
    [{ 'access-control-allow-origin': '*' }, ['--credentials'], ['star-with-credentials']],
    [{ 'access-control-allow-origin': page }, ['--credentials'], ['no-allow-credentials']],
    [
      { 'access-control-allow-origin': page, 'access-control-allow-credentials': 'true' },
      ['--credentials'],
      [],
    ],
    [{ 'access-control-allow-origin': 'https://example.com' }, [], ['other-allow-origin']],
    [{ 'access-control-allow-origin': `${page}/` }, [], ['other-allow-origin']],
    [{ 'access-control-allow-origin': [page, page] }, [], ['allow-origin-twice']],
    [{ 'access-control-allow-origin': `*, ${page}` }, [], ['allow-origin-twice']],
  ] as [Record<string, string | string[]>, string[], string[]][])(
    '%j %j: %j',
    async (headers, words, expected) => {
      await using web = await http((request, answer) => {
        expect(request.headers.origin).toBe(page)
        answer.writeHead(200, { ...HEAD, ...headers }).write('data: 1\n\n')
      })
      const told = await report(web.origin, '--events', '1', '--origin', page, ...words)
      expect(faults(told)).toEqual(expected)
      expect(told.facts.length).toBe(expected.length === 0 ? 1 : 0)
    },
  )

  const POST = ['-H', 'authorization: Bearer x', '-H', 'content-type: application/json', '-d', '{}']
  test.each([
    [404, {}, 'its status is 404'],
    [204, {}, 'its access-control-allow-origin does not fit'],
    [204, { 'access-control-allow-headers': 'content-type' }, 'the header authorization is not allowed'],
    [204, { 'access-control-allow-headers': '*' }, 'the header authorization is not allowed'],
    [204, { 'access-control-allow-headers': 'Authorization, Content-Type' }, undefined],
  ])('a preflight that is answered with %i and %j: %s', async (status, headers, fault) => {
    const allow = Object.keys(headers).length > 0 ? { 'access-control-allow-origin': page } : {}
    await using web = await http((request, answer) => {
      if (request.method === 'OPTIONS') {
        expect(request.headers['access-control-request-headers']).toBe('authorization,content-type')
        answer.writeHead(status, { ...allow, ...headers }).end()
        return
      }
      answer.writeHead(200, { ...HEAD, 'access-control-allow-origin': page }).end('data: 1\n\n')
    })
    const told = await report(web.origin, ...POST, '--origin', page)
    expect(told.findings.map(({ says }) => says).join()).toContain(fault ?? '')
    expect(faults(told)).toEqual(fault ? ['preflight-refused'] : [])
    expect(JSON.stringify(told)).not.toContain('Bearer')
  })
})

describe.concurrent('--direct', () => {
  const clock = () =>
    http((request, answer) => {
      answer.writeHead(200, HEAD).flushHeaders()
      ticking(request, answer, 100, (count) => `data: ${count}\n\n`)
    })

  test('a proxy that collects', async () => {
    await using server = await clock()
    await using proxy = await http((request, answer) => {
      answer.writeHead(200, HEAD).flushHeaders()
      ticking(request, answer, 1000, (count) =>
        Array.from({ length: 10 }, (_, index) => `data: ${count * 10 + index}\n\n`).join(''),
      )
    })
    const told = await report(proxy.origin, '--direct', server.origin, '--for', '2500ms')
    expect(faults(told)).toEqual(['proxy-collects'])
    expect(codes(told)).not.toContain('batch')
  })

  test('a proxy that holds the head back, for a while or for ever', async () => {
    await using server = await clock()
    await using late = await http((request, answer) => {
      setTimeout(() => {
        answer.writeHead(200, HEAD).flushHeaders()
        ticking(request, answer, 100, (count) => `data: ${count}\n\n`)
      }, 1200)
    })
    await using never = await http(() => {})
    expect(faults(await report(late.origin, '--direct', server.origin, '--events', '3'))).toEqual([
      'proxy-holds-head',
    ])
    expect(faults(await report(never.origin, '--direct', server.origin, '--for', '1s'))).toEqual([
      'proxy-holds-head',
    ])
  })

  test('a proxy that answers in place of the server', async () => {
    await using server = await clock()
    await using proxy = await http((_, answer) => {
      answer.writeHead(504, { 'content-type': 'text/html' }).end('<html>')
    })
    expect(faults(await report(proxy.origin, '--direct', server.origin, '--events', '3'))).toEqual([
      'status-gateway',
      'proxy-breaks',
    ])
  })

  test('a proxy that passes everything on', async () => {
    await using server = await clock()
    const told = await report(server.origin, '--direct', server.origin, '--events', '3')
    expect(faults(told)).toEqual([])
    expect(told.facts.map(({ about }) => about)).toEqual(['direct'])
  })

  test('a server that does it by itself', async () => {
    await using server = await http((request, answer) => {
      answer.writeHead(200, HEAD).flushHeaders()
      ticking(request, answer, 900, () => 'data: x\n\n'.repeat(6))
    })
    expect(codes(await report(server.origin, '--direct', server.origin, '--for', '2s'))).toContain(
      'server-holds',
    )
  })
})
