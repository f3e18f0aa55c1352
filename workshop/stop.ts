/** Aborted when the person at the keyboard, or the system, wants the command to end: Ctrl-C, a closed terminal. */
export function stopSignal(): AbortSignal {
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => stop.abort())
  return stop.signal
}
