import { fileURLToPath } from 'node:url'
import starlight from '@astrojs/starlight'
import { defineConfig } from 'astro/config'
import starlightLinksValidator from 'starlight-links-validator'
import manifest from '../package.json' with { type: 'json' }
import { basePath } from './integrations/base-path.ts'
import { lightOnPaper } from './integrations/light-on-paper.ts'
import { liveChecks } from './integrations/live.ts'
import { longCode } from './integrations/long-code.ts'
import { oneText } from './integrations/one-text.ts'
import { partByPart } from './integrations/part-by-part.ts'
import { labelledTables } from './integrations/tables.ts'
import { repositoryOf } from './src/lib/repository.ts'

/** Where the site is published; unset on a learner's machine. The workflow in .github/workflows/pages.yml sets them. */
const { SITE_ORIGIN = 'http://localhost:4321', SITE_BASE = '/', SITE_CACHE } = process.env

const repository = repositoryOf(process.env, manifest)

export default defineConfig({
  site: SITE_ORIGIN,
  base: SITE_BASE,
  // Two builds at once, such as a test's and yours, would spoil each other's cache.
  ...(SITE_CACHE && { cacheDir: SITE_CACHE }),
  vite: {
    define: {
      'import.meta.env.PROJECT': JSON.stringify(fileURLToPath(new URL('..', import.meta.url))),
      'import.meta.env.REPOSITORY': JSON.stringify(repository ?? ''),
    },
    // Lessons, solutions and checks stand beside this folder. Vite would let pages of every local port read them.
    server: { fs: { allow: ['..'] }, cors: false },
    // Astro marks its own modules with a directive that the bundler does not know.
    build: { rolldownOptions: { checks: { moduleLevelDirective: false } } },
  },
  // Learners read these pages while they work: the tools of who builds the site would stand in their way.
  devToolbar: { enabled: false },
  integrations: [
    basePath(),
    longCode(),
    labelledTables(),
    liveChecks(),
    partByPart(),
    lightOnPaper(),
    oneText(),
    starlight({
      title: 'Server-Sent Events',
      description:
        'Build a real Server-Sent Events server on HTTP/2 with Node and TypeScript, lesson by lesson.',
      favicon: '/favicon.svg',
      disable404Route: true,
      components: { Hero: './src/home/Hero.astro' },
      routeMiddleware: './src/route-data.ts',
      customCss: [
        './src/styles/theme.css',
        './src/styles/lesson.css',
        './src/styles/pictures.css',
        './src/styles/checks.css',
        './src/styles/playground.css',
        './src/styles/desk.css',
        './src/styles/home.css',
        './src/styles/session.css',
      ],
      ...(repository && {
        editLink: { baseUrl: `${repository}/edit/main/site/` },
        social: [{ icon: 'github', label: 'Source code', href: repository }],
      }),
      sidebar: [
        { label: 'Start here', slug: 'start' },
        { label: 'Lessons', items: [{ autogenerate: { directory: 'lessons' } }] },
        { label: 'Playground', slug: 'playground' },
        { label: 'Begin in your browser', slug: 'playground/lesson-5' },
        { label: 'Any stream', slug: 'inspect' },
        { label: 'Concepts', items: [{ autogenerate: { directory: 'concepts' } }] },
        { label: 'Reference', items: [{ autogenerate: { directory: 'reference' } }] },
        { label: 'Questions', slug: 'faq' },
        { label: 'For instructors', slug: 'instructors' },
        { label: 'For authors', slug: 'authors' },
      ],
      plugins: [
        starlightLinksValidator({
          // These anchors come from the data of checks and presets; the tests of the site look at them.
          exclude: ({ link }) => /#check-|#finding-|\/playground\/#/.test(link),
          errorOnLocalLinks: false,
        }),
      ],
    }),
  ],
})
