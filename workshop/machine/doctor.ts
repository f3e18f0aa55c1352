import { execFile } from 'node:child_process'
import { accessSync, constants, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { chosenBrowser, findBrowser } from '../../checks/support/page/installed.ts'
import { UsageError } from '../errors.ts'
import { nodeFault } from '../node-version.mjs'
import { findCerts } from '../project/certs.ts'
import { root } from '../project/paths.ts'
import { portState, whoHolds } from './ports.ts'

/** One thing that was looked for. */
export interface Finding {
  name: string
  /** `missing`: the workshop runs without it, for the most part; `broken`: it does not run like this. */
  state: 'found' | 'missing' | 'broken'
  /** What was found. */
  says: string
  /** What to do, and which lesson needs it. */
  advice?: string
}

/** Looks for everything that a lesson needs. Changes nothing; each search is bounded. */
export function examine(): Promise<Finding[]> {
  return Promise.all([
    examineNode(),
    examineNpm(),
    examineFolder(),
    examineCerts(),
    examinePort(8080, 'The servers of all lessons use it.'),
    examinePort(4321, 'The documentation uses it.'),
    examineOpenssl(),
    examineBrowser(),
    examineRedis(),
    examineGit(),
  ])
}

async function examineNode(): Promise<Finding> {
  const running = process.versions.node
  const fault = nodeFault(running)
  if (fault) return { name: 'Node', state: 'broken', says: running, advice: fault }
  const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const pinned: string = devDependencies.node
  if (running === pinned)
    return { name: 'Node', state: 'found', says: `${running}, the one that the workshop brings` }
  const says = `${running}; the workshop brings ${pinned}`
  return {
    name: 'Node',
    state: 'found',
    says,
    advice: 'It will do. To use the other, type npm ci, then npm run doctor.',
  }
}

async function examineNpm(): Promise<Finding> {
  const version = process.env.npm_config_user_agent?.match(/\bnpm\/(\d+)\S*/)
  if (!version) return { name: 'npm', state: 'missing', says: 'not used', advice: 'Type npm run doctor.' }
  const says = version[0].slice('npm/'.length)
  if (Number(version[1]) >= 10) return { name: 'npm', state: 'found', says }
  return { name: 'npm', state: 'missing', says, advice: 'npm 10 or newer installs what the workshop needs.' }
}

async function examineFolder(): Promise<Finding> {
  try {
    accessSync(root, constants.W_OK)
    return { name: 'Folder', state: 'found', says: root }
  } catch {
    const advice = 'Your account may not write there. Give it that right, or copy the project elsewhere.'
    return { name: 'Folder', state: 'broken', says: root, advice }
  }
}

async function examineCerts(): Promise<Finding> {
  const name = 'Certificate'
  try {
    const certs = await findCerts()
    if (!certs)
      return { name, state: 'missing', says: 'none yet', advice: 'It is made when a lesson needs it.' }
    const days = Math.floor((certs.until.getTime() - Date.now()) / 86_400_000)
    const says = `for ${certs.names.join(', ')}; ${days} days left; the key is its own`
    if (days < 0)
      return {
        name,
        state: 'broken',
        says: `ended ${-days} days ago`,
        advice: 'For a new one, type: npm run certs',
      }
    if (certs.names.includes('localhost')) return { name, state: 'found', says }
    return { name, state: 'missing', says: 'without the name localhost', advice: noName }
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    return { name, state: 'broken', says: 'can not be used', advice: error.message }
  }
}

async function examinePort(port: number, use: string): Promise<Finding> {
  const name = `Port ${port}`
  const state = await portState(port)
  if (state === 'free') return { name, state: 'found', says: 'free' }
  const holder = await whoHolds(port)
  const says = holder ? `${state} by ${holder}` : state
  return {
    name,
    state: 'missing',
    says,
    advice: `${use} Stop the other program, unless it is the workshop itself.`,
  }
}

async function examineOpenssl(): Promise<Finding> {
  const version = await versionOf('openssl', 'version')
  if (version) return { name: 'openssl', state: 'found', says: version }
  return { name: 'openssl', state: 'missing', says: 'not found', advice: getOpenssl }
}

async function examineBrowser(): Promise<Finding> {
  const browser = findBrowser()
  if (browser) return { name: 'Browser', state: 'found', says: `${browser.name}, ${browser.path}` }
  const chosen = chosenBrowser()
  if (!chosen) return { name: 'Browser', state: 'missing', says: 'not found', advice: getBrowser }
  const { variable, path } = chosen
  const advice = `${variable} must name the file of the program. Correct it, or take it out of the environment.`
  return { name: 'Browser', state: 'missing', says: `${path} is no program`, advice }
}

async function examineRedis(): Promise<Finding> {
  const version = await versionOf('redis-server', '--version')
  if (version) return { name: 'Redis', state: 'found', says: `redis-server ${version}` }
  if (!process.env.REDIS_URL) return { name: 'Redis', state: 'missing', says: 'not found', advice: getRedis }
  return { name: 'Redis', state: 'found', says: 'the one that REDIS_URL names', advice: ownRedis }
}

async function examineGit(): Promise<Finding> {
  const version = await versionOf('git', '--version')
  if (version) return { name: 'git', state: 'found', says: version }
  return {
    name: 'git',
    state: 'missing',
    says: 'not found',
    advice: 'Only git pull, which updates the workshop, needs it.',
  }
}

/** A program's version, or undefined when it does not run. */
async function versionOf(program: string, flag: string): Promise<string | undefined> {
  const output = await promisify(execFile)(program, [flag], { timeout: 5000, windowsHide: true }).catch(
    () => undefined,
  )
  return output?.stdout.match(/\d+\.\d+[\w.]*/)?.[0]
}

const noName =
  'Browsers refuse it for https://localhost. Lesson 01 shows why. For a good one: move certs/privkey.pem and ' +
  'certs/cert.pem away, then type: npm run certs'

const getOpenssl =
  'Lesson 01 makes a certificate with it. Install openssl, or on Windows: Git for Windows, which brings it. ' +
  'The other lessons do without.'

const getBrowser =
  'The checks of lesson 05 open your page in it. Install Chrome, Edge, Chromium or Firefox, or set BROWSER_PATH to its ' +
  "program's file. " +
  'Without one, those checks are not run.'

const getRedis =
  'Only lesson 15 uses it. Install redis-server, or set REDIS_URL. Without it, the checks of that lesson are not run.'

const ownRedis = 'Checks that end a Redis are not run with it. They need redis-server on PATH.'
