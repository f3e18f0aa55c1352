import type { StarlightRouteData } from '@astrojs/starlight/route-data'
import { expect, test } from 'vitest'
import { markDone } from './done.ts'

const link = (href: string) => ({
  type: 'link' as const,
  label: href,
  href,
  isCurrent: false,
  badge: undefined,
  attrs: {},
})

test('marks what is done, in a group too, and takes a mark away that no longer holds', () => {
  const lessons = [link('/base/lessons/01-certs/'), link('/base/lessons/02-http2-server/')]
  const menu: StarlightRouteData['sidebar'] = [
    link('/base/start/'),
    { type: 'group', label: 'Lessons', entries: lessons, collapsed: false, badge: undefined },
  ]
  const marked = () => lessons.map(({ attrs }) => 'data-done' in attrs && attrs['data-done'] === '')
  markDone(menu, ['02-http2-server'])
  expect(marked()).toEqual([false, true])
  markDone(menu, [])
  expect(marked()).toEqual([false, false])
})
