/**
 * What real servers sent, cut to one message of each shape. The linter has to be silent about those that are right,
 * and to name what is wrong with the others.
 */

import type { FindingCode } from './words.ts'

export interface Recorded {
  /** Which servers send a stream of this shape. */
  from: string
  stream: string | number[]
  /** What the linter finds, notes included. */
  finds: FindingCode[]
}

/** Streams of which a browser loses nothing. */
export const RIGHT: Recorded[] = [
  {
    from: 'Go net/http, Node http and https, nginx 1.22 with proxy_buffering off',
    stream: 'data: 2026-11-26T22:39:03.805Z\n\ndata: 2026-11-26T22:39:04.306Z\n\n',
    finds: [],
  },
  {
    from: 'Flask 3.1, Starlette 1.7',
    stream: 'data: 2026-11-26T22:38:52.874017+00:00\n\ndata: 2026-11-26T22:38:53.391325+00:00\n\n',
    finds: [],
  },
  {
    from: 'aiohttp 3.14',
    stream: 'data: 2026-11-26T22:38:49.802815+00:00\r\n\r\ndata: 2026-11-26T22:38:50.303336+00:00\r\n\r\n',
    finds: ['crlf-line-ends'],
  },
  { from: 'h3 2.0', stream: 'data: Message @ 2026-11-26T22:37:57.216Z\n\n', finds: [] },
  {
    from: 'hono 4.13',
    stream:
      'event: time-update\ndata: It is 2026-11-26T22:37:44.363Z\nid: 0\n\nevent: time-update\ndata: It is 2026-11-26T22:37:44.898Z\nid: 1\n\n',
    finds: [],
  },
  {
    from: 'better-sse 0.16',
    stream:
      'retry:2000\n\nevent:tick\nid:25bf09b6-9b85-41ab-af98-3bb3299f2835\ndata:{"now":"2026-11-26T22:37:41.776Z"}\n\n',
    finds: ['no-space'],
  },
  {
    from: 'express 5.3 with compression 1.8 set aside',
    stream: 'data: {"now":"2026-11-26T22:38:04.019Z"}\n\ndata: {"now":"2026-11-26T22:38:04.519Z"}\n\n',
    finds: [],
  },
  {
    from: 'express-sse 1.0',
    stream: 'id: 0\ndata: "hello"\n\nid: 1\nevent: tick\ndata: {"now":"2026-11-26T22:37:59.938Z"}\n\n',
    finds: [],
  },
  {
    from: '@fastify/sse 0.6',
    stream: 'data: "connected"\n\nid: 1\nevent: update\ndata: {"now":"2026-11-26T22:40:37.045Z"}\n\n',
    finds: [],
  },
  {
    from: 'fastify-sse-v2 4.2',
    stream: 'retry: 3000\n\nid: 0\ndata: 2026-11-26T22:37:51.100Z\n\n',
    finds: [],
  },
  {
    from: 'FastAPI 0.142',
    stream: 'event: count\ndata: {"n": 1}\nid: 1\n\nevent: count\ndata: {"n": 2}\nid: 2\n\n',
    finds: [],
  },
  {
    from: 'sse-starlette 3.5',
    stream:
      'id: 1\r\nevent: tick\r\ndata: {"now": "2026-11-26T22:38:31.643890+00:00"}\r\nretry: 3000\r\n\r\n: ping - 2026-11-26 22:38:32.645133+00:00\r\n\r\n',
    finds: ['crlf-line-ends'],
  },
  {
    from: 'PHP 8.2',
    stream: 'event: ping\ndata: {"time": "2026-11-26T22:38:55+00:00"}\n\n',
    finds: [],
  },
  {
    from: 'Sinatra 3.0',
    stream: 'id: 0\ndata: 2026-11-26 22:39:00 UTC\n\nid: 1\ndata: 2026-11-26 22:39:00 UTC\n\n',
    finds: [],
  },
  {
    from: 'sse-channel 4.0',
    stream:
      ':ok\n\nretry: 2000\nid: 212\ndata: 2026-11-26T22:38:15.704Z\n\nid: 213\ndata: 2026-11-26T22:38:16.204Z\n\n:\nid: 214\ndata: 2026-11-26T22:38:16.705Z\n\n:\n',
    finds: [],
  },
  {
    from: 'sse-pubsub 1.4, which pings with empty data among texts',
    stream: 'retry: 1000\n\nid: 200\nevent: myEvent\ndata: Hello everyone!\n\ndata: \n\n',
    finds: [],
  },
  {
    from: 'ssestream 1.1',
    stream:
      ':ok\n\nevent: server-time\ndata: 22:38:13 GMT+0000 (Coordinated Universal Time)\ndata: second line\n\n',
    finds: [],
  },
  {
    from: 'graphql-sse 2.6, whose protocol wants the empty data',
    stream: ':\n\nevent: next\ndata: {"data":{"greetings":"Hi"}}\n\nevent: complete\ndata:\n\n',
    finds: ['empty-data'],
  },
  {
    from: '@modelcontextprotocol/sdk 1.32',
    stream:
      'event: message\ndata: {"method":"notifications/message","params":{"level":"info","data":"step 1"},"jsonrpc":"2.0"}\n\n',
    finds: [],
  },
  {
    from: '@modelcontextprotocol/sdk 1.32, the older transport',
    stream: 'event: endpoint\ndata: /messages?sessionId=4d625133-91b9-4d4d-9c35-9c2074611e06\n\n',
    finds: [],
  },
  {
    from: 'Response with a ReadableStream',
    stream: 'data: {"time":1795732704218}\n\ndata: {"time":1795732704718}\n\n',
    finds: [],
  },
  {
    from: 'ai 7.0',
    stream:
      'data: {"type":"text-delta","id":"t1","delta":"wörld 😀"}\n\ndata: {"type":"text-delta","id":"t1","delta":"\\n"}\n\ndata: [DONE]\n\n',
    finds: [],
  },
  {
    from: 'a server of chat completions',
    stream:
      ': PROCESSING\n\ndata: {"object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":" 🌍"},"finish_reason":null}]}\n\ndata: {"object":"chat.completion.chunk","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n',
    finds: [],
  },
]

