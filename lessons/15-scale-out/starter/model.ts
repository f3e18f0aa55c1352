import { setTimeout as delay } from 'node:timers/promises'

/** The pause between two tokens, in milliseconds. */
const TOKEN_MS = Number(process.env.TOKEN_MS ?? 50)

/** How many tokens a model gets out before it fails. */
const LUCK = 4

/**
 * A language model, as far as a stream can tell: pieces of text, one after the other, each after some thought.
 * A prompt that ends with “fail” makes it fail in the middle, so that you can see what happens then.
 */
export async function* generate(prompt: string, signal?: AbortSignal): AsyncGenerator<string> {
  const fails = /\bfail$/i.test(prompt)
  for (const [i, token] of answerTo(prompt).entries()) {
    await delay(TOKEN_MS, undefined, { signal })
    if (fails && i === LUCK) throw new Error('The model has lost its thread')
    yield token
  }
}

function answerTo(prompt: string): string[] {
  const words = prompt.trim().split(/\s+/)
  const text = `You said ${words.length} words. The last one was “${words.at(-1)}”. That is all I know. 👋🏽`
  return text.match(/\s*\S{1,4}/gu) ?? []
}
