/** Calls what a module of the learner's exports, in place of their program, which then never begins. Part of the probe. */

/** What the module exports, as names that an expression can use. @type {[name: string, value: unknown][]} */
let exported = []

/** A text of more characters than this is not handed on. */
const LONGEST = 4 * 2 ** 20

/**
 * Imports the module, and what its callers need beside it. Throws what it throws.
 * @param {string} url
 * @param {string} [helpers] the address of a module of ours, whose exports can be used in expressions as well
 */
export async function importModule(url, helpers) {
  process.env.PORT = '0' // a module that imports the server starts it too: on a port that is in nobody's way
  const ours = helpers === undefined ? {} : await import(helpers)
  exported = Object.entries({ ...(await import(url)), ...ours }).filter(([name]) => {
    return /^(?!default$)[\w$]+$/.test(name)
  })
  return true
}

/**
 * Evaluates an expression in which the names of all exports can be used, such as `encode({ data: 'a' })`. So a call can
 * be shown just as it was made, with values that JSON does not have.
 * @param {string} expression
 * @param {boolean} [awaits] whether what a promise comes to is the value, and not the promise
 */
export async function evaluate(expression, awaits = false) {
  try {
    const names = exported.map(([name]) => name)
    const given = new Function(...names, `return (${expression})`)(...exported.map(([, value]) => value))
    const value = awaits ? await given : given
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
