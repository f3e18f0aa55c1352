/** Servers in Python, as the documentation of their libraries has them. */
import type { Peer } from './peer.ts'

/** A program in another language, with `FILE` and `PORT` for what stands there in its command. */
export interface Foreign extends Omit<Peer, 'packages'> {
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

export const PYTHON_PEERS: Foreign[] = [
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
