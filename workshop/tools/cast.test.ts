import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../project/paths.ts'
import { type Cast, castLines } from './cast.ts'

const ESCAPE = '\u001b'

test('styles become names, and go on into the next line', () => {
  const painted = `plain ${ESCAPE}[1mbold ${ESCAPE}[32mgreen too\nstill${ESCAPE}[0m not${ESCAPE}[2m dim${ESCAPE}[22m\n\n`
  expect(castLines(painted)).toEqual([
    [['plain '], ['bold ', 'bold'], ['green too', 'bold green']],
    [['still', 'bold green'], [' not'], [' dim', 'dim']],
  ])
})

test.each([
  [
    'lesson 03 goes from the starter to done, with a mistake on the way',
    'lesson-03',
    ['✗ answers GET /events with 200', 'received   content-type: text/plain', 'Lesson 3 is done.'],
  ],
  [
    'the demo of lesson 04 loses its connections, and goes on',
    'demo-04',
    ['message: ', 'the connection is gone', '── GET /events', 'Lesson 5 of'],
  ],
])('the recorded session of %s', (_, name, order) => {
  const file = join(root, `site/src/assets/${name}.cast.json`)
  const { columns, rows, frames }: Cast = JSON.parse(readFileSync(file, 'utf8'))
  const texts = frames.map(({ lines }) => lines.map((line) => line.map(([text]) => text).join('')).join('\n'))
  const found = order.map((text) => texts.findIndex((screen) => screen.includes(text)))
  expect(found).toEqual([...found].sort((a, b) => a - b))
  expect(found).not.toContain(-1)
  for (const screen of texts) {
    expect(screen.split('\n').length).toBeLessThanOrEqual(rows)
    for (const line of screen.split('\n')) expect(line.length).toBeLessThanOrEqual(columns)
  }
})
