/** What `GET /metrics` shows: the process, and what became of every reminder that went through it. */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { DeliveryObserver } from './usecases/deliver-due-reminders.ts';
import type { Log } from './logging.ts';

export interface Metrics {
  readonly registry: Registry;
  readonly observer: DeliveryObserver;
}

/** Lateness of first notices in seconds, from "at once" to "a day". */
const LATENESS_BUCKETS = [0.1, 0.5, 1, 2, 5, 30, 120, 900, 7200, 86_400];

/**
 * Builds the registry and the observer that feeds it.
 * @param oldestDueMs how far the oldest due reminder is behind; asked at every scrape.
 */
export function createMetrics(oldestDueMs: () => Promise<number>, log: Log): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'nudge_' });
  const registers = [registry];
  const claims = new Counter({ name: 'nudge_claimed_total', help: 'Reminders claimed.', registers });
  const results = new Counter({
    name: 'nudge_deliveries_total',
    help: 'Outcomes of sends.',
    labelNames: ['outcome'],
    registers,
  });
  const lateness = new Histogram({
    name: 'nudge_lateness_seconds',
    help: 'First notices: from the wanted instant to the claim, in product time.',
    buckets: LATENESS_BUCKETS,
    registers,
  });
  new Gauge({
    name: 'nudge_oldest_due_seconds',
    help: 'How far the oldest due, unsent reminder is behind.',
    registers,
    async collect() {
      this.set((await oldestDueMs()) / 1000);
    },
  });
  const observer: DeliveryObserver = {
    onClaim(rows) {
      claims.inc(rows);
      if (rows > 0) log.debug({ event: 'dispatch.claimed', reminders: rows }, 'claimed a batch');
    },
    onResult(row, result) {
      results.inc({ outcome: result.outcome });
      if (result.outcome === 'sent' && row.level === 0) {
        lateness.observe(Math.max(0, (Date.parse(row.product_now) - Date.parse(row.wanted_at)) / 1000));
      }
      const facts = {
        event: 'dispatch.delivered',
        reminder: row.id,
        level: row.level,
        outcome: result.outcome,
      };
      if ('error' in result) log.warn({ ...facts, reason: result.error }, 'a reminder was not delivered');
      else log.debug(facts, 'a reminder was delivered');
    },
    onSettleFailure(error, waiting) {
      log.error({ event: 'dispatch.settle_failed', err: error, waiting }, 'outcomes wait to be written');
    },
    onLeaseLost(rows) {
      log.warn({ event: 'dispatch.lease_lost', reminders: rows }, 'a batch outlived its lease');
    },
  };
  return { registry, observer };
}
