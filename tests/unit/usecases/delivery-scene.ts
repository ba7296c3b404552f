/** A dispatcher with a store and a sender of the test's own: batches to hand out, and a record of what came back when. */
import { createSlotClock } from '../../../bot/domain/reminder/slot-clock.ts';
import { deliverDueReminders } from '../../../bot/usecases/deliver-due-reminders.ts';
import type { DeliverDeps } from '../../../bot/usecases/deliver-due-reminders.ts';
import type { DeliveryOutcome, DeliveryResult } from '../../../bot/usecases/ports.ts';
import type { ClaimedReminder } from '../../../shared/schemas/reminder.ts';
import { FakeClock } from './fake-clock.ts';

/** A row of a claim; each message has its own position unless told otherwise. */
export function claimed(fields: Partial<ClaimedReminder> & { readonly id: number }): ClaimedReminder {
  return {
    telegram_id: 100 + fields.id,
    lead_id: null,
    step_id: null,
    wanted_at: '2026-11-18T12:00:00+00:00',
    draft_text: null,
    title: 'Ring back',
    retries: 0,
    in_doubt: false,
    message_id: null,
    kind: 'card',
    level: 0,
    position: fields.id,
    slot_in_ms: 0,
    slot_at_ms: 0,
    lead_name: null,
    lead_company: null,
    description: null,
    language: 'en',
    zone: 'UTC',
    product_now: '2026-11-18T12:00:00+00:00',
    ...fields,
  };
}

/** Rows 1 … count (or from `first` on), all in the first slot. */
export function cards(count: number, first = 1): ClaimedReminder[] {
  return Array.from({ length: count }, (_, nth) => claimed({ id: first + nth }));
}

export interface Settled {
  readonly at: number;
  readonly token: string;
  readonly results: readonly DeliveryResult[];
}

export class DeliveryScene {
  readonly clock = new FakeClock();
  /** What the next claims answer; then nothing is due any more. */
  batches: (readonly ClaimedReminder[] | Error)[] = [];
  /** What becomes of a message, by its first row; default: sent at once. */
  answer: (row: ClaimedReminder, signal: AbortSignal) => Promise<DeliveryOutcome> = (row) =>
    Promise.resolve({ outcome: 'sent', messageId: row.id });
  /** Called with every write-back; may throw. */
  onSettle: (results: readonly DeliveryResult[]) => void = () => undefined;
  /** What renewing the lease answers. */
  extend: (token: string) => Promise<boolean> = () => Promise.resolve(true);
  readonly claims: { readonly at: number; readonly token: string }[] = [];
  readonly sends: { readonly at: number; readonly ids: readonly number[] }[] = [];
  readonly settled: Settled[] = [];
  readonly extensions: number[] = [];
  readonly settleFailures: number[] = [];
  readonly lostLeases: number[] = [];
  inFlight = 0;
  mostInFlight = 0;

  get now(): number {
    return this.clock.monotonicMs();
  }

  /** Outcome of each row, by id. A row settled twice is an error of the dispatcher. */
  outcomes(): Map<number, string> {
    const outcomes = new Map<number, string>();
    for (const { id, outcome } of this.settled.flatMap(({ results }) => results)) {
      if (outcomes.has(id)) throw new Error(`Row ${id} was settled twice.`);
      outcomes.set(id, outcome);
    }
    return outcomes;
  }

  deps(settings: { concurrency?: number } = {}): DeliverDeps {
    let tokens = 0;
    return {
      clock: this.clock,
      worker: 'w1',
      concurrency: settings.concurrency ?? 32,
      batchSize: 500,
      slotStart: createSlotClock(),
      mayStart: (lateMs) => lateMs <= 2_000,
      newToken: () => `token-${(tokens += 1)}`,
      store: {
        claim: (_worker, token) => {
          this.claims.push({ at: this.now, token });
          const batch = this.batches.shift() ?? [];
          return batch instanceof Error ? Promise.reject(batch) : Promise.resolve(batch);
        },
        // Async, so that a throw of `onSettle` is a failed write.
        settle: async (token, results) => {
          await Promise.resolve();
          this.onSettle(results);
          this.settled.push({ at: this.now, token, results });
        },
        extend: (token) => {
          this.extensions.push(this.now);
          return this.extend(token);
        },
      },
      sender: {
        send: async (rows, signal) => {
          this.sends.push({ at: this.now, ids: rows.map(({ id }) => id) });
          this.inFlight += 1;
          this.mostInFlight = Math.max(this.mostInFlight, this.inFlight);
          try {
            return await this.answer(rows[0], signal);
          } finally {
            this.inFlight -= 1;
          }
        },
      },
      observer: {
        onClaim: () => undefined,
        onResult: () => undefined,
        onSettleFailure: (_error, waiting) => this.settleFailures.push(waiting),
        onLeaseLost: (rows) => this.lostLeases.push(rows),
      },
    };
  }

  /** Delivers until nothing is due, time running as fast as it can. */
  run(settings: { concurrency?: number } = {}, stop = new AbortController().signal): Promise<number> {
    return this.clock.until(deliverDueReminders(this.deps(settings), stop));
  }

  /** An answer that takes this long. */
  slow(ms: number): void {
    this.answer = async (row) => {
      await this.clock.sleep(ms);
      return { outcome: 'sent', messageId: row.id };
    };
  }
}
