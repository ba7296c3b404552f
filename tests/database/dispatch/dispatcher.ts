/**
 * The dispatcher's SQL as a test drives it: rows made from the interesting fields alone, calls made on sessions that are
 * `project_admin` from connect (as the product's are), and a product clock that stands still where a test needs it to.
 */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { z } from 'zod';
import { claimedReminderSchema } from '../../../shared/schemas/reminder.ts';
import type { ClaimedReminder } from '../../../shared/schemas/reminder.ts';
import { createTestDatabase } from '../../support/database.ts';
import type { TestClaims, TestDatabase } from '../../support/database.ts';
import type { ReminderFields, Settlement, StoredAttempt, StoredReminder } from './rows.ts';

/** A Wednesday noon in UTC: nobody's quiet hours unless a test says so. */
export const NOON = '2026-11-18T12:00:00.000Z';

export interface ClaimOptions {
  readonly worker?: string;
  readonly token?: string;
  readonly limit?: number;
  readonly lease?: number;
  /** A connection of the test's own; default: any of the pool. */
  readonly on?: pg.ClientBase | pg.Pool;
}

export interface Batch {
  readonly token: string;
  readonly rows: readonly ClaimedReminder[];
  readonly ids: readonly number[];
}

const WRITTEN = [
  'scheduled_reminders, users, leads, engagement_plans, outreach_steps, reminder_events, user_actions',
  'plan_versions, planning_runs',
  'delivery_attempts, open_attempts, claim_batches, chat_slots',
].join(', ');

export class Dispatcher {
  readonly database: TestDatabase;
  /** Sessions of `project_admin`, each its own connection. */
  readonly pool: pg.Pool;

  constructor(database: TestDatabase) {
    this.database = database;
    this.pool = new pg.Pool({
      connectionString: database.url,
      max: 12,
      options: '-c role=project_admin -c search_path=public',
    });
    this.pool.on('error', () => undefined);
  }

  async drop(): Promise<void> {
    await this.pool.end();
    await this.database.drop();
  }

  /** Empties the tables; the limiter is out of the way and the product clock stands at `now`. */
  async reset(now: string = NOON): Promise<void> {
    await this.sql(`truncate ${WRITTEN} restart identity`);
    await this.limiter({ rate: 100_000, chatGapMs: 0 });
    await this.freeze(now);
  }

  /** Product time stands still at this instant. */
  async freeze(instant: string): Promise<void> {
    await this.productClock(`timestamptz '${instant}'`);
  }

  /** Product time runs with the machine's, as in production. */
  async thaw(): Promise<void> {
    await this.productClock('now()');
  }

  /** Replaces the product clock by an SQL expression. */
  async productClock(expression: string, volatility: 'stable' | 'volatile' = 'stable'): Promise<void> {
    await this.database.admin.query(
      `create or replace function public.app_now() returns timestamptz
       language sql ${volatility} parallel safe as $$ select ${expression} $$`,
    );
  }

  async limiter(dials: { rate: number; chatGapMs: number }): Promise<void> {
    await this.sql(
      `update dispatch_limiter set rate_per_second = $1, chat_gap_ms = $2, next_slot_at = 'epoch', block_until = 'epoch'`,
      [dials.rate, dials.chatGapMs],
    );
  }

  /** Rows of any statement, through JSON: numbers are numbers and instants ISO strings. */
  async sql<Row>(text: string, values: unknown[] = []): Promise<Row[]> {
    return (await this.pool.query(text, values)).rows as Row[];
  }

  /** Rows of a query as `to_jsonb` gives them. */
  async json<Row>(query: string, values: unknown[] = []): Promise<Row[]> {
    const rows = await this.sql<{ row: Row }>(
      `select to_jsonb(result) as row from (${query}) as result`,
      values,
    );
    return rows.map(({ row }) => row);
  }

  /** A person in UTC whose every hour is open, but for what the test says. Ids from 100 on are free to choose. */
  async person(telegramId: number, columns: Readonly<Record<string, unknown>> = {}): Promise<number> {
    const row = { telegram_id: telegramId, quiet_from: '00:00', quiet_to: '00:00', ...columns };
    const names = Object.keys(row).join(', ');
    await this.sql(
      `insert into users (${names}) select ${names} from jsonb_populate_record(null::users, $1::jsonb)`,
      [JSON.stringify(row)],
    );
    return telegramId;
  }

  async lead(telegramId: number, columns: Readonly<Record<string, unknown>> = {}): Promise<number> {
    const { status = 'new', name = 'Anna Kowalska', deleted_at: deletedAt = null } = columns;
    const rows = await this.sql<{ id: string }>(
      'insert into leads (telegram_id, name, status, deleted_at) values ($1, $2, $3, $4) returning id',
      [telegramId, name, status, deletedAt],
    );
    return Number(rows[0]!.id);
  }

  async reminder(fields: ReminderFields = {}): Promise<number> {
    return (await this.reminders([fields]))[0]!;
  }

