/** Servers in other languages, as their documentation has them. Debian has a package of each; one that is missing is said to be. */
import { spawnSync } from 'node:child_process'
import type { Peer } from './peer.ts'
import { type Foreign, PYTHON_PEERS } from './peers-python.ts'

const FOREIGN: Foreign[] = [
  {
    name: 'Go net-http',
    needs: ['go', 'version'],
    command: ['go', 'run', 'FILE'],
    ending: 'go',
    program: `
package main

import (
	"fmt"
	"net/http"
	"os"
	"time"
)

func main() {
	http.HandleFunc("/sse", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		w.Header().Set("Cache-Control", "no-cache")
		for {
			fmt.Fprintf(w, "data: %s\\n\\n", time.Now().Format(time.RFC3339))
			w.(http.Flusher).Flush()
			select {
			case <-r.Context().Done():
				return
			case <-time.After(200 * time.Millisecond):
			}
		}
	})
	http.ListenAndServe("localhost:"+os.Getenv("PORT"), nil)
}`,
    path: '/sse',
    faults: [],
  },
  {
    name: 'PHP',
    needs: ['php', '--version'],
    command: ['php', '-S', 'localhost:PORT', 'FILE'],
    ending: 'php',
    program: `<?php
header('Content-Type: text/event-stream');
header('Cache-Control: no-cache');
while (!connection_aborted()) {
  echo 'data: ' . date(DATE_ATOM) . "\\n\\n";
  if (ob_get_level() > 0) ob_flush();
  flush();
  usleep(200000);
}`,
    path: '/sse',
    faults: [],
  },
  {
    name: 'PHP in single quotes',
    needs: ['php', '--version'],
    command: ['php', '-S', 'localhost:PORT', 'FILE'],
    ending: 'php',
    program: `<?php
header('Content-Type: text/event-stream');
header('Cache-Control: no-cache');
for ($i = 0; $i < 5; $i++) { echo 'data: ' . $i . '\\n\\n'; flush(); }`,
    path: '/sse',
    faults: ['literal-backslash-n'],
  },
  {
    name: 'Ruby Sinatra',
    needs: ['ruby', '-e', 'require "sinatra/base"; require "webrick"'],
    command: ['ruby', 'FILE'],
    ending: 'rb',
    program: `
require 'sinatra/base'
class App < Sinatra::Base
  set :server, 'webrick'
  set :port, ENV['PORT'].to_i
  set :bind, 'localhost'
  get '/sse' do
    content_type 'text/event-stream'
    cache_control :no_cache
    stream do |out|
      5.times { |i| out << "data: #{i}\\n\\n"; sleep 0.2 }
    end
  end
end
App.run!`,
    path: '/sse',
    faults: [],
    notes: ['ended'],
  },
  ...PYTHON_PEERS,
]

const isThere = ({ needs: [command, ...words] }: Foreign) => spawnSync(command, words).status === 0

/** Those whose language and libraries are installed. */
export const DEBIAN: Peer[] = FOREIGN.filter(isThere).map(
  ({ command, ending, program, needs: _, ...peer }) => ({
    ...peer,
    packages: [],
    program: `
    import { spawn } from 'node:child_process'
    import { rmSync, writeFileSync } from 'node:fs'
    // Python would take a file named after a library for it.
    const file = import.meta.filename.replace(/mjs$/, ${JSON.stringify(`server.${ending}`)})
    writeFileSync(file, ${JSON.stringify(program.trimStart())})
    const names = { FILE: file, PORT: process.env.PORT }
    const [command, ...words] = ${JSON.stringify(command)}.map((word) => word.replace(/FILE|PORT/, (name) => names[name]))
    // A group of its own: go run leaves its program behind.
    const server = spawn(command, words, { stdio: 'ignore', detached: true })
    process.on('SIGTERM', () => process.kill(-server.pid, 'SIGKILL'))
    server.on('close', () => { rmSync(file); process.exit() })`,
  }),
)

/** The names of the others. */
export const MISSING: string[] = FOREIGN.map(({ name }) => name).filter(
  (name) => !DEBIAN.some((peer) => peer.name === name),
)
