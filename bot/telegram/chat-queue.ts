/**
 * One update of a chat at a time, in order; different chats side by side, but not more than a few, so that a burst
 * does not open a hundred database calls at once.
 */
export class ChatQueue {
  readonly #limit: number;
  readonly #tails = new Map<number, Promise<unknown>>();
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  /** @param limit chats worked on at the same time. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Runs `work` after everything queued for the same key; settles as `work` does. */
  run<T>(key: number, work: () => Promise<T>): Promise<T> {
    const before = this.#tails.get(key) ?? Promise.resolve();
    const mine = before.then(() => this.#withSlot(work));
    // The next one in line comes whether this one failed or not.
    const tail = mine
      .catch(() => undefined)
      .then(() => {
        if (this.#tails.get(key) === tail) this.#tails.delete(key);
      });
    this.#tails.set(key, tail);
    return mine;
  }

  /** Resolves when nothing is queued any more. */
  async idle(): Promise<void> {
    while (this.#tails.size > 0) await Promise.all(this.#tails.values());
  }

  async #withSlot<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= this.#limit) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#running += 1;
    try {
      return await work();
    } finally {
      this.#running -= 1;
      this.#waiting.shift()?.();
    }
  }
}
