/** The dialects of event streams that are known. */
export const DIALECT_NAMES = ['openai', 'anthropic', 'mcp', 'graphql-sse', 'ai-sdk'] as const

export type DialectName = (typeof DIALECT_NAMES)[number]
