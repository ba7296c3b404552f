import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createSandboxDatabase, type SandboxDatabase } from '../../../bot/sandbox/database.ts';
import type { TestClaims, TestDatabase } from '../../support/database.ts';
import { makeSandboxDatabase } from './sandbox.ts';

let db: TestDatabase;
let database: SandboxDatabase;

const FUNCTIONS = [
  'sandbox_clock()',
  'sandbox_move_clock(bigint, timestamptz)',
  'sandbox_rows(bigint, int)',
  'sandbox_reset()',
];

async function value<T>(sql: string): Promise<T> {
  const { rows } = await db.admin.query<{ value: T }>(sql);
  return rows[0]!.value;
}

beforeAll(async () => {
  db = await makeSandboxDatabase();
  database = createSandboxDatabase(db.server);
});

afterAll(() => db.drop());

beforeEach(() => database.reset());

describe('product time in the sandbox', () => {
  test('runs ahead by what it was moved, for everybody who asks', async () => {
    await database.moveClock({ bySeconds: 86_400 });
    expect(await value<boolean>(`select public.app_now() = now() + interval '1 day' as value`)).toBe(true);
    const claims: TestClaims = { sub: 7 };
    const seen = await db.as(claims, async (client) => {
      const { rows } = await client.query<{ ahead: boolean }>(
        `select public.app_now() = now() + interval '1 day' as ahead`,
      );
      return rows;
    });
    expect(seen).toEqual([{ ahead: true }]);
  });

  test('reaches the instant it is moved to, not a fraction less', async () => {
    const to = Temporal.Now.instant().add({ hours: 5, milliseconds: 300 });
    const moved = await database.moveClock({ to });
    expect(moved.ok && Temporal.Instant.compare(moved.clock.now, to) >= 0).toBe(true);
  });

  test('never runs backwards, nor further than five years', async () => {
    await database.moveClock({ bySeconds: 7200 });
    const back = await database.moveClock({ to: Temporal.Now.instant().add({ hours: 1 }) });
    expect(back).toEqual({ ok: false, reason: expect.stringContaining('only runs forward') as string });
    expect(await database.moveClock({ bySeconds: 10 * 366 * 86_400 })).toEqual({
      ok: false,
      reason: expect.stringContaining('at most five years') as string,
    });
    expect((await database.clock()).offsetSeconds).toBe(7200);
  });

  test('shows as next due what will come, not what waits because its lead answered', async () => {
    await db.admin.query(`insert into public.users (telegram_id) values (8) on conflict do nothing`);
    const lead = await value<string>(
      `insert into public.leads (telegram_id, name, paused_at) values (8, 'Zoe', now()) returning id as value`,
    );
    const add = (leadId: string | null, hours: number) =>
      db.admin.query(
        `insert into public.scheduled_reminders (telegram_id, lead_id, due_at, created_at)
         values (8, $1, now() + make_interval(hours => $2), now() - interval '1 hour')`,
        [leadId, hours],
      );
    await add(lead, 5);
    expect((await database.clock()).nextDueAt).toBeNull();
    await add(null, 9);
    const next = (await database.clock()).nextDueAt;
    expect(Math.round(Temporal.Now.instant().until(next!).total('hours'))).toBe(9);
  });

  test('stays STABLE and a condition of the due index, so that a poll reads only what is due', async () => {
    expect(
      await value<string>(
        `select provolatile as value from pg_proc where oid = 'public.app_now()'::regprocedure`,
      ),
    ).toBe('s');
    await db.admin.query(
      `insert into public.scheduled_reminders (telegram_id, due_at)
       select 1, now() + make_interval(hours => n) from generate_series(1, 5000) as n`,
    );
    await db.admin.query('analyze public.scheduled_reminders');
    const { rows } = await db.admin.query<{ 'QUERY PLAN': string }>(
      `explain select id from public.scheduled_reminders
       where status in ('pending', 'sent') and due_at <= public.app_now() order by due_at limit 10`,
    );
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(plan).toContain('Index Scan using scheduled_reminders_due');
    expect(plan).toContain('Index Cond: (due_at <= (now() + sandbox_offset()))');
  });
});

