/** Calls what a module of the learner's exports, in place of their program, which then never begins. Part of the probe. */

/** What the module exports, as names that an expression can use. @type {[name: string, value: unknown][]} */
let exported = []

/** A text of more characters than this is not handed on. */
const LONGEST = 4 * 2 ** 20

/**
 * Imports the module. Throws what it throws.
 * @param {string} url
 */
export async function importModule(url) {
  process.env.PORT = '0' // a module that imports the server starts it too: on a port that is in nobody's way
  exported = Object.entries(await import(url)).filter(([name]) => /^(?!default$)[\w$]+$/.test(name))
  return true
}

/**
 * Evaluates an expression in which the names of all exports can be used, such as `encode({ data: 'a' })`. So a call can
 * be shown just as it was made, with values that JSON does not have.
 * @param {string} expression
 */
export function evaluate(expression) {
  try {
    const names = exported.map(([name]) => name)
    const value = new Function(...names, `return (${expression})`)(...exported.map(([, value]) => value))
    if (typeof value === 'string' && value.length > LONGEST) return { type: 'string', length: value.length }
    return ['string', 'number', 'boolean'].includes(typeof value) ? { value } : { type: typeOf(value) }
  } catch (error) {
    return { error, isTypeError: error instanceof TypeError }
  }
}

/**
 * What kind of value it is: `undefined`, `null`, `function`, or the name of its class.
 * @param {any} value
 */
function typeOf(value) {
  if (value === null) return 'null'
  return typeof value === 'object' ? `${value.constructor?.name ?? 'Object'}` : typeof value
}
