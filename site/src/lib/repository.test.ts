import { expect, test } from 'vitest'
import { archiveOf, codespaceOf, folderOf, repositoryOf } from './repository.ts'

const HERE = 'https://code.example.org/someone/project'

test.each([
  [{}, { repository: HERE }],
  [{}, { repository: { url: `git+${HERE}.git` } }],
  [{}, { repository: { url: `${HERE}/` } }],
  [{ SITE_REPOSITORY: '' }, { repository: HERE }],
  [{ SITE_REPOSITORY: HERE }, { repository: 'https://code.example.org/forked/from' }],
])('the address in %j and %j', (env, manifest) => {
  expect(repositoryOf(env, manifest)).toBe(HERE)
})

test('a project without an address has none', () => {
  expect(repositoryOf({}, {})).toBeUndefined()
})

test.each(['someone/project', 'github:someone/project', 'git@code.example.org:someone/project.git'])(
  '%s is no address that everyone can fetch from',
  (repository) => {
    expect(() => repositoryOf({}, { repository })).toThrow('must be written out')
  },
)

test('what follows from an address', () => {
  expect(folderOf(HERE)).toBe('project')
  expect(archiveOf(HERE)).toBe(`${HERE}/archive/HEAD.zip`)
  expect(codespaceOf(HERE)).toBeUndefined()
  expect(codespaceOf('https://github.com/someone/project')).toBe('https://codespaces.new/someone/project')
})
