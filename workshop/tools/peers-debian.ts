/** Servers in other languages, as their documentation has them. Debian has a package of each; one that is missing is said to be. */
import { spawnSync } from 'node:child_process'
import type { Peer } from './peers-list.ts'

/** A program in another language, with `FILE` and `PORT` for what stands there in its command. */
interface Foreign extends Omit<Peer, 'packages'> {
  /** Ends well when what the server needs is installed. */
  needs: [command: string, ...words: string[]]
  command: [command: string, ...words: string[]]
  /** How the file's name ends. */
  ending: string
}

const NOW = '__import__("datetime").datetime.now().isoformat()'

/** Debian's own Python, for which its packages are. */
const PYTHON = '/usr/bin/python3'

function uvicorn(name: string, program: string, faults: string[], notes: string[] = []): Foreign {
  const needs: Foreign['needs'] = [PYTHON, '-c', `import uvicorn, ${name}`]
  return { name, needs, command: [PYTHON, 'FILE'], ending: 'py', program, path: '/sse', faults, notes }
}

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
  uvicorn(
    'starlette',
    `
import asyncio, os, uvicorn
from starlette.applications import Starlette
from starlette.responses import StreamingResponse
from starlette.routing import Route
async def times():
    while True:
        yield "data: " + ${NOW} + "\\n\\n"
        await asyncio.sleep(0.2)
async def sse(request):
    return StreamingResponse(times(), media_type="text/event-stream")
uvicorn.run(Starlette(routes=[Route("/sse", sse)]), host="localhost", port=int(os.environ["PORT"]), log_level="error")`,
    [],
    ['no-cache-control'],
  ),
  uvicorn(
    'fastapi',
    `
import asyncio, os, uvicorn
from fastapi import FastAPI
from fastapi.responses import StreamingResponse
app = FastAPI()
async def times():
    while True:
        yield "data: " + str({"ok": True}) + "\\n\\n"
        await asyncio.sleep(0.2)
@app.get("/sse")
async def sse():
    return StreamingResponse(times(), media_type="text/event-stream")
uvicorn.run(app, host="localhost", port=int(os.environ["PORT"]), log_level="error")`,
    ['python-repr', 'python-repr', 'python-repr'],
  ),
  {
    name: 'aiohttp',
    needs: [PYTHON, '-c', 'import aiohttp'],
    command: [PYTHON, 'FILE'],
    ending: 'py',
    program: `
import asyncio, os
from aiohttp import web
async def sse(request):
    answer = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-cache"})
    await answer.prepare(request)
    while True:
        await answer.write(("data: " + ${NOW} + "\\r\\n\\r\\n").encode())
        await asyncio.sleep(0.2)
    return answer
app = web.Application()
app.add_routes([web.get("/sse", sse)])
web.run_app(app, host="localhost", port=int(os.environ["PORT"]), print=None)`,
    path: '/sse',
    faults: [],
    notes: ['crlf-line-ends'],
  },
  {
    name: 'flask',
    needs: [PYTHON, '-c', 'import flask'],
    command: [PYTHON, 'FILE'],
    ending: 'py',
    program: `
import os, time
from flask import Flask, Response
app = Flask(__name__)
def times():
    while True:
        yield "data: " + ${NOW} + "\\n\\n"
        time.sleep(0.2)
@app.route("/sse")
def sse():
    return Response(times(), mimetype="text/event-stream", headers={"Cache-Control": "no-cache"})
app.run(host="localhost", port=int(os.environ["PORT"]))`,
    path: '/sse',
    faults: [],
  },
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
