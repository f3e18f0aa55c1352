import { expect, test } from 'vitest'
import type { Verdict } from '../../checks/verdict.ts'
import { course } from '../testing/course.ts'
import { junitText } from './junit.ts'
import { lastLines } from './printed.ts'
import { reportText } from './report.ts'

const verdict: Verdict = {
  schema: 1,
  lesson: { number: 4, slug: '04-message-format', title: 'Message format' },
  target: { kind: 'lesson', label: 'lessons/04-message-format' },
  passed: false,
  checks: [
    { id: '04-message-format/starts', says: 'starts', state: 'passed', ms: 80 },
    {
      id: '04-message-format/blank-line',
      says: 'ends each message with a blank line',
      state: 'failed',
      failure: {
        expected: 'a blank line behind each message',
        received: 'one line end, and then the next message',
        why: 'A parser collects fields until it meets a blank line; without one it waits for ever, and says nothing at all.',
        fix: 'End the text with two line ends.',
        try: 'curl -kN https://localhost:8080/events',
        bytes: { line: 'data: <now>␊', caret: 11, should: 'data: <now>␊␊' },
        at: { file: 'lessons/04-message-format/server.ts', line: 26 },
      },
      ms: 1500,
    },
    { id: '04-message-format/two-clients', says: 'serves two clients', state: 'not-reached', ms: 0 },
    { id: '02-http2-server/greeting', says: 'greets', state: 'not-reached', ms: 0 },
    { id: '03-headers/status', says: 'answers', state: 'not-reached', ms: 0 },
  ],
  notes: ['server.ts:3 Cannot find name "x".'],
  output: 'Listening on https://localhost:1\n\u001b[2J\u001b[31mred\u001b[0m\ttabbed\u0007\n',
  ms: 1640,
}

const plain = { paint: (_: string, text: string) => text, width: 80 }

test('a failed verdict reads like this', () => {
  expect(reportText(verdict, course, plain)).toMatchInlineSnapshot(`
    "  Lesson 4 of 5 · Message format
      checks lessons/04-message-format

      ✓ starts
      ✗ ends each message with a blank line
          expected   a blank line behind each message
          received   one line end, and then the next message
          line       data: <now>␊
                                ^
          should be  data: <now>␊␊
                     (␊ is a line end, \\n)
          why        A parser collects fields until it meets a blank line; without
                     one it waits for ever, and says nothing at all.
          fix        End the text with two line ends.
          where      lessons/04-message-format/server.ts:26
          try        curl -kN https://localhost:8080/events
      · serves two clients (not reached)
      · keeps what lessons 2 to 3 taught (not reached)

          note       server.ts:3 Cannot find name "x".
      your program printed
      │ Listening on https://localhost:1
      │ red  tabbed

      Not yet. Checked in 1.64 s.
    "
  `)
})

test.skipIf(process.platform === 'win32')('no line is wider than the terminal', () => {
  const line = 'data: 2026-01-02T03:04:05.678Zdata: 2026-01-02T03:04:05.688Z'
  const bytes = { line, caret: 30, should: line.replace('Zd', 'Z␍␊␍␊d').slice(0, 60) }
  const checks = verdict.checks.map((check) =>
    check.failure
      ? { ...check, failure: { ...check.failure, bytes, try: `${check.failure.try} --max-time 3` } }
      : check,
  )
  const lines = reportText({ ...verdict, checks }, course, { ...plain, width: 60 }).split('\n')
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(60)
  expect(lines.join('\n')).toContain(
    `
      line       …-01-02T03:04:05.678Zdata: 2026-01-02T03:0…
                                      ^
      should be  …-01-02T03:04:05.678Z␍␊␍␊data: 2026-01-02T…
                 (␊ is a line end, \\n; ␍ is a carriage
                 return, \\r)
`.slice(1),
  )
  expect(lines.join('\n')).toContain(`
      try        curl -kN https://localhost:8080/events \\
                 --max-time 3`)
})

test('a long word keeps the indent, and a command stays whole', () => {
  const long = (length: number) => 'x/'.repeat(length / 2)
  const failure = {
    expected: 'a',
    received: 'b',
    why: `Read example.org/${long(90)}#end`,
    fix: 'c',
    try: `node ${long(66)} && curl -k ${long(70)}`,
  }
  const checks = [{ ...verdict.checks[0], failure, state: 'failed' }] as Verdict['checks']
  const lines = reportText({ ...verdict, checks }, course, plain).split('\n')
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(80)
  for (const line of lines.filter((line) => line.includes('x/x/'))) expect(line).toMatch(/^ {8}/)
  if (process.platform !== 'win32') {
    const at = lines.findIndex((line) => line.includes(' try '))
    const typed = lines
      .slice(at, at + 4)
      .join('\n')
      .replace('try', '')
      .replace(/ \\\n\s+/g, ' ')
    expect(typed.trim().startsWith(failure.try)).toBe(true)
  }
})

test('errors of streams that the checks broke off are explained when all has passed', () => {
  const output = 'A stream failed: Stream closed with error code NGHTTP2_CANCEL\n'
  const printed = (more: Partial<Verdict>) => reportText({ ...verdict, output, ...more }, course, plain)
  expect(printed({ passed: true })).toContain(
    'NGHTTP2_CANCEL\n  The checks broke off these streams and connections on purpose,',
  )
  expect(printed({})).not.toContain('on purpose')
  expect(printed({ passed: true, output: 'hello\n' })).not.toContain('on purpose')
})

test('what is shown of what was printed never begins with the end of an object', () => {
  const object = ['{', "  a: 'b',", '}']
  expect(lastLines(['x', ...object, 'y'], 2)).toEqual(['y'])
  expect(lastLines(['x', ...object, 'y'], 4)).toEqual([...object, 'y'])
  expect(lastLines(['x', 'y', 'z'], 2)).toEqual(['y', 'z'])
  expect(lastLines(object, 9)).toEqual(object)
})

test('a verdict as JUnit', () => {
  const failure = { expected: 'text', received: '<&"\u0000\ud800', why: 'a reason', fix: 'a way' }
  const checks: Verdict['checks'] = [
    ...verdict.checks.filter(({ state }) => state !== 'failed'),
    { id: '04-message-format/odd', says: 'is "odd"', state: 'failed', failure, ms: 1 },
  ]
  expect(junitText([{ ...verdict, checks }])).toMatchInlineSnapshot(`
    "<?xml version="1.0" encoding="UTF-8"?>
    <testsuites>
      <testsuite name="04-message-format lessons/04-message-format" tests="5" failures="1" skipped="3" time="1.640">
        <testcase classname="04-message-format/starts" name="starts" time="0.080"/>
        <testcase classname="04-message-format/two-clients" name="serves two clients" time="0.000"><skipped message="not reached"/></testcase>
        <testcase classname="02-http2-server/greeting" name="greets" time="0.000"><skipped message="not reached"/></testcase>
        <testcase classname="03-headers/status" name="answers" time="0.000"><skipped message="not reached"/></testcase>
        <testcase classname="04-message-format/odd" name="is &quot;odd&quot;" time="0.001">
          <failure message="&lt;&amp;&quot;␀�">expected: text
    received: &lt;&amp;"␀�
    why: a reason
    fix: a way</failure>
        </testcase>
      </testsuite>
    </testsuites>
    "
  `)
})
