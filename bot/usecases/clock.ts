/**
 * Machine time as the use cases may see it: differences and waiting, never a date. Product time comes from the
 * database (`AdminStore.now`) and is passed in as an instant.
 */
export interface MachineClock {
  /** Milliseconds that only ever grow; their zero means nothing. */
  monotonicMs(): number;
  /** Resolves after `ms`, or at once when the signal aborts. Never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
