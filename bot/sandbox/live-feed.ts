/** What the open pages are told: the emulator's events, and a look at the database while anybody watches. */
import type { SandboxClock } from './clock.ts';
import type { SandboxEvent } from './contract.ts';

type Listener = (event: SandboxEvent) => void;

export interface LiveFeed {
  /** @returns a function that ends the subscription */
  subscribe(listener: Listener): () => void;
  /** Tells every open page. */
  emit(event: SandboxEvent): void;
}

/** How often the database is asked whether anything was written, in milliseconds. One cheap statement. */
const WATCH_MS = 1000;

/**
 * Rows also change without a chat: by the mini-app, by a promotion, by plain SQL. While a page is open the database
 * is asked once a second for its write mark; with no page open nothing runs.
 */
export function createLiveFeed(
  clock: SandboxClock,
  subscribeToEmulator: (listener: Listener) => () => void,
  watchMs: number = WATCH_MS,
): LiveFeed {
  const listeners = new Set<Listener>();
  let stop: (() => void) | null = null;

  function emit(event: SandboxEvent): void {
    for (const listener of listeners) listener(event);
  }

  async function look(): Promise<void> {
    const seen = await clock.refresh();
    if (!seen.changed) return;
    emit({ type: 'clock', clock: seen.clock });
    emit({ type: 'rows' });
  }

  function start(): () => void {
    const leave = subscribeToEmulator(emit);
    let timer: NodeJS.Timeout | undefined;
    let isOver = false;
    const next = () => {
      timer = setTimeout(() => {
        // A database that is away is reported by whatever the page asks for next; here it is simply asked again.
        void look()
          .catch(() => undefined)
          .finally(() => {
            if (!isOver) next();
          });
      }, watchMs);
      timer.unref();
    };
    next();
    return () => {
      isOver = true;
      clearTimeout(timer);
      leave();
    };
  }

  return {
    emit,
    subscribe(listener) {
      listeners.add(listener);
      stop ??= start();
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        stop?.();
        stop = null;
      };
    },
  };
}
