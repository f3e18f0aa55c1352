/** Where messages are kept. Servers that share a log serve the same clients. */
export interface Log {
  /** Keeps a message, and delivers it in a moment. Rejects when nobody knows that it is kept: it may still come. */
  append(message: string): Promise<void>
  /** The id of the newest message that was delivered. */
  lastId(): string
  /** All that was delivered after the message with this id, in order, or undefined where nobody knows what that is. */
  since(id: string): string[] | undefined
  /** Waits for a message that another server may have delivered already. Does not wait for what is nowhere. */
  reach(id: string): Promise<void>
}

/** Whoever a log delivers to. */
export interface Audience {
  /** New messages, as they are sent. */
  deliver(blocks: string[]): void
  /** The log has lost messages: from now on it begins anew. */
  reset(): void
}
