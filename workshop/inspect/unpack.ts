/** Content codings (RFC 9110 § 8.4.1), unpacked while the bytes come. */
import * as zlib from 'node:zlib'

export interface Unpacker {
  feed(bytes: Uint8Array, at: number): void
  /** Resolves once everything that was fed has been handed on. */
  finish(): Promise<void>
  /** Why the bytes could not be unpacked; they are handed on as they came. */
  fault?: string
}

/** Hands on bytes as they are in the content, with the time at which they came. */
type Sink = (bytes: Uint8Array, at: number) => void

/**
 * @param encoding the value of `content-encoding`
 */
export function unpacker(encoding: string | undefined, sink: Sink): Unpacker {
  const codings = (encoding ?? '')
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter(Boolean)
  const [coding = '', ...more] = codings
  const known = PROGRAMS[coding]
  if (!known || more.length > 0) return { feed: sink, finish: async () => {} }
  return new Unpacking(coding, known, sink)
}

/** How long nothing may come of the last bytes, in milliseconds: what is cut off has no end. */
const FINISH_MS = 1000

class Unpacking implements Unpacker {
  fault?: string
  readonly #coding: string
  readonly #create: () => zlib.Gunzip
  readonly #sink: Sink
  #program: zlib.Gunzip | undefined
  #at = 0
  #first: Uint8Array = new Uint8Array()
  #isPlain = false

  constructor(coding: string, { create }: Program, sink: Sink) {
    this.#coding = coding
    this.#create = create
    this.#sink = sink
  }

  feed(bytes: Uint8Array, at: number): void {
    this.#at = at
    if (this.#isPlain) this.#sink(bytes, at)
    else if (this.#program) this.#write(bytes)
    else this.#begin(bytes)
  }

  async finish(): Promise<void> {
    if (this.#first.length > 0 && this.#first.length < 4) this.#sink(this.#first, this.#at)
    const program = this.#program
    if (!program || this.#isPlain) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, FINISH_MS)
      program.on('data', () => timer.refresh())
      const done = () => {
        clearTimeout(timer)
        resolve()
      }
      program.once('close', done)
      // The bytes may be cut off anywhere: whatever can be unpacked of them is.
      program.flush(done)
    })
    program.removeAllListeners('data')
    program.destroy()
  }

  /** The first bytes tell whether they are what the head says. */
  #begin(bytes: Uint8Array): void {
    this.#first = Buffer.concat([this.#first, bytes])
    if (this.#first.length < 4) return
    if (!PROGRAMS[this.#coding]?.begins(this.#first)) {
      this.fault = `the bytes do not begin as ${this.#coding} does`
      this.#isPlain = true
      this.#sink(this.#first, this.#at)
      return
    }
    this.#start()
    this.#write(this.#first)
  }

  #start(): void {
    const program = this.#create()
    this.#program = program
    program.on('data', (bytes: Buffer) => this.#sink(bytes, this.#at))
    program.on('error', (error: Error) => {
      this.fault ??= error.message
    })
  }

  #write(bytes: Uint8Array): void {
    if (this.fault === undefined) this.#program?.write(bytes)
  }
}

interface Program {
  create: () => zlib.Gunzip
  /** Whether these may be the first bytes. */
  begins: (bytes: Uint8Array) => boolean
}

const flush = { flush: zlib.constants.Z_SYNC_FLUSH }
const gzip: Program = {
  create: () => zlib.createGunzip(flush),
  begins: ([a, b]) => a === 0x1f && b === 0x8b,
}

const PROGRAMS: Record<string, Program> = {
  gzip,
  'x-gzip': gzip,
  // RFC 9110 wants zlib's header; some servers leave it out.
  deflate: {
    create: () => zlib.createInflate(flush),
    begins: ([a = 0, b = 0]) => (a & 15) === 8 && (a * 256 + b) % 31 === 0,
  },
  br: {
    create: () =>
      zlib.createBrotliDecompress({ flush: zlib.constants.BROTLI_OPERATION_FLUSH }) as unknown as zlib.Gunzip,
    begins: ([a = 0, b = 0, c = 0, d = 0]) => !looksLikeText([a, b, c, d]),
  },
  ...('createZstdDecompress' in zlib && {
    zstd: {
      create: () => zlib.createZstdDecompress() as unknown as zlib.Gunzip,
      begins: ([a, b]: Uint8Array) => a === 0x28 && b === 0xb5,
    },
  }),
}

/** Brotli has no mark of its own. An event stream that was left as it is begins with a field or a comment. */
function looksLikeText(bytes: number[]): boolean {
  return /^(?:data|even|id: |id:|retr|: |:)/.test(String.fromCharCode(...bytes))
}
