/** Several workers, real processes, kills in the middle, and a history of a million rows. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase } from '../../support/database.ts';
import type { TestDatabase } from '../../support/database.ts';

const PROGRAM = fileURLToPath(new URL('job-process.ts', import.meta.url));
const SLOTS = 10_000;

let db: TestDatabase;
const children = new Set<ChildProcess>();

beforeAll(async () => {
  db = await createTestDatabase();
  await db.admin.query('create table public.job_marks (execution_id text, attempt int)');
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await Promise.all([...children].map((child) => ended(child)));
  await db.drop();
});

async function startWorker(): Promise<ChildProcess> {
  const child = spawn(process.execPath, [PROGRAM, db.url], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.add(child);
  await once(child.stdout, 'data');
  return child;
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  children.delete(child);
}

async function count(rows: string): Promise<number> {
  const { rows: answer } = await db.admin.query<{ n: number }>(
    `select count(*)::int as n from (${rows}) as counted`,
  );
  return answer[0]!.n;
}

describe('two workers', () => {
  test('run ten thousand slots, none of them lost and none of them twice', async () => {
    await db.admin.query(
      `insert into scheduled_jobs (id, name, type, status, next_run, handler_name, handler_type)
       select 'slot-' || n, 'Slot', 'one_time', 'pending', now(), 'write', 'function' from generate_series(1, ${SLOTS}) as n`,
    );
    const workers = await Promise.all([startWorker(), startWorker()]);
    await expect
      .poll(() => count(`select from scheduled_jobs where id like 'slot-%' and status = 'completed'`), {
        timeout: 150_000,
        interval: 250,
      })
      .toBe(SLOTS);
    expect(await count(`select from job_marks where execution_id like 'slot-%'`)).toBe(SLOTS);
    expect(await count(`select distinct execution_id from job_marks where execution_id like 'slot-%'`)).toBe(
      SLOTS,
    );
    expect(await count(`select distinct worker_id from job_executions where job_id like 'slot-%'`)).toBe(2);
    for (const worker of workers) {
      worker.kill('SIGTERM');
      await ended(worker);
      expect(worker.exitCode).toBe(0);
    }
  }, 240_000);
});

test('killed in mid-execution, a worker loses nothing: another one takes back what it held', async () => {
  await db.admin.query(
    `insert into scheduled_jobs (id, name, type, status, next_run, handler_name, handler_type, payload)
     select 'kill-' || n, 'Kill', 'one_time', 'pending', now(), 'write', 'function', '{"takes_ms": 60000}'
     from generate_series(1, 8) as n`,
  );
  const doomed = await startWorker();
  await expect
    .poll(() => count(`select from job_executions where job_id like 'kill-%' and status = 'running'`))
    .toBe(8);
  doomed.kill('SIGKILL');
  await ended(doomed);
  await db.admin.query(`update scheduled_jobs set payload = '{}' where id like 'kill-%'`);
  const other = await startWorker();
  await expect
    .poll(() => count(`select from scheduled_jobs where id like 'kill-%' and status = 'completed'`), {
      timeout: 60_000,
    })
    .toBe(8);
  expect(await count(`select from job_marks where execution_id like 'kill-%'`)).toBe(8);
  expect(await count(`select from job_executions where job_id like 'kill-%' and retry_count = 1`)).toBe(8);
  const { rows } = await db.admin.query<{ message: string }>(
    `select distinct message from job_execution_logs where execution_id like 'kill-%'`,
  );
  expect(rows).toEqual([{ message: 'The worker died or lost touch while it ran.' }]);
  other.kill('SIGTERM');
  await ended(other);
}, 150_000);
