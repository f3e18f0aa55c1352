/** What the file that runs alone says of itself. */
export const USAGE = `
  node sse-inspect.mjs URL          takes any event stream apart
  node sse-inspect.mjs FILE         a saved one; - reads what is piped in
  node sse-inspect.mjs curl URL …   what "Copy as cURL" gives

  -X -H -d -b -u -k …      as curl has them; also --data-raw, --cacert,
                           --http1.1, --http2-prior-knowledge
  --for 60s  --events 100  how long; usually 10 s or 20 events
  --lines                  shows every line, line ends visible
  --direct URL             asks beside the proxy as well, and compares
  --again                  comes back with the last event ID
  --origin URL             would a page there be let in? With --credentials
  --dialect NAME           openai, anthropic, mcp, graphql-sse or ai-sdk
  --json  --github         for programs; --junit FILE besides
  --fail-on warning        exit code 1 from there on; else from error on

  Exit code 0: nothing is wrong; 1: something is; 2: used wrongly, or not
  reachable.
`
