/**
 * What an idle poll costs. It runs many times a minute in every worker for ever, so it must read the left edge of the
 * partial index and nothing else, however many reminders lie in the future or are finished.
 */
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openDispatcher } from './dispatcher.ts';
import type { Dispatcher } from './dispatcher.ts';

let dispatcher: Dispatcher;
beforeAll(async () => {
  dispatcher = await openDispatcher();
});
afterAll(() => dispatcher.drop());
beforeEach(async () => {
  await dispatcher.reset();
  await dispatcher.thaw();
});

/** The bar of the product's own bench. */
const BUFFERS = 5;

interface Plan {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Index Cond'?: string;
  readonly 'Shared Hit Blocks': number;
  readonly 'Shared Read Blocks': number;
  readonly Plans?: readonly Plan[];
}

/** Runs it three times first, so that catalogue and function caches are warm as in a worker's session. */
async function explain(statement: string): Promise<Plan> {
  const client = await dispatcher.pool.connect();
  try {
    for (let warm = 0; warm < 3; warm += 1) await client.query(statement);
    const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
      `explain (analyze, buffers, format json) ${statement}`,
    );
    return rows[0]!['QUERY PLAN'][0].Plan;
  } finally {
    client.release();
  }
}

function nodes(plan: Plan): Plan[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodes)];
}

function buffers(plan: Plan): number {
  return plan['Shared Hit Blocks'] + plan['Shared Read Blocks'];
}

const CLAIM = `select public.claim_due_reminders('w1', gen_random_uuid(), 500, 30)`;
/** The statement within the claim that a quiet poll ends at. */
const IS_ANYTHING_DUE = `select exists (
  select from public.scheduled_reminders where due_at <= public.app_now() and status in ('pending', 'sent'))`;

/** Rows nobody has to be reminded of now: most of them ahead, or most of them finished. */
async function fill(count: number, kind: 'future' | 'finished'): Promise<void> {
  const status = kind === 'future' ? `'pending'` : `case when n % 100 = 0 then 'pending' else 'skipped' end`;
  await dispatcher.sql(
    `insert into scheduled_reminders (telegram_id, due_at, status)
     select 100 + n % 1000, now() + make_interval(mins => case when ${status} = 'pending' then 60 + n else -n end), ${status}
     from generate_series(1, $1) as n`,
    [count],
  );
  await dispatcher.database.admin.query('vacuum analyze scheduled_reminders');
}

describe.each([10_000, 100_000])('with %i rows', (count) => {
  test.each(['future', 'finished'] as const)(
    'mostly %s, an idle claim reads at most five buffers',
    async (kind) => {
      await fill(count, kind);
      const look = await explain(IS_ANYTHING_DUE);
      expect(
        nodes(look)
          .map((node) => node['Index Name'])
          .filter(Boolean),
      ).toEqual(['scheduled_reminders_due']);
      expect(buffers(look)).toBeLessThanOrEqual(BUFFERS);
      expect(buffers(await explain(CLAIM))).toBeLessThanOrEqual(BUFFERS);
    },
  );
});

test('after a big delivery, the vacuum that follows it makes an idle claim as cheap as before', async () => {
  await dispatcher.sql(
    `insert into scheduled_reminders (telegram_id, due_at)
     select n, now() - make_interval(secs => n) from generate_series(1, 20000) as n`,
  );
  await dispatcher.sql(
    `update scheduled_reminders set status = 'sent', due_at = now() + interval '4 hours', due_rev = due_rev + 1`,
  );
  await dispatcher.database.admin.query('vacuum scheduled_reminders');
  expect(buffers(await explain(CLAIM))).toBeLessThanOrEqual(BUFFERS);
});

