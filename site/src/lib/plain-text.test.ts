import { expect, test } from 'vitest'
import { textOf } from './plain-text.ts'

const at = new URL('https://example.org/docs/start/')
const read = (main: string) => textOf(`<body><nav>Menu</nav><main class="a">${main}</main></body>`, at)

test.each([
  ['<h1>Title</h1><p>One\n  <em>two</em>.</p><p>Three</p>', '# Title\n\nOne two.\n\nThree'],
  [
    '<p>See <a href="../next/#x">the <code>next</code></a>.</p>',
    'See [the `next`](https://example.org/docs/next/#x).',
  ],
  ['<ul><li>one</li><li><p>two</p></li></ul><p>end</p>', '- one\n- two\n\nend'],
  [
    '<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>&lt;2&gt;</td></tr></table>',
    '| a | b |\n| 1 | <2> |',
  ],
  ['<pre><code>a\n\n  b\n</code></pre><p>c</p>', '```\na\n\n  b\n```\n\nc'],
  ['<p>a</p><!-- no --><svg><path d="M0"/><svg></svg></svg><button>b</button><p>c</p>', 'a\n\nc'],
  [
    '<h2>A</h2><a class="sl-anchor-link" href="#a"><span>#</span></a><details class="fold">no</details>b',
    '## A\n\nb',
  ],
])('%s', (html, text) => {
  expect(read(html)).toBe(text)
})

test('a block of code is what its button copies', () => {
  const block =
    '<div class="expressive-code"><figure><pre data-language="sh"><code>npm <b>ci</b></code></pre>' +
    '<div class="copy"><button data-code="npm ci\u007fnpm start -- &quot;x&quot;"></button></div></figure></div>'
  expect(read(`<p>Type:</p>${block}<p>and</p>`)).toBe('Type:\n\n```sh\nnpm ci\nnpm start -- "x"\n```\n\nand')
})
