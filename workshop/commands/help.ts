import { UsageError } from '../errors.ts'
import { nearest } from '../nearest.ts'
import { wrap } from '../render/lines.ts'

/** How a command is typed, and what it does then. */
type Form = readonly [typed: string, does: string]

/** `npm run help`: every command in a line; `npm run help check`, or `npm run check help`: one in all its forms. */
export async function run(words: string[]): Promise<number> {
  console.log(`\n${words.length === 0 ? overview() : words.map(helpOf).join('\n\n')}\n`)
  return 0
}

function overview(): string {
  const first = FOR_LEARNERS.flatMap((name) => COMMANDS[name]?.slice(0, 1) ?? [])
  return [...formLines(first), '', ...MORE].join('\n')
}

function helpOf(name: string): string {
  const forms = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (forms) return formLines(forms).join('\n')
  const meant = nearest(name, Object.keys(COMMANDS))
  const offer = meant ? `Did you mean "${meant}"?` : 'All of them: npm run help'
  throw new UsageError(`There is no command "${name}". ${offer}`)
}

/** What is typed left, and right what it does. */
function formLines(forms: readonly Form[]): string[] {
  const column = Math.max(...forms.map(([typed]) => typed.length)) + 5
  return forms.flatMap(([typed, does]) =>
    wrap(does, 80 - column).map((line, index) => (index === 0 ? `  ${typed}` : '').padEnd(column) + line),
  )
}

/** The first form of each is the one that the overview shows. */
const COMMANDS: Record<string, readonly Form[]> = {
  lesson: [
    ['npm run lesson', 'goes on where you were, and checks each save'],
    ['npm run lesson 3', 'goes to lesson 3'],
    ['WORKSHOP_PLAIN=1 npm run lesson', 'appends each verdict as text, for screen readers and logs'],
    ['WORKSHOP_POLL=1 npm run lesson', 'finds saves by looking, where the system tells of none'],
  ],
  check: [
    ['npm run check 3', 'checks lesson 3 once'],
    ['npm run check all', 'checks every lesson'],
    ['npm run check 3 solutions', 'checks other code: solutions, starter, or a folder of yours'],
    ['npm run check 4 https://localhost:9000', 'checks a server in any language'],
    ['npm run check -- 3 --json', 'prints the verdict for programs'],
    ['npm run check -- 3 --junit out.xml', 'writes it as JUnit'],
    ['npm run check -- 3 --trace', 'tells where the time went, for authors'],
  ],
  diff: [['npm run diff 3', 'shows the way from your code to the solution']],
  reset: [['npm run reset 3', 'puts the starter back, and keeps your files in a backup']],
  undo: [
    ['npm run undo', 'brings the latest backup back'],
    ['npm run undo 3', 'brings the latest of lesson 3 back'],
  ],
  list: [['npm run list', 'shows every lesson, its state and how long it takes']],
  demo: [
    ['npm run demo 3', 'shows the solution at work, its bytes beside its events'],
    ['npm run demo 3 starter', 'shows the unsolved state'],
  ],
  inspect: [
    ['npm run inspect URL', 'takes any event stream apart: head, bytes, time'],
    ['npm run inspect FILE', 'takes a saved one; - reads what is piped in: curl -isN URL'],
    ['npm run inspect -- curl URL -H …', "curl's names for method, headers, body, certificate"],
    ['… -- URL --for 60s', 'so long; or so many: --events 100; with every line: --lines'],
    ['… -- URL --direct URL', 'asks beside the proxy as well, and compares'],
    ['… -- URL --again', 'comes back with the last event ID'],
    ['… -- URL --origin URL', 'would a page there be let in? With cookies: --credentials'],
    ['… -- URL --dialect NAME', 'openai, anthropic, mcp, graphql-sse or ai-sdk'],
    ['… -- URL --json', 'for programs; also --github, --junit FILE'],
    ['… -- URL --fail-on warning', 'exit code 1 from there on; else from error on'],
  ],
  doctor: [['npm run doctor', 'tells what your machine has, what it lacks, and what to do']],
  certs: [['npm run certs', 'makes the certificate, when there is none']],
  start: [
    ['npm start', 'runs the finished server: https://localhost:8080'],
    ['npm start -- redis', 'the same with its log in Redis, which several servers can share'],
    ['PORT=8081 npm start', 'the same on another port; these can be set in the same way:'],
    ['  TICK_MS=1000', 'from one tick of the clock to the next, in milliseconds; 0 for none'],
    ['  LOG_SIZE=1000', 'so many messages are kept for those who come back'],
    ['  HEARTBEAT_MS=15000', 'how long a stream may be silent'],
    ['  MAX_BUFFER=1048576', 'so many bytes may wait for one client'],
    ['  MAX_STREAMS=1000', 'so many streams may be open'],
    ['  ALLOWED_ORIGINS=https://…', 'whose pages may read and send too, with commas between them'],
    ['  ACCESS_TOKEN=…', 'what everyone has to bring, as a cookie or bearer token'],
    ['  SHUTDOWN_MS=5000', 'how long clients have to leave when it is stopped'],
    ['  REDIS_URL=redis://…', 'where Redis is; without it, the log is in memory'],
    ['  REDIS_KEY=sse:events', 'the stream in Redis that is the log'],
  ],
  site: [['npm run site', 'runs the documentation: http://localhost:4321']],
  help: [
    ['npm run help', 'tells the commands'],
    ['npm run help check', 'tells all forms of one; npm run check help does so too'],
  ],
  grade: [
    ['npm run grade', 'tells how well the checks judge all cases'],
    ['npm run grade 3', 'takes those of lesson 3; hell takes the programs that misbehave'],
    ['npm run grade -- 3 --update', 'writes what learners read; also --whole, --repeat N, --load'],
  ],
  case: [
    ['npm run case 03-headers/wrong/html', 'puts a case into a folder, to be changed'],
    ['npm run case 03-headers/wrong/html FOLDER', 'makes its patch of that folder'],
    ['npm run case rebase', 'brings patches up to date that fit no more'],
  ],
  'check-lessons': [['npm run check-lessons', 'tells what a lesson still lacks']],
  bench: [
    ['npm run bench fanout', 'measures what an event costs the finished server, beside libraries'],
    ['npm run bench fanout -- lessons/15-scale-out', 'measures your own server'],
    ['npm run bench', 'measures how long a verdict takes'],
  ],
}

const FOR_LEARNERS = 'lesson check diff reset undo list demo inspect doctor certs start site'.split(' ')

const MORE = [
  '  A lesson is a number or a name: 3, headers. Without one: where you are.',
  '  All forms of a command: npm run check help. For authors: CONTRIBUTING.md.',
]
