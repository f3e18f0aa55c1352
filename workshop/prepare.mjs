// Runs at the end of `npm ci`, with whatever Node there is: puts the files of every lesson in place.
// An install must not fail because of it: each command looks again, and says what is wrong.
try {
  const { tsImport } = await import('tsx/esm/api')
  const { ensureLessons } = await tsImport('./starters.ts', import.meta.url)
  await ensureLessons()
} catch (error) {
  if (process.env.DEBUG === 'workshop') console.error(error)
}
