/** What one claim reads while the table grows: idle, and with 500 rows due, over finished rows and over future ones. */
import type pg from 'pg';
import { z } from 'zod';
import { openStage } from './stage.ts';

const DUE = 500;

export interface ClaimCost {
  readonly rows: number;
  readonly mix: 'finished' | 'future';
  /** 8 kB pages touched by a claim that finds nothing. */
  readonly idleBuffers: number;
  readonly idleMs: number;
  /** The same for a claim of 500 due rows. */
  readonly claimBuffers: number;
  readonly claimMs: number;
}

/** `finished`: one row in ten still waits for its day. `future`: nine in ten do. */
const OPEN_OF_TEN = { finished: 1, future: 9 } as const;

/** Row triggers and all but the indexes a claim reads are out of the way while the table is filled. */
const FILL = `
  insert into scheduled_reminders (lead_id, telegram_id, due_at, wanted_at, first_due_at, status, completed_at, draft_text)
  select g, 1 + g % 50000, at, at, at, case when g % 10 < $3 then 'pending' else 'completed' end,
    case when g % 10 < $3 then null else now() end, 'A draft of a usual length, two lines or so, as it lies in the row'
  from generate_series($1::int, $2::int) as g,
    lateral (select now() + make_interval(mins => 60 + g % 500000) as at) as instant`;

const planSchema = z.tuple([
  z.object({
    Plan: z.looseObject({ 'Shared Hit Blocks': z.number(), 'Shared Read Blocks': z.number() }),
    'Execution Time': z.number(),
  }),
]);

/** A database of its own, where nothing waits for the disk: pages are counted, not seconds. */
export async function measureClaimCost(sizes: readonly number[]): Promise<ClaimCost[]> {
  const stage = await openStage({ isDurable: false });
  try {
    const costs: ClaimCost[] = [];
    for (const mix of ['finished', 'future'] as const) {
      await stage.fill('nudge', 0, false);
      let present = 0;
      for (const rows of sizes) {
        await grow(stage.admin, present + 1, rows, OPEN_OF_TEN[mix]);
        present = rows;
        const idle = await explainClaim(stage.admin);
        await stage.admin.query(
          `insert into scheduled_reminders (telegram_id, due_at) select n, now() - interval '1 second' from generate_series(1, $1::int) as n`,
          [DUE],
        );
        const claim = await explainClaim(stage.admin);
        await stage.admin.query(`delete from scheduled_reminders where due_at < now()`);
        await stage.admin.query('truncate open_attempts, claim_batches');
        costs.push({
          rows,
          mix,
          idleBuffers: idle.buffers,
          idleMs: idle.milliseconds,
          claimBuffers: claim.buffers,
          claimMs: claim.milliseconds,
        });
      }
    }
    return costs;
  } finally {
    await stage.close();
  }
}

/** Secondary indexes are dropped and built again: row by row they would take most of the time. */
async function grow(admin: pg.Client, from: number, to: number, openOfTen: number): Promise<void> {
  const { rows } = await admin.query<{ name: string; definition: string }>(
    `select indexname as name, indexdef as definition from pg_indexes
     where tablename = 'scheduled_reminders' and indexname <> 'scheduled_reminders_pkey'`,
  );
  await admin.query(`set maintenance_work_mem = '512MB'`);
  await admin.query('begin');
  for (const { name } of rows) await admin.query(`drop index ${name}`);
  await admin.query(`set local session_replication_role = 'replica'`);
  await admin.query(FILL, [from, to, openOfTen]);
  for (const { definition } of rows) await admin.query(definition);
  await admin.query('commit');
  await admin.query('vacuum analyze scheduled_reminders');
}

/** The first call plans; the loop that matters calls for ever. */
async function explainClaim(admin: pg.Client): Promise<{ buffers: number; milliseconds: number }> {
  await admin.query('begin');
  await explainOnce(admin);
  await admin.query('rollback');
  await admin.query('begin');
  const cost = await explainOnce(admin);
  await admin.query('rollback');
  return cost;
}

async function explainOnce(admin: pg.Client): Promise<{ buffers: number; milliseconds: number }> {
  const { rows } = await admin.query<{ 'QUERY PLAN': unknown }>(
    `explain (analyze, buffers, format json) select claim_due_reminders('bench', gen_random_uuid(), ${DUE}, 30)`,
  );
  const [plan] = planSchema.parse(rows[0]?.['QUERY PLAN']);
  return {
    buffers: plan.Plan['Shared Hit Blocks'] + plan.Plan['Shared Read Blocks'],
    milliseconds: plan['Execution Time'],
  };
}
