import type { CheckManifest } from '../manifest.ts'

/** The first check of every lesson that has a server. */
export const starts: CheckManifest = {
  says: 'starts, listens on PORT, and speaks HTTP/2',
  why: 'Over HTTP/2 a browser has 100 requests and more under way at a time, on one connection. HTTP/1.1 lets it have about six.',
  fix: 'Listen on process.env.PORT with createSecureServer() from node:http2.',
  try: 'curl -kI --http2 {origin}/',
  faults: {
    refused: {
      why: 'No program listens there, or it has another name or number.',
      fix: 'Start the server, and compare its port with the address.',
    },
    plain: {
      why: 'Browsers speak HTTP/2 only over TLS, the S in https.',
      fix: 'Use createSecureServer() from node:http2, with a key and a certificate.',
    },
  },
  hints: [
    'Run the file by itself. What does it print, and does it keep running?',
    'http2.createSecureServer() makes the server, server.listen(port) opens it: nodejs.org/api/http2.html#http2createsecureserveroptions-onrequesthandler',
    { file: 'server.ts', lines: 'server.listen' },
  ],
}
