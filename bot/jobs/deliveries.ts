/**
 * What an outside queue has delivered to this worker. The table stays the truth: a delivery only says "look whether this
 * may start", so one that is lost, doubled or late costs a moment and nothing else.
 */
import type { Log } from '../logging.ts';
import type { MachineClock } from '../usecases/clock.ts';
import type { Delivery, JobCarrier, ReadyExecution } from '../usecases/carrier-ports.ts';
import type { ClaimedExecution } from '../usecases/job-ports.ts';

/** What was sent and is still ready is sent again after this time: its delivery may be lost. */
const RESEND_MS = 2_000;
/** Well within the queue's own patience (30 s with pg-boss). */
const TOUCH_EVERY_MS = 8_000;

export interface Deliveries {
  /** Hands on what is ready. */
  send(ready: readonly ReadyExecution[]): Promise<void>;
  /** Fetches deliveries and has them claimed. `delivered`: how many came, whether they could be claimed or not. */
  take(
    limit: number,
    claim: (executionIds: readonly string[]) => Promise<readonly ClaimedExecution[]>,
  ): Promise<{ readonly delivered: number; readonly claimed: readonly ClaimedExecution[] }>;
  /** This worker is done with it, however it ended. */
  ended(executionId: string): void;
  /** The lease is lost: others will run what was held under it. */
  forget(): void;
  /** Tells the queue now and then that what is held is worked on. Call it often. */
  keep(): Promise<void>;
  /** Resolves when everything that ended is told. */
  settled(): Promise<void>;
}

/** Builds the collection over a queue. */
export function createDeliveries(carrier: JobCarrier, clock: MachineClock, log: Log): Deliveries {
  const held = new Map<string, Delivery>();
  let sentAt = new Map<string, number>();
  let done: Delivery[] = [];
  let telling: Promise<void> | null = null;
  let touchedAt = clock.monotonicMs();

  const tell = async (): Promise<void> => {
    while (done.length > 0) {
      const batch = done;
      done = [];
      // Not told, it is delivered again, and found to be over.
      await carrier.finish(batch).catch((error: unknown) => noteFailure(log, error));
    }
    telling = null;
  };
  const finish = (deliveries: readonly Delivery[]): void => {
    done.push(...deliveries);
    // Deferred, so that what ends in the same moment goes in one call.
    if (done.length > 0) telling ??= Promise.resolve().then(tell);
  };

  return {
    async send(ready) {
      const now = clock.monotonicMs();
      const known = sentAt;
      sentAt = new Map();
      const fresh = ready.filter(({ id, retryCount }) => {
        const key = `${id}#${String(retryCount)}`;
        const before = known.get(key);
        const isFresh = before === undefined || now - before >= RESEND_MS;
        sentAt.set(key, isFresh ? now : before);
        return isFresh;
      });
      if (fresh.length > 0) await carrier.send(fresh);
    },
    async take(limit, claim) {
      const deliveries = await carrier.fetch(limit);
      if (deliveries.length === 0) return { delivered: 0, claimed: [] };
      try {
        const claimed = await claim([...new Set(deliveries.map(({ executionId }) => executionId))]);
        const free = new Set(claimed.map(({ id }) => id));
        const rest = deliveries.filter((delivery) => {
          const isFirst = free.delete(delivery.executionId);
          if (isFirst) held.set(delivery.executionId, delivery);
          return !isFirst;
        });
        // Taken by another, paused or cancelled meanwhile: nothing to wait for.
        finish(rest);
        return { delivered: deliveries.length, claimed };
      } catch (error) {
        await carrier.giveBack(deliveries).catch((again: unknown) => noteFailure(log, again));
        throw error;
      }
    },
    ended(executionId) {
      const delivery = held.get(executionId);
      held.delete(executionId);
      if (delivery !== undefined) finish([delivery]);
    },
    forget() {
      finish([...held.values()]);
      held.clear();
    },
    async keep() {
      const now = clock.monotonicMs();
      if (now - touchedAt < TOUCH_EVERY_MS) return;
      touchedAt = now;
      if (held.size > 0) await carrier.touch([...held.values()]);
      const dead = await carrier.takeDeadLetters();
      // The table still holds them: whoever finds them ready sends them again.
      if (dead.length > 0) log.error({ event: 'jobs.dead_letters', executions: dead.slice(0, 20) });
    },
    async settled() {
      while (telling !== null) await telling;
    },
  };
}

function noteFailure(log: Log, error: unknown): void {
  log.error({ event: 'jobs.carrier_failed', err: error }, 'the queue was not told; it finds out by itself');
}
