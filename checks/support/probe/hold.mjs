/**
 * Imported last before the learner's program, which begins when this is done. By then Node has started and tsx is
 * loaded, so that a program which was started ahead is under way the moment it is wanted.
 */
import { holdBack } from './probe.mjs'

await holdBack()
