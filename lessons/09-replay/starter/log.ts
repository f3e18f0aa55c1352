/** Gives a message its id, and keeps it for those who are away. Returns it as it is sent. */
export function append(data: string): string {
  // TODO 1: Keep the last LOG_SIZE messages. No two have the same id, not even after a restart.
  return ''
}

/** The id of the newest message. */
export function lastId(): string {
  // TODO 2: Before the first message, it is an id too: whoever has it misses all that comes.
  return ''
}

/** All that was sent after the message with this id, or undefined where nobody knows what that is. */
export function since(id: string): string | undefined {
  // TODO 3: Look the id up, and return what came after it.
  return undefined
}
