/**
 * LISTEN on a connection of its own that comes back by itself. It is a wake-up, not a queue: what was notified while the
 * connection was away is lost, so the handler is also called (with null) after every reconnect.
 */
import pg from 'pg';
import type { Log } from './log.ts';

const RECONNECT_FIRST_MS = 200;
const RECONNECT_LAST_MS = 10_000;

export interface Listener {
  /** Resolves once the first LISTEN is in force. */
  readonly ready: Promise<void>;
  /** Ends the connection; no call of the handler follows. */
  close(): Promise<void>;
}

/**
 * Calls `handler` for each notification on `channel`.
 * @param handler gets the payload, or null when notifications may have been missed. It must not throw.
 */
export function listen(
  connectionString: string,
  channel: string,
  handler: (payload: string | null) => void,
  log: Log,
): Listener {
  const ready = Promise.withResolvers<undefined>();
  let client: pg.Client | null = null;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  let delayMs = RECONNECT_FIRST_MS;
  let connects = 0;

  const lost = (failed: pg.Client, error?: Error): void => {
    if (closed || client !== failed) return;
    client = null;
    log.warn(
      { event: 'listen.lost', channel, reason: error?.message, retry_in_ms: delayMs },
      'notifications interrupted',
    );
    timer = setTimeout(connect, delayMs);
    delayMs = Math.min(delayMs * 2, RECONNECT_LAST_MS);
  };
  const connect = (): void => {
    const fresh = new pg.Client({ connectionString, connectionTimeoutMillis: 10_000, keepAlive: true });
    client = fresh;
    fresh.on('error', (error) => lost(fresh, error));
    fresh.on('end', () => lost(fresh));
    fresh.on('notification', (message) => {
      if (!closed) handler(message.payload ?? '');
    });
    fresh
      .connect()
      .then(() => fresh.query(`listen ${pg.escapeIdentifier(channel)}`))
      .then(
        () => {
          delayMs = RECONNECT_FIRST_MS;
          connects += 1;
          ready.resolve(undefined);
          if (connects > 1 && !closed) handler(null);
        },
        (error: unknown) => lost(fresh, error instanceof Error ? error : undefined),
      );
  };
  connect();
  return {
    ready: ready.promise,
    close: async () => {
      closed = true;
      clearTimeout(timer);
      // A listener closed before it was ever ready must not leave somebody waiting for it.
      ready.resolve(undefined);
      await client?.end().catch(() => undefined);
    },
  };
}
