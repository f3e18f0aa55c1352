/** `npm run bench`: speeds, as ratios of what is measured in one run. `npm run bench fanout` measures the finished server. */
const [what, ...args] = process.argv.slice(2)

if (what === 'fanout') {
  const { benchFanout } = await import('./fanout.ts')
  await benchFanout(args)
} else {
  const { benchVerdicts } = await import('./verdicts.ts')
  await benchVerdicts(process.argv.slice(2))
}
