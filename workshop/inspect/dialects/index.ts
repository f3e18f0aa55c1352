/** Finds the dialect of a stream, and holds the stream against its rules. */
import type { Remark } from '../remark.ts'
import { aiSdk } from './ai-sdk.ts'
import { anthropic } from './anthropic.ts'
import type { Dialect, Spoken } from './dialect.ts'
import { graphqlSse } from './graphql-sse.ts'
import { mcp } from './mcp.ts'
import type { DialectName } from './names.ts'
import { openai } from './openai.ts'

const DIALECTS: readonly Dialect[] = [openai, anthropic, mcp, graphqlSse, aiSdk]

/** @param named the dialect that it has to be, whatever it looks like */
export function checkDialect(spoken: Spoken, named?: DialectName): { dialect?: Dialect; remarks: Remark[] } {
  const dialect = DIALECTS.find((each) => (named ? each.name === named : each.knows(spoken)))
  return dialect ? { dialect, remarks: dialect.check(spoken) } : { remarks: [] }
}