test('an idle claim waits for nobody: the limiter and every row may be locked by others', async () => {
  await dispatcher.sql(
    `insert into scheduled_reminders (telegram_id, due_at) select 100, now() + interval '1 hour' from generate_series(1, 50)`,
  );
  const holder = await dispatcher.pool.connect();
  const asker = await dispatcher.pool.connect();
  try {
    await holder.query(
      'begin; select from dispatch_limiter for update; select from scheduled_reminders for update',
    );
    // A claim that waits for a lock fails here at once instead of hanging.
    await asker.query(`begin; set local lock_timeout = '1ms'`);
    expect((await dispatcher.claim({ on: asker })).ids).toEqual([]);
    const { rows } = await asker.query(
      `select mode from pg_locks where pid = pg_backend_pid() and locktype = 'relation' and mode <> 'AccessShareLock'`,
    );
    expect(rows).toEqual([]);
  } finally {
    await asker.query('rollback');
    await holder.query('rollback');
    asker.release();
    holder.release();
  }
});

test('a claim walks the partial index also when the statistics say that the table is empty', async () => {
  await dispatcher.sql('alter table scheduled_reminders set (autovacuum_enabled = off)');
  await dispatcher.sql('analyze scheduled_reminders');
  await fillFinishedWithoutStatistics(30_000);
  await dispatcher.reminders(Array.from({ length: 20 }, (_, nth) => ({ telegramId: 100 + nth, dueIn: -1 })));
  const plans = await plansOfAClaim();
  const scans = plans.flatMap(nodes).filter((node) => node['Relation Name'] === 'scheduled_reminders');
  expect(scans.length).toBeGreaterThan(0);
  expect(scans.map((node) => node['Node Type'])).not.toContain('Seq Scan');
  expect(scans.map((node) => node['Index Name'])).toContain('scheduled_reminders_due');
  await dispatcher.sql('alter table scheduled_reminders reset (autovacuum_enabled)');
});

describe('the product clock', () => {
  const condition = async () =>
    nodes(await explain(IS_ANYTHING_DUE)).find((node) => node['Index Name'] === 'scheduled_reminders_due')?.[
      'Index Cond'
    ];

  test('is STABLE, so that "due by now" is a condition of the due index', async () => {
    await fill(1_000, 'future');
    const [clock] = await dispatcher.json<{ provolatile: string }>(
      `select provolatile from pg_proc where oid = 'public.app_now()'::regprocedure`,
    );
    expect(clock?.provolatile).toBe('s');
    expect(await condition()).toContain('due_at <=');
  });

  test('made VOLATILE would have every poll read the whole index: the check above would not hold', async () => {
    await fill(1_000, 'future');
    await dispatcher.productClock('clock_timestamp()', 'volatile');
    expect((await condition()) ?? '').not.toContain('due_at <=');
  });
});

/** Rows the planner does not know of: no ANALYZE after them. */
async function fillFinishedWithoutStatistics(count: number): Promise<void> {
  await dispatcher.sql(
    `insert into scheduled_reminders (telegram_id, due_at, status)
     select 100 + n % 1000, now() - make_interval(mins => n), 'skipped' from generate_series(1, $1) as n`,
    [count],
  );
}

/** The plans of every statement inside one claim, as auto_explain sees them. */
async function plansOfAClaim(): Promise<Plan[]> {
  const client = new pg.Client({ connectionString: dispatcher.database.url });
  const plans: Plan[] = [];
  client.on('notice', ({ message }) => {
    const json = /^duration: .*? plan:\n([\s\S]*)$/.exec(message ?? '')?.[1];
    if (json !== undefined) plans.push((JSON.parse(json) as { Plan: Plan }).Plan);
  });
  await client.connect();
  try {
    await client.query(
      `load 'auto_explain'; set auto_explain.log_min_duration = 0; set auto_explain.log_nested_statements = on;
       set auto_explain.log_format = json; set auto_explain.log_level = notice; set client_min_messages = notice;
       set role project_admin`,
    );
    await client.query(CLAIM);
    return plans;
  } finally {
    await client.end();
  }
}
