/** Servers of what models say and do: both transports of MCP, and the AI SDK. */
import type { Peer } from './peer.ts'

export const MODELS: Peer[] = [
  {
    name: 'MCP',
    packages: ['@modelcontextprotocol/sdk@1.32.2', 'zod@3.25.76'],
    program: `
      import { createServer } from 'node:http'
      import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
      import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js'
      createServer(async (request, response) => {
        const server = new McpServer({ name: 'demo', version: '1.0.0' }, { capabilities: { logging: {} } })
        server.registerTool('count', { description: 'Counts to two.' }, async ({ sendNotification }) => {
          for (const data of ['step 1', 'step 2']) {
            await sendNotification({ method: 'notifications/message', params: { level: 'info', data } })
          }
          return { content: [{ type: 'text', text: 'done' }] }
        })
        const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined })
        await server.connect(transport)
        await transport.handleRequest(request, response)
      }).listen(process.env.PORT)`,
    words: [
      ...['-H', 'content-type: application/json', '-H', 'accept: application/json, text/event-stream', '-d'],
      JSON.stringify({
        jsonrpc: '2.0',
        id: 1,
        method: 'tools/call',
        params: { name: 'count' },
      }),
    ],
    faults: [],
  },
  {
    name: 'MCP, the older transport',
    packages: ['@modelcontextprotocol/sdk@1.32.2', 'zod@3.25.76'],
    program: `
      import { createServer } from 'node:http'
      import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
      import { SSEServerTransport } from '@modelcontextprotocol/sdk/server/sse.js'
      createServer(async (request, response) => {
        const server = new McpServer({ name: 'demo', version: '1.0.0' })
        await server.connect(new SSEServerTransport('/messages', response))
      }).listen(process.env.PORT)`,
    words: ['--events', '1'],
    faults: [],
  },
  {
    name: 'AI SDK',
    packages: ['ai@7.0.173', 'zod@3.25.76'],
    program: `
      import { createServer } from 'node:http'
      import { simulateReadableStream, streamText } from 'ai'
      import { MockLanguageModelV4 } from 'ai/test'
      const usage = { inputTokens: { total: 1 }, outputTokens: { total: 2 } }
      const chunks = [
        { type: 'text-start', id: 't1' },
        { type: 'text-delta', id: 't1', delta: 'Hel' },
        { type: 'text-delta', id: 't1', delta: 'lo' },
        { type: 'text-end', id: 't1' },
        { type: 'finish', finishReason: { unified: 'stop' }, usage },
      ]
      const model = new MockLanguageModelV4({
        doStream: async () => ({ stream: simulateReadableStream({ chunks }) }),
      })
      createServer((request, response) => {
        streamText({ model, prompt: 'Hello' }).pipeUIMessageStreamToResponse(response)
      }).listen(process.env.PORT)`,
    words: ['-X', 'POST'],
    faults: [],
  },
]
