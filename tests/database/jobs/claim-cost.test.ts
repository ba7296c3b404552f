/** What a look for work costs, in buffers, whatever the history has grown to. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase } from '../../support/database.ts';
import type { TestDatabase } from '../../support/database.ts';

/** A million takes minutes to write on a busy machine; the plan is the same from here on. */
const HISTORY = 100_000;

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
  await db.admin.query(
    `insert into scheduled_jobs (id, name, type, schedule, next_run, handler_name, handler_type)
       values ('j', 'J', 'cron', '0 0 1 1 *', '2099-01-01', 'h', 'function');
     insert into job_workers (id, lease_until) values ('w', '2099-01-01')`,
  );
});
afterAll(async () => db.drop());

async function buffers(call: string): Promise<number> {
  return await db.as('project_admin', async (client) => {
    await client.query(`select ${call}`);
    const { rows } = await client.query<{ 'QUERY PLAN': { Plan: Record<string, number> }[] }>(
      `explain (analyze, buffers, format json) select ${call}`,
    );
    const { Plan: plan } = rows[0]!['QUERY PLAN'][0]!;
    return plan['Shared Hit Blocks']! + plan['Shared Read Blocks']!;
  });
}

const LOOKS = [
  `claim_executions('w', gen_random_uuid(), 100)`,
  'due_jobs(500)',
  'next_job_ms()',
  'rescue_executions()',
];

test('a look for work costs the same after a hundred thousand executions as after none', async () => {
  const before = await Promise.all(LOOKS.map(buffers));
  await db.admin.query(
    `insert into job_executions (id, job_id, platform_id, status, scheduled_at, started_at, completed_at, worker_id)
     select 'j@' || n, 'j', 'default', 'success', now() - n * interval '1 second', now(), now(), 'w'
     from generate_series(1, ${HISTORY}) as n`,
  );
  await db.admin.query('vacuum analyze job_executions');
  const after = await Promise.all(LOOKS.map(buffers));
  for (const [index, look] of LOOKS.entries()) {
    expect(after[index], look).toBeLessThanOrEqual(before[index]! + 12);
    expect(after[index], look).toBeLessThan(40);
  }
});
