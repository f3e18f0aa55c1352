// What `npm run …` starts, with whatever Node there is. It can say what is missing when nothing is installed yet.
try {
  const { register } = await import('tsx/esm/api')
  register()
} catch {
  console.error('The packages are not installed yet. Type: npm ci')
  process.exit(2)
}
await import('./cli.ts')