  /** Inserts rows in one statement; ids come back in the same order. */
  async reminders(list: readonly ReminderFields[]): Promise<number[]> {
    const rows = list.map((fields, nth) => ({
      nth,
      telegram_id: fields.telegramId ?? 100,
      lead_id: fields.leadId ?? null,
      plan_id: fields.planId ?? null,
      step_id: fields.stepId ?? null,
      due: (fields.dueIn ?? 0) * 60,
      wanted: (fields.wantedIn ?? fields.dueIn ?? 0) * 60,
      status: fields.status ?? 'pending',
      level: fields.level ?? 0,
      exact: fields.exact ?? false,
      due_reason: fields.dueReason ?? 'plan',
      reminded: fields.lastRemindedIn === undefined ? null : fields.lastRemindedIn * 60,
      retries: fields.retries ?? 0,
      title: fields.title ?? null,
    }));
    const inserted = await this.sql<{ id: string }>(
      `insert into scheduled_reminders (telegram_id, lead_id, plan_id, step_id, due_at, wanted_at, status, level, exact,
         due_reason, last_reminded_at, retries, title)
       select telegram_id, lead_id, plan_id, step_id, app_now() + make_interval(secs => due),
         app_now() + make_interval(secs => wanted), status, level, exact, due_reason,
         app_now() + make_interval(secs => reminded), retries, title
       from jsonb_to_recordset($1::jsonb) as item (telegram_id bigint, lead_id bigint, plan_id bigint,
         step_id int, due float8, wanted float8, status text, level smallint, exact boolean, due_reason text,
         reminded float8, retries smallint, title text, nth int)
       order by nth returning id`,
      [JSON.stringify(rows)],
    );
    return inserted.map(({ id }) => Number(id));
  }

  async claim(options: ClaimOptions = {}): Promise<Batch> {
    const { worker = 'w1', token = randomUUID(), limit = 500, lease = 30, on = this.pool } = options;
    const { rows } = await on.query<{ rows: unknown }>(
      'select public.claim_due_reminders($1, $2, $3, $4) as rows',
      [worker, token, limit, lease],
    );
    const claimed = z.array(claimedReminderSchema).parse(rows[0]!.rows);
    return { token, rows: claimed, ids: claimed.map(({ id }) => id) };
  }

  /** @returns how many leases it ended */
  async settle(
    token: string,
    results: readonly Settlement[],
    on: pg.ClientBase | pg.Pool = this.pool,
  ): Promise<number> {
    const { rows } = await on.query<{ answer: { settled: number } }>(
      'select public.settle_reminders($1, $2) as answer',
      [token, JSON.stringify(results)],
    );
    return rows[0]!.answer.settled;
  }

  /** Claims what is due and settles all of it alike. */
  async deliver(outcome: Omit<Settlement, 'id'> = { outcome: 'sent', message_id: 7 }): Promise<Batch> {
    const batch = await this.claim();
    await this.settle(
      batch.token,
      batch.ids.map((id) => ({ id, ...outcome })),
    );
    return batch;
  }

  async call<Value>(expression: string, values: unknown[] = []): Promise<Value> {
    const rows = await this.sql<{ value: Value }>(`select public.${expression} as value`, values);
    return rows[0]!.value;
  }

  /** As the person's own RPC or REST call does it. */
  async asPerson(telegramId: number, statement: string, values: unknown[] = []): Promise<void> {
    const person: TestClaims = { sub: telegramId };
    await this.database.as(person, (client) => client.query(statement, values));
  }

  async row(id: number): Promise<StoredReminder> {
    const [row] = await this.json<StoredReminder>('select * from scheduled_reminders where id = $1', [id]);
    if (row === undefined) throw new Error(`There is no reminder ${id}.`);
    return row;
  }

  async attempts(id: number): Promise<StoredAttempt[]> {
    return this.json<StoredAttempt>(
      'select * from delivery_attempts where reminder_id = $1 order by settled_at',
      [id],
    );
  }

  /** The worker died: its lease is over at once. */
  async expireLeases(): Promise<void> {
    await this.sql(`update claim_batches set lease_until = clock_timestamp() - interval '1 second'`);
  }

  /** Unsent rows that are due and in nobody's hands: what a claim must not leave behind when they may not go. */
  async leftDue(): Promise<number[]> {
    const rows = await this.json<{ id: number }>(
      `select id from scheduled_reminders as reminder where status in ('pending', 'sent') and due_at <= app_now()
       and not exists (select from open_attempts where reminder_id = reminder.id) order by id`,
    );
    return rows.map(({ id }) => id);
  }
}

/** `jsonb_populate_record` fills what is missing with null, not with the column's default. */
/** A database of its own for a test file. */
export async function openDispatcher(): Promise<Dispatcher> {
  return new Dispatcher(await createTestDatabase());
}

/** An instant so many minutes after another, as PostgreSQL's JSON writes instants in UTC. */
export function minutesAfter(instant: string, minutes: number): string {
  const ms = new Date(instant).getTime() + minutes * 60_000;
  return new Date(ms)
    .toISOString()
    .replace(/\.000Z$/, '+00:00')
    .replace(/Z$/, '+00:00');
}