/** Streams that lose something, or answers that are no event stream. */
export const WRONG: Recorded[] = [
  {
    from: 'PHP 8.2, with \\n in single quotes',
    stream: 'data: 2026-11-26T22:38:58+00:00\\n\\ndata: 2026-11-26T22:38:59+00:00\\n\\n',
    finds: ['literal-backslash-n'],
  },
  {
    from: 'sse-starlette 3.5, with a dict for data',
    stream: "data: {'ok': True, 'name': 'x'}\r\n\r\n",
    finds: ['python-repr', 'crlf-line-ends'],
  },
  {
    from: 'nginx 1.22 with gzip on, not decoded',
    stream: [
      0x1f, 0x8b, 0x08, 0, 0, 0, 0, 0, 0x04, 0x03, 0, 0, 0, 0xff, 0xff, 0x4a, 0x49, 0x2c, 0x49, 0xb4, 0x52,
    ],
    finds: ['compressed-body'],
  },
  {
    from: 'Express 5.3, for a path that is not there',
    stream:
      '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Error</title>\n</head>\n<body>\n<pre>Cannot GET /mcp</pre>\n</body>\n</html>\n',
    finds: ['html-instead'],
  },
  { from: 'hono 4.13, its home page', stream: 'hono', finds: ['no-field-name'] },
  {
    from: 'a gateway that gives up',
    stream:
      'data: 1\n\ndata: 2\n\n<html>\n<head><title>504 Gateway Time-out</title></head>\n<body>\n<center><h1>504 Gateway Time-out</h1></center>\n</body>\n</html>\n',
    finds: ['html-mid-stream'],
  },
  {
    from: 'an API that answers an error',
    stream: '{\n  "error": {\n    "message": "invalid key",\n    "type": "auth"\n  }\n}\n',
    finds: ['json-instead'],
  },
  {
    from: 'a relay that frames what is framed already',
    stream:
      'data: data: {"id":"c1","choices":[{"delta":{"content":"Hi"}}]}\ndata: \ndata: \n\ndata: data: [DONE]\ndata: \ndata: \n\n',
    finds: ['framed-twice', 'framed-twice'],
  },
  {
    from: 'a relay that puts comments into data',
    stream: 'data: : PROCESSING\n\ndata: {"choices":[]}\n\n',
    finds: ['comment-in-data'],
  },
  {
    from: 'a proxy that decodes each piece by itself',
    stream: 'data: {"delta":"\uFFFD\uFFFD\uFFFD今天"}\n\ndata: {"delta":"ok"}\n\n',
    finds: ['replacement-character'],
  },
  {
    from: 'a server that names its error as a field',
    stream: 'data: {"choices":[]}\n\nerror: {"code":400,"message":"too long"}\n\n',
    finds: ['event-as-field'],
  },
  {
    from: 'a server that names every event as a field',
    stream: 'endpoint: /messages?session=1\n\nmessage: {"jsonrpc":"2.0","id":1,"result":{}}\n\n',
    finds: ['event-as-field', 'misspelt-field'],
  },
  {
    from: 'a server that takes retry for seconds',
    stream: 'retry: 3\ndata: hello\n\n',
    finds: ['short-retry'],
  },
]
