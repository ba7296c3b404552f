/** The indexes that dispatch stands on, and that the product clock lets the planner use them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PoolClient } from 'pg';
import { createTestDatabase } from '../../support/database.ts';
import type { TestDatabase } from '../../support/database.ts';
import { MIGRATION_FILES, paste } from './paste.ts';

const IDLE_ROWS = 20_000;

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
  await db.as('project_admin', async (client) => {
    await client.query(
      `insert into scheduled_reminders (telegram_id, due_at, status)
       select 1, now() + make_interval(hours => 1 + number), case when number % 4 = 0 then 'cancelled' else 'pending' end
       from generate_series(1, ${IDLE_ROWS}) as number`,
    );
  });
  await db.admin.query('vacuum analyze public.scheduled_reminders');
});
afterAll(async () => db.drop());

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Index Name'?: string;
  readonly 'Index Cond'?: string;
  readonly Filter?: string;
  readonly 'Shared Hit Blocks': number;
  readonly Plans?: PlanNode[];
}

const DUE = `select id from scheduled_reminders where due_at <= app_now() and status in ('pending', 'sent')
  order by due_at limit 10`;

async function leafOf(client: PoolClient, query: string): Promise<PlanNode> {
  const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
    `explain (analyze, buffers, format json) ${query}`,
  );
  let node = rows[0]!['QUERY PLAN'][0].Plan;
  while (node.Plans?.[0] !== undefined) node = node.Plans[0];
  return node;
}

/** What is wrong with the clock, as the catalogue and the planner see it; empty when nothing is. */
async function clockProblems(client: PoolClient): Promise<string[]> {
  const { rows } = await client.query<{ provolatile: string }>(
    `select provolatile from pg_proc where oid = 'public.app_now()'::regprocedure`,
  );
  const leaf = await leafOf(client, DUE);
  return [
    ...(rows[0]?.provolatile === 's' ? [] : ['app_now() is not STABLE']),
    ...(leaf['Index Name'] === 'scheduled_reminders_due' ? [] : ['the due index is not used']),
    ...(leaf['Index Cond'] === '(due_at <= now())'
      ? []
      : [`the clock is not the index condition: ${leaf['Index Cond'] ?? leaf.Filter ?? 'none'}`]),
    ...(leaf['Shared Hit Blocks'] <= 5 ? [] : ['an idle look reads more than 5 buffers']),
  ];
}

describe('the three indexes of the base table', () => {
  test.each([
    [
      'scheduled_reminders_due',
      `CREATE INDEX scheduled_reminders_due ON public.scheduled_reminders USING btree (due_at) ` +
        `WHERE (status = ANY (ARRAY['pending'::text, 'sent'::text]))`,
    ],
    [
      'scheduled_reminders_lead_step',
      'CREATE INDEX scheduled_reminders_lead_step ON public.scheduled_reminders USING btree (lead_id, step_id)',
    ],
    [
      'scheduled_reminders_person_status',
      'CREATE INDEX scheduled_reminders_person_status ON public.scheduled_reminders USING btree (telegram_id, status)',
    ],
    [
      'outreach_steps_ready',
      'CREATE INDEX outreach_steps_ready ON public.outreach_steps USING btree (next_step_ready_at) ' +
        'WHERE (next_step_ready_at IS NOT NULL)',
    ],
  ])('%s is there and holds what it is for', async (name, definition) => {
    const { rows } = await db.admin.query<{ indexdef: string }>(
      `select indexdef from pg_indexes where schemaname = 'public' and indexname = $1`,
      [name],
    );
    expect(rows).toEqual([{ indexdef: definition }]);
  });

  test('they are made by the base table’s own file, in which the thirteen columns are all there is', async () => {
    const bare = await createTestDatabase({ template: 'bootstrapped' });
    for (const { sql } of MIGRATION_FILES.slice(0, 2)) await paste(bare, sql);
    const { rows } = await bare.admin.query<{ columns: string[]; indexes: string[] }>(
      `select array(select attname::text from pg_attribute where attrelid = 'public.scheduled_reminders'::regclass
           and attnum > 0 order by attnum) as columns,
         array(select indexname::text from pg_indexes where tablename = 'scheduled_reminders' order by 1) as indexes`,
    );
    await bare.drop();
    expect(rows[0]?.columns).toEqual([
      'id',
      'lead_id',
      'telegram_id',
      'step_id',
      'due_at',
      'status',
      'snooze_count',
      'reminder_count',
      'last_reminded_at',
      'draft_text',
      'completed_at',
      'created_at',
      'updated_at',
    ]);
    expect(rows[0]?.indexes).toEqual([
      'scheduled_reminders_due',
      'scheduled_reminders_lead_step',
      'scheduled_reminders_person_status',
      'scheduled_reminders_pkey',
    ]);
  });
});

describe('the product clock', () => {
  test('is STABLE, melts into the query, and leaves the due index its condition', async () => {
    await db.as('project_admin', async (client) => {
      expect(await clockProblems(client)).toEqual([]);
    });
  });

  test.each([
    ['a VOLATILE clock', 'language sql volatile', 'select now()', /not STABLE/],
    [
      'a clock on the wall',
      'language sql volatile',
      'select clock_timestamp()',
      /not STABLE.*not the index condition/,
    ],
    [
      'a clock that cannot melt in',
      'language plpgsql stable',
      'begin return now(); end',
      /not the index condition/,
    ],
    ['a clock with a setting', "language sql stable set search_path = ''", 'select now()', /not the index/],
  ])('%s would be found', async (_what, how, body, problem) => {
    const client = await db.admin.connect();
    try {
      await client.query(
        `begin; set local role project_admin; set local search_path = public;
         create or replace function public.app_now() returns timestamptz ${how} as $$ ${body} $$`,
      );
      expect((await clockProblems(client)).join('; ')).toMatch(problem);
    } finally {
      await client.query('rollback');
      client.release();
    }
  });
});
