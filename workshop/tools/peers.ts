/**
 * `npm run peers`: takes the streams of real servers apart, and tells where `inspect` is wrong about one. It installs them
 * into .workshop/peers/ when they are not there yet, so it is no part of `npm test`. `npm run peers hono` takes one, and
 * `npm run peers record hono` keeps what it sends, for tests and pages.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { freePort } from '../../checks/support/server/ports.ts'
import { readOptions } from '../inspect/options.ts'
import { reportFor } from '../inspect/run.ts'
import type { Peer } from './peer.ts'
import { DEBIAN, MISSING } from './peers-debian.ts'
import { installPeers, peersFolder } from './peers-install.ts'
import { PEERS } from './peers-list.ts'
import { hasNginx, NGINX } from './peers-nginx.ts'
import { recordPeer, slugOf } from './peers-record.ts'

/** How long a server may take to listen, in milliseconds. */
const LISTEN_MS = 20_000

const words = process.argv.slice(2)
const isRecord = words[0] === 'record'
const wanted = words[isRecord ? 1 : 0] ?? ''
let wrong = 0

// Of those that npm installs there is a version to tell.
const others = isRecord ? [] : [...DEBIAN, ...(hasNginx ? NGINX : [])]
const peers = [...PEERS, ...others].filter(({ name }) => name.includes(wanted))
installPeers(peers.flatMap(({ packages }) => packages))
for (const peer of peers) wrong += (await judge(peer)) ? 0 : 1
const missing = [...MISSING, ...(hasNginx ? [] : ['nginx'])]
const notRun = missing.length > 0 ? ` Not installed, so NOT run: ${missing.join(', ')}.` : ''
console.log(`\n  ${peers.length} servers, ${wrong} of them told wrong.${notRun}`)
process.exitCode = wrong > 0 ? 1 : 0

async function judge(peer: Peer): Promise<boolean> {
  const port = await freePort()
  const file = join(peersFolder, `${slugOf(peer)}.mjs`)
  writeFileSync(file, `${peer.program}\n`)
  const env = { ...process.env, PORT: String(port) }
  const child = spawn(process.execPath, [file], {
    cwd: peersFolder,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const ended = new Promise((resolve) => child.once('close', resolve))
  try {
    await listening(child, port)
    const address = `${peer.scheme ?? 'http'}://localhost:${port}${peer.path ?? '/'}`
    const options = readOptions([address, ...(peer.words ?? ['--events', '6']), '--json'])
    if (isRecord) await recordPeer(peer, options)
    const { findings } = await reportFor(options, new AbortController().signal)
    const all = findings.map(({ code }) => code)
    const faults = findings.filter(({ severity }) => severity !== 'note').map(({ code }) => code)
    const isRight =
      faults.join() === peer.faults.join() && (peer.notes ?? []).every((code) => all.includes(code))
    console.log(`  ${isRight ? '✓' : '✗'} ${peer.name.padEnd(26)} ${all.join(', ')}`)
    return isRight
  } finally {
    child.kill()
    await ended
  }
}

async function listening(child: ChildProcess, port: number): Promise<void> {
  const end = Date.now() + LISTEN_MS
  while (!(await answers(port))) {
    if (child.exitCode !== null || Date.now() > end) throw new Error('the server does not listen')
    await delay(50)
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, 'localhost')
    const tell = (isThere: boolean) => {
      socket.destroy()
      resolve(isThere)
    }
    socket.once('connect', () => tell(true)).once('error', () => tell(false))
  })
}
