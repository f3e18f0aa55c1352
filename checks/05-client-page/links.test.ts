import { expect, test } from 'vitest'
import { linksOf } from './links.ts'

const ORIGIN = 'https://localhost:8080'

test.each([
  ['<link rel="stylesheet" href="/page.css">', [{ kind: 'style', path: '/page.css' }]],
  ['<LINK HREF=page.css REL="preload StyleSheet" />', [{ kind: 'style', path: '/page.css' }]],
  [
    "<script type='module' src='./js/page.js?v=2#top'></script>",
    [{ kind: 'script', path: '/js/page.js?v=2' }],
  ],
  ['<script data-x="a > b" src="https://localhost:8080/a.js"></script>', [{ kind: 'script', path: '/a.js' }]],
  ['<link rel="icon" href="/icon.svg">', []],
  ['<script>inline()</script>', []],
  ['<script data-src="/lazy.js"></script>', []],
  ['<script src="https://example.com/a.js"></script>', []],
  ['<link rel="stylesheet" href="data:text/css,">', []],
  ['<!-- <script src="/old.js"></script> -->', []],
])('finds what %s names on its own server', (html, links) => {
  expect(linksOf(html, ORIGIN)).toEqual(links)
})