describe('the mark that tells the page to look at its rows again', () => {
  const mark = async () => (await database.clock()).mark;

  test('stays as it is while the job worker beats, runs the product’s own jobs and finds nothing to send', async () => {
    await db.admin.query(
      `insert into public.scheduled_jobs (id, name, type, schedule, next_run, handler_name, handler_type)
       values ('nudge.sweep', 'Sweep', 'cron', '* * * * *', now() + interval '1 day', 'sweep', 'function'),
         ('nudge.loop.jobs', 'Loop', 'event', null, null, 'resident', 'function') on conflict do nothing`,
    );
    const before = await mark();
    await db.admin.query(`
      select public.join_job_worker('w', 15), public.beat_job_worker('w', 15, '[]', '{nudge.loop.jobs}'),
        public.run_job_now('nudge.sweep', 'now')`);
    await db.admin.query(`select public.claim_executions('w', gen_random_uuid(), 5)`);
    await db.admin.query(
      `select public.settle_executions('w', '[{"id": "nudge.sweep@now", "outcome": "success", "duration_ms": 1, "logs": []}]')`,
    );
    expect(
      await value<string>(`select status as value from public.job_executions where id = 'nudge.sweep@now'`),
    ).toBe('success');
    expect(await mark()).toBe(before);
    // A reset keeps the product's own jobs.
    await db.admin.query('truncate public.scheduled_jobs, public.job_workers cascade');
  });

  test('changes with every transaction that writes a row of the drawer, and with the clock', async () => {
    const seen = [await mark()];
    for (const write of [
      `insert into public.users (telegram_id) values (7)`,
      `insert into public.scheduled_reminders (telegram_id, due_at, title) values (7, now() + interval '1 day', 'Call')`,
      `update public.scheduled_reminders set draft_text = 'Hello' where telegram_id = 7`,
      `delete from public.scheduled_reminders where telegram_id = 7`,
    ]) {
      await db.admin.query(write);
      seen.push(await mark());
    }
    await database.moveClock({ bySeconds: 60 });
    seen.push(await mark());
    expect(new Set(seen).size).toBe(seen.length);
  });

  test('changes when a transaction ends after one that began later', async () => {
    const slow = await db.admin.connect();
    try {
      await slow.query('begin');
      await slow.query('insert into public.users (telegram_id) values (8)');
      await db.admin.query('insert into public.users (telegram_id) values (9)');
      const before = await mark();
      await slow.query('commit');
      expect(await mark()).not.toBe(before);
    } finally {
      slow.release();
    }
  });

  test('changes by what a person writes themselves, and stays for what was rolled back', async () => {
    await db.admin.query('insert into public.users (telegram_id) values (7)');
    const before = await mark();
    const refused = await db
      .userClient(7)
      .database.rpc('create_reminder', { p_action_id: 'x', p_title: 'No time' });
    expect(refused.error).not.toBeNull();
    expect(await mark()).toBe(before);
    const due = Temporal.Now.instant().add({ hours: 30 }).toString();
    const made = await db
      .userClient(7)
      .database.rpc('create_reminder', { p_action_id: 'y', p_title: 'Call', p_due_at: due });
    expect(made.error).toBeNull();
    expect(await mark()).not.toBe(before);
  });
});

describe('what only the sandbox may do', () => {
  test.each(FUNCTIONS)('%s is for the server key alone', async (name) => {
    const allowed = await value<string[]>(
      `select array_agg(role order by role) as value from unnest(array['anon', 'authenticated', 'project_admin']) as role
       where has_function_privilege(role, 'public.${name}', 'execute')`,
    );
    expect(allowed).toEqual(['project_admin']);
  });

  test('a person cannot read or move the offset, signed in or not', async () => {
    for (const client of [db.userClient(7), db.anonClient()]) {
      const moved = await client.database.rpc('sandbox_move_clock', { p_by_seconds: 60 });
      expect(moved.error).not.toBeNull();
      const read = await client.database.from('sandbox_state').select();
      expect(read.error).not.toBeNull();
    }
    expect((await database.clock()).offsetSeconds).toBe(0);
  });

  test('applying it a second time keeps the clock where it was', async () => {
    await database.moveClock({ bySeconds: 60 });
    const sql = await readFile(new URL('../../../bot/sandbox/bootstrap.sql', import.meta.url), 'utf8');
    await db.as('project_admin', (client) => client.query(sql));
    expect((await database.clock()).offsetSeconds).toBe(60);
  });

  test('a reset keeps the product’s own jobs and lets them run again, and forgets everybody else’s', async () => {
    await db.admin.query(
      `insert into public.scheduled_jobs (id, name, type, schedule, next_run, status, cancelled_at, handler_name, handler_type)
       values ('nudge.sweep', 'Sweep', 'cron', '* * * * *', null, 'cancelled', now(), 'sweep', 'function'),
         ('nudge.digests', 'Digests', 'cron', '* * * * *', now() + interval '9 days', 'paused', null, 'digests', 'function'),
         ('nudge.loop.jobs', 'Loop', 'event', null, null, 'active', null, 'resident', 'function'),
         ('mine', 'Mine', 'cron', '* * * * *', now(), 'active', null, 'sweep', 'function')`,
    );
    await database.reset();
    const { rows } = await db.admin.query<{ id: string; status: string; is_due: boolean | null }>(
      'select id, status, next_run <= now() as is_due from public.scheduled_jobs order by id',
    );
    expect(rows).toEqual([
      { id: 'nudge.digests', status: 'active', is_due: true },
      { id: 'nudge.loop.jobs', status: 'active', is_due: null },
      { id: 'nudge.sweep', status: 'active', is_due: true },
    ]);
    await db.admin.query('delete from public.scheduled_jobs');
  });

  test('a reset empties every table but the product’s own, and begins in real time', async () => {
    await db.admin.query(`insert into public.users (telegram_id) values (7)`);
    await db.admin.query(`insert into public.leads (telegram_id, name) values (7, 'Anna')`);
    await db.admin.query(`insert into public.processed_updates (update_id, worker) values (1, 'w')`);
    await database.moveClock({ bySeconds: 60 });
    await database.reset();
    const { rows } = await db.admin.query<{ relname: string }>(
      `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`,
    );
    const filled: string[] = [];
    for (const { relname } of rows) {
      if (await value<boolean>(`select exists (select from public.${relname}) as value`))
        filled.push(relname);
    }
    expect(filled.sort()).toEqual(['dispatch_limiter', 'platforms', 'sandbox_state', 'schema_versions']);
    expect((await database.clock()).offsetSeconds).toBe(0);
  });
});
