import { readWords } from '../args.ts'
import { ensureCerts } from '../project/certs.ts'
import { shown } from '../project/paths.ts'
import { wrap } from '../render/lines.ts'

/** `npm run certs`: makes the certificate if there is none, and says how to trust it. */
export async function run(words: string[]): Promise<number> {
  readWords('certs', words, [])
  const { made, news, key, cert, names, until } = await ensureCerts()
  console.log(
    made ? 'Made a certificate for localhost.' : 'The certificate is there already. Nothing was changed.',
  )
  if (news) console.log(wrap(news, 80).join('\n'))
  console.log(`  certificate  ${shown(cert)}`)
  console.log(`  private key  ${shown(key)}   (keep it to yourself)`)
  console.log(`  good for     ${names.join(', ')}`)
  console.log(`  good until   ${until.toISOString().slice(0, 10)}`)
  console.log('Browsers will warn about it. How to make yours trust it: certs/README.md')
  return 0
}
