/** What is no longer kept goes, in portions; what is still kept or still at work stays. */
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { clearOldRows } from '../../../bot/usecases/clear-old-rows.ts';
import { createRetentionStore } from '../../../bot/store/retention-store.ts';
import { createTestDatabase } from '../../support/database.ts';
import type { TestDatabase } from '../../support/database.ts';

let db: TestDatabase | null = null;
const open = (): TestDatabase => {
  if (db === null) throw new Error('There is no database yet.');
  return db;
};
beforeEach(async () => {
  db ??= await createTestDatabase();
  await open().admin.query(
    `truncate scheduled_jobs, delivery_attempts, processed_updates, reminder_events, users, leads, scheduled_reminders cascade`,
  );
  await open().admin.query(`
    insert into scheduled_jobs (id, name, type, schedule, next_run, handler_name, handler_type, keep_days) values
      ('brief', 'Brief', 'cron', '* * * * *', '2099-01-01', 'h', 'function', 2),
      ('usual', 'Usual', 'cron', '* * * * *', '2099-01-01', 'h', 'function', 30)`);
});
afterAll(async () => open().drop());

const clear = (limit = 2_000): Promise<Readonly<Record<string, number>>> =>
  createRetentionStore(open().server.database).clear(limit);

async function ids(query: string): Promise<string[]> {
  const { rows } = await open().admin.query<{ id: string }>(query);
  return rows.map(({ id }) => id);
}

async function execution(id: string, status: string, daysAgo: number): Promise<void> {
  const isOver = !['pending', 'running'].includes(status);
  await open().admin.query(
    `insert into job_executions (id, job_id, platform_id, status, scheduled_at, created_at, started_at, completed_at, worker_id,
       claim_token)
     select $1, split_part($1, '@', 1), 'default', $2, at, at, at, case when $4 then at end, 'w',
       case when $2 = 'running' then gen_random_uuid() end
     from (select app_now() - make_interval(days => $3) as at) as past`,
    [id, status, daysAgo, isOver],
  );
}

describe('executions', () => {
  test('are kept as many days as their own job says, with their logs', async () => {
    for (const job of ['brief', 'usual']) {
      for (const days of [1, 3, 29, 31]) await execution(`${job}@${String(days)}`, 'success', days);
    }
    await open().admin.query(
      `insert into job_execution_logs (execution_id, level, message) values ('brief@3', 'info', 'gone'), ('usual@3', 'info', 'kept')`,
    );
    expect(await clear()).toMatchObject({ executions: 4 });
    expect(await ids('select id from job_executions order by id')).toEqual([
      'brief@1',
      'usual@1',
      'usual@29',
      'usual@3',
    ]);
    expect(await ids('select message as id from job_execution_logs')).toEqual(['kept']);
  });

  test('that wait or run are not deleted, however old they are', async () => {
    await execution('brief@waits', 'pending', 400);
    await execution('brief@runs', 'running', 400);
    await execution('brief@over', 'skipped', 400);
    await clear();
    expect(await ids('select id from job_executions order by id')).toEqual(['brief@runs', 'brief@waits']);
  });

  test('take an ended one-time job with them; one that is still planned stays', async () => {
    await open().admin.query(`
      insert into scheduled_jobs (id, name, type, status, next_run, completed_at, handler_name, handler_type) values
        ('old', 'Old', 'one_time', 'completed', null, app_now() - interval '31 days', 'h', 'function'),
        ('new', 'New', 'one_time', 'completed', null, app_now() - interval '29 days', 'h', 'function'),
        ('planned', 'Planned', 'one_time', 'pending', app_now() + interval '1 day', null, 'h', 'function')`);
    await execution('old@1', 'success', 31);
    expect(await clear()).toMatchObject({ executions: 1, jobs: 1 });
    expect(await ids(`select id from scheduled_jobs where type = 'one_time' order by id`)).toEqual([
      'new',
      'planned',
    ]);
  });
});

test('attempts are kept 90 days, updates 30, events two years', async () => {
  await open().admin.query(`
    insert into processed_updates (update_id, started_at, worker)
      values (1, clock_timestamp() - interval '31 days', 'w'), (2, clock_timestamp() - interval '29 days', 'w');
    insert into delivery_attempts (reminder_id, token, telegram_id, kind, level, outcome, slot_at, settled_at)
      select days, gen_random_uuid(), 7, 'first', 1, 'sent', at, at
      from unnest(array[91, 89]) as days, lateral (select clock_timestamp() - make_interval(days => days) as at) as slot;
    insert into reminder_events (telegram_id, action, actor, at)
      values (7, 'done', 'person', app_now() - interval '731 days'), (7, 'done', 'person', app_now() - interval '729 days')`);
  expect(await clear()).toMatchObject({ attempts: 1, updates: 1, events: 1 });
  expect(await ids('select update_id::text as id from processed_updates')).toEqual(['2']);
  expect(await clear()).toMatchObject({ attempts: 0, updates: 0, events: 0 });
  expect(await ids('select reminder_id::text as id from delivery_attempts')).toEqual(['89']);
});

test('a lead stays in the bin for seven days, then goes with everything about it and nobody else’s', async () => {
  await open().admin.query(`
    insert into users (telegram_id) values (7);
    insert into leads (id, telegram_id, name, deleted_at) overriding system value values
      (901, 7, 'Gone', app_now() - interval '8 days'), (902, 7, 'In the bin', app_now() - interval '6 days'),
      (903, 7, 'Here', null);
    insert into scheduled_reminders (lead_id, telegram_id, due_at)
      select lead, 7, app_now() + interval '1 day' from unnest(array[901, 902, 903]) as lead`);
  expect(await clear()).toMatchObject({ leads: 1 });
  expect(await ids('select name as id from leads order by id')).toEqual(['Here', 'In the bin']);
  expect(await ids('select lead_id::text as id from scheduled_reminders order by lead_id')).toEqual([
    '902',
    '903',
  ]);
});

test('portion follows portion until nothing is left, and none is larger than asked', async () => {
  for (let number = 0; number < 7; number += 1) await execution(`brief@${String(number)}`, 'success', 10);
  expect(await clear(3)).toMatchObject({ executions: 3 });
  const store = createRetentionStore(open().server.database);
  const portions: number[] = [];
  const total = await clearOldRows(
    {
      async clear() {
        const cleared = await store.clear(3);
        portions.push(cleared['executions'] ?? 0);
        return cleared;
      },
    },
    new AbortController().signal,
  );
  expect(total).toMatchObject({ executions: 4 });
  expect(portions).toEqual([3, 1, 0]);
});

test('it ends after the present portion when it is asked to', async () => {
  for (let number = 0; number < 4; number += 1) await execution(`brief@${String(number)}`, 'success', 10);
  const stop = new AbortController();
  const store = createRetentionStore(open().server.database);
  const total = await clearOldRows(
    {
      clear() {
        stop.abort();
        return store.clear(1);
      },
    },
    stop.signal,
  );
  expect(total).toMatchObject({ executions: 1 });
});
