/** What the sandbox asks its database for, beyond the product itself: clock, rows, reset. All by RPC, server key only. */
import type { InsForgeClient } from '@insforge/sdk';
import { z } from 'zod';

/** PostgreSQL writes "+00:00" where the page's contract has "Z". */
const instant = z.string().transform((text) => Temporal.Instant.from(text));

const clockSchema = z.object({
  now: instant,
  offset_seconds: z.number().int().nonnegative(),
  next_due_at: instant.nullable(),
  mark: z.string(),
});

/** The product clock as the database sees it. */
export interface DatabaseClock {
  now: Temporal.Instant;
  /** How far product time runs ahead of the machine's clock; 0 = real time. */
  offsetSeconds: number;
  /** When the next reminder falls due, over all people. */
  nextDueAt: Temporal.Instant | null;
  /** Differs from an earlier one when the clock was moved or something the page shows was written in between. */
  mark: string;
}

const lead = z.string().nullable();
const stepId = z.number().int().nullable();

const rowsSchema = z.object({
  zone: z.string().nullable(),
  now: instant,
  counts: z.object({ reminders: z.number(), steps: z.number(), sends: z.number(), events: z.number() }),
  reminders: z.array(
    z.object({
      id: z.number(),
      lead,
      step_id: stepId,
      title: z.string().nullable(),
      due_at: instant,
      wanted_at: instant,
      status: z.string(),
      snooze_count: z.number(),
      reminder_count: z.number(),
      action: z.string().nullable(),
      source: z.string().nullable(),
      event_at: instant.nullable(),
      outcome: z.string().nullable(),
      kind: z.string().nullable(),
      attempt_at: instant.nullable(),
      changed_at: instant,
    }),
  ),
  steps: z.array(
    z.object({
      id: z.number(),
      lead,
      step_id: z.number(),
      action_type: z.string(),
      description: z.string(),
      delay_days: z.number(),
      scheduled_at: instant.nullable(),
      triggered_by: z.string().nullable(),
      next_step_ready_at: instant.nullable(),
      changed_at: instant,
    }),
  ),
  sends: z.array(
    z.object({
      id: z.string(),
      lead,
      step_id: stepId,
      kind: z.string(),
      level: z.number(),
      outcome: z.string(),
      message_id: z.number().nullable(),
      error: z.string().nullable(),
      changed_at: instant,
    }),
  ),
  events: z.array(
    z.object({
      id: z.number(),
      lead,
      step_id: stepId,
      action: z.string(),
      actor: z.string(),
      source: z.string(),
      was: z.string().nullable(),
      became: z.string().nullable(),
      note: z.string().nullable(),
      changed_at: instant,
    }),
  ),
});

/** A person's newest rows of each table, newest change first, as they are stored. */
export type StoredRows = z.infer<typeof rowsSchema>;

/** Asked for by seconds or as an instant. */
export type ClockMove = { bySeconds: number } | { to: Temporal.Instant };

export interface SandboxDatabase {
  clock(): Promise<DatabaseClock>;
  /** Expected refusals (backwards, too far) are values with a sentence fit to be shown. */
  moveClock(move: ClockMove): Promise<{ ok: true; clock: DatabaseClock } | { ok: false; reason: string }>;
  rows(telegramId: number): Promise<StoredRows>;
  /** Empties everything people caused and returns to real time. */
  reset(): Promise<void>;
}

interface Answer {
  data: unknown;
  error: { message: string; code?: string } | null;
}

/** SQLSTATE of a refusal the functions of bootstrap.sql raise in words. */
const REFUSED = 'P0001';

/** @param client carries the server key: the functions refuse everybody else */
export function createSandboxDatabase(client: InsForgeClient): SandboxDatabase {
  async function call(name: string, parameters: Record<string, unknown> = {}): Promise<Answer> {
    return await client.database.rpc(name, parameters);
  }

  async function answerOf(name: string, parameters?: Record<string, unknown>): Promise<unknown> {
    const { data, error } = await call(name, parameters);
    if (error !== null)
      throw new Error(`The sandbox function ${name} failed: ${error.message}`, { cause: error });
    return data;
  }

  return {
    clock: async () => asClock(await answerOf('sandbox_clock')),
    async moveClock(move) {
      const parameters = 'to' in move ? { p_to: move.to.toString() } : { p_by_seconds: move.bySeconds };
      const { data, error } = await call('sandbox_move_clock', parameters);
      if (error === null) return { ok: true, clock: asClock(data) };
      if (error.code === REFUSED) return { ok: false, reason: error.message };
      throw new Error(`The sandbox's clock could not be moved: ${error.message}`, { cause: error });
    },
    rows: async (telegramId) =>
      rowsSchema.parse(await answerOf('sandbox_rows', { p_telegram_id: telegramId })),
    async reset() {
      await answerOf('sandbox_reset');
    },
  };
}

function asClock(data: unknown): DatabaseClock {
  const { now, offset_seconds, next_due_at, mark } = clockSchema.parse(data);
  return { now, offsetSeconds: offset_seconds, nextDueAt: next_due_at, mark };
}
