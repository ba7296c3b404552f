/** What `GET /metrics` shows: the process, what is due, and what became of every reminder that went through it. */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Log } from './logging.ts';
import type { DeliveryObserver } from './usecases/deliver-due-reminders.ts';
import type { DeliveryOutcome, DispatchHealth } from './usecases/ports.ts';

export interface Metrics {
  readonly registry: Registry;
  readonly observer: DeliveryObserver;
  /** Leases of dead workers that a sweep ended. */
  onSwept(reminders: number): void;
}

/** Lateness of first notices in seconds, from "at once" to "a day". */
const LATENESS_BUCKETS = [0.1, 0.5, 1, 2, 5, 30, 120, 900, 7200, 86_400];
/** From a claim to the slot it gave, in seconds; no claim looks further ahead than two. */
const LIMITER_BUCKETS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 1.5, 2];

/**
 * Builds the registry and the observer that feeds it.
 * @param health asked at every scrape; when it fails, its gauges are left out of that scrape and `nudge_database_up` is 0.
 */
export function createMetrics(health: () => Promise<DispatchHealth>, log: Log): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'nudge_' });
  addHealth(registry, health);
  const registers = [registry];
  const claims = new Counter({
    name: 'nudge_claims_total',
    help: 'Claims, by whether there was something to send.',
    labelNames: ['found'],
    registers,
  });
  const claimed = new Counter({ name: 'nudge_claimed_total', help: 'Reminders claimed.', registers });
  const results = new Counter({
    name: 'nudge_deliveries_total',
    help: 'Outcomes of sends, by reason: Telegram’s error code, "no_answer" or "connection".',
    labelNames: ['outcome', 'reason'],
    registers,
  });
  // Nearly every result: its labels are looked up once.
  const arrived = results.labels('sent', '');
  const lateness = new Histogram({
    name: 'nudge_lateness_seconds',
    help: 'First notices: from the wanted instant to the claim, in product time.',
    buckets: LATENESS_BUCKETS,
    registers,
  });
  const limiterWait = new Histogram({
    name: 'nudge_limiter_wait_seconds',
    help: 'From a claim to the send slot the limiter gave.',
    buckets: LIMITER_BUCKETS,
    registers,
  });
  const floods = new Counter({
    name: 'nudge_flood_waits_total',
    help: 'Answers of Telegram (429) that stopped every worker for a while.',
    registers,
  });
  const leases = new Counter({
    name: 'nudge_leases_expired_total',
    help: 'Leases that ended before their outcome was known: of a dead worker (swept) or an own one (lost).',
    labelNames: ['how'],
    registers,
  });
  const settleFailures = new Counter({
    name: 'nudge_settle_failures_total',
    help: 'Outcomes that could not be written back at once; they are tried again.',
    registers,
  });
  const observer: DeliveryObserver = {
    onClaim(rows) {
      claims.inc({ found: rows > 0 ? 'rows' : 'nothing' });
      claimed.inc(rows);
      if (rows > 0) log.debug({ event: 'dispatch.claimed', reminders: rows }, 'claimed a batch');
    },
    onResult(row, result) {
      if (result.outcome === 'sent') arrived.inc();
      else results.inc({ outcome: result.outcome, reason: reasonOf(result) });
      limiterWait.observe(Math.max(0, row.slot_in_ms) / 1000);
      if (result.outcome === 'sent' && row.level === 0) {
        lateness.observe(Math.max(0, (Date.parse(row.product_now) - Date.parse(row.wanted_at)) / 1000));
      }
      if (result.outcome === 'retry' && result.blockMs !== undefined) floods.inc();
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
      settleFailures.inc();
      log.error({ event: 'dispatch.settle_failed', err: error, waiting }, 'outcomes wait to be written');
    },
    onLeaseLost(rows) {
      leases.inc({ how: 'lost' }, rows);
      log.warn({ event: 'dispatch.lease_lost', reminders: rows }, 'a batch outlived its lease');
    },
  };
  return { registry, observer, onSwept: (reminders) => leases.inc({ how: 'swept' }, reminders) };
}

/** Few values, so that the label stays cheap: never the words of an error. */
function reasonOf(result: DeliveryOutcome): string {
  switch (result.outcome) {
    case 'retry':
    case 'failed':
      return result.errorCode === null ? 'connection' : String(result.errorCode);
    case 'in_doubt':
      return 'no_answer';
    default:
      return '';
  }
}

/** Gauges by the field of the database's answer that they show. */
const HEALTH_GAUGES = [
  {
    field: 'due',
    name: 'nudge_due',
    help: 'Due, unsent reminders in nobody’s hands; 10,000 = that or more.',
    scale: 1,
  },
  {
    field: 'oldest_due_ms',
    name: 'nudge_oldest_due_seconds',
    help: 'How far the oldest due, unsent reminder is behind.',
    scale: 1000,
  },
  { field: 'claimed', name: 'nudge_open_attempts', help: 'Reminders in the hands of workers.', scale: 1 },
  {
    field: 'leases_over',
    name: 'nudge_leases_over',
    help: 'Batches whose lease has run out and that no sweep has ended yet.',
    scale: 1,
  },
  {
    field: 'blocked_ms',
    name: 'nudge_limiter_blocked_seconds',
    help: 'How long Telegram’s last 429 still stops every worker.',
    scale: 1000,
  },
  {
    field: 'poll_cost',
    name: 'nudge_poll_plan_cost',
    help: 'What the planner reckons an idle poll costs.',
    scale: 1,
  },
] as const;

/** One question a scrape, whatever the number of gauges: they are collected at the same time. */
function addHealth(registry: Registry, health: () => Promise<DispatchHealth>): void {
  let asking: Promise<DispatchHealth | null> | null = null;
  const ask = (): Promise<DispatchHealth | null> =>
    (asking ??= health()
      .catch(() => null)
      .finally(() => {
        asking = null;
      }));
  const registers = [registry];
  for (const { field, name, help, scale } of HEALTH_GAUGES) {
    new Gauge({
      ...{ name, help, registers },
      async collect() {
        const answer = await ask();
        this.set(answer === null ? Number.NaN : answer[field] / scale);
      },
    });
  }
  new Gauge({
    name: 'nudge_database_up',
    help: 'Whether the database answered this scrape.',
    registers,
    async collect() {
      this.set((await ask()) === null ? 0 : 1);
    },
  });
}
