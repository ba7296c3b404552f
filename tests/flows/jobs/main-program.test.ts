/** The product as an operator starts it, with pg-boss to carry its executions: its own jobs run, and it stops cleanly. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase } from '../../support/database.ts';
import type { TestDatabase } from '../../support/database.ts';
import { startTelegram } from '../../support/telegram.ts';
import type { TestTelegram } from '../../support/telegram.ts';
import { startWorkerProcess } from '../../support/worker-process.ts';
import type { WorkerProcess } from '../../support/worker-process.ts';
import { reader } from '../dispatch/worker.ts';

let database: TestDatabase;
let telegram: TestTelegram;
let worker: WorkerProcess | null = null;
beforeAll(async () => {
  [database, telegram] = await Promise.all([createTestDatabase(), startTelegram()]);
});
afterAll(async () => {
  await worker?.stop();
  await telegram.stop();
  await database.drop();
});

const count = async (rows: string): Promise<number> => (await database.admin.query(rows)).rowCount ?? 0;
const succeeded = (jobId: string): Promise<number> =>
  count(`select from job_executions where job_id = '${jobId}' and status = 'success'`);

/** Somebody whose clock says a little past noon, whatever hour it is here, and who has something to do later today. */
async function wantingDigest(): Promise<{ readonly id: number }> {
  const person = await reader(telegram);
  const { rows } = await database.admin.query<{ zone: string }>(
    `select name as zone from pg_timezone_names where name like 'Etc/GMT%'
       and extract(hour from now() at time zone name) = 12 limit 1`,
  );
  await database.admin.query(
    `insert into users (telegram_id, zone, digest_on, digest_at, last_seen_at) values ($1, $2, true, '10:00', now())
     on conflict (telegram_id) do update set zone = $2, digest_on = true, digest_at = '10:00', last_seen_at = now()`,
    [person.id, rows[0]!.zone],
  );
  await database.admin.query(
    `insert into scheduled_reminders (telegram_id, title, due_at) values ($1, 'Water the plants', now() + interval '5 hours')`,
    [person.id],
  );
  return person;
}

test('with JOB_ENGINE=pg-boss the product’s own jobs run, a summary arrives, and SIGTERM leaves nothing behind', async () => {
  const person = await wantingDigest();
  worker = await startWorkerProcess(database, telegram, { JOB_ENGINE: 'pg-boss', PORT: '0' });
  // Not in a minute, but now.
  await database.admin.query(`update scheduled_jobs set next_run = now() where id = 'nudge.digests'`);
  await database.admin.query(`notify nudge_due, 'jobs'`);
  await expect.poll(() => succeeded('nudge.digests')).toBeGreaterThan(0);
  await expect.poll(() => succeeded('nudge.sweep')).toBeGreaterThan(1);
  const summary = await telegram.waitForMessage(person, ({ text }) => text.includes('Water the plants'));
  expect(summary).toMatchObject({ silent: true, text: expect.stringContaining('Good morning') as string });
  expect(await count(`select from digests where telegram_id = ${String(person.id)} and state = 'sent'`)).toBe(
    1,
  );
  await expect
    .poll(() =>
      count(
        `select from nudge_pg_boss.job where name = 'executions' and state = 'completed'
           and data ->> 'execution_id' like 'nudge.digests@%'`,
      ),
    )
    .toBeGreaterThan(0);

  expect(await worker.stop()).toBe(0);
  expect(await count('select from job_workers')).toBe(0);
  expect(await count(`select from job_executions where status = 'running'`)).toBe(0);
  expect(await count(`select from job_executions where status in ('failed', 'timeout')`)).toBe(0);
  expect(await count(`select from nudge_pg_boss.job where name = 'executions' and state = 'active'`)).toBe(0);
}, 240_000);
