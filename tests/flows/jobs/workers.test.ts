/** Several workers as real processes, and kills in the middle, with either engine. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase } from '../../support/database.ts';
import type { TestDatabase } from '../../support/database.ts';

const PROGRAM = fileURLToPath(new URL('job-process.ts', import.meta.url));
/** pg-boss carries fewer: each delivery is a row written three times over. */
const ENGINES = [
  { engine: 'postgres', slots: 10_000, takesMs: 0 },
  { engine: 'pg-boss', slots: 1_000, takesMs: 10 },
] as const;

const children = new Set<ChildProcess>();
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await Promise.all([...children].map((child) => ended(child)));
});

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  children.delete(child);
}

describe.each(ENGINES)('workers of the $engine engine', ({ engine, slots, takesMs }) => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await createTestDatabase();
    await db.admin.query('create table public.job_marks (execution_id text, attempt int)');
  });
  afterAll(() => db.drop());

  async function startWorker(): Promise<ChildProcess> {
    const child = spawn(process.execPath, [PROGRAM, db.url, engine], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.add(child);
    await once(child.stdout, 'data');
    return child;
  }

  async function count(rows: string): Promise<number> {
    const { rows: answer } = await db.admin.query<{ n: number }>(
      `select count(*)::int as n from (${rows}) as counted`,
    );
    return answer[0]!.n;
  }

  test(`two of them run ${String(slots)} slots, none of them lost and none of them twice`, async () => {
    const workers = await Promise.all([startWorker(), startWorker()]);
    await expect.poll(() => count('select from job_workers')).toBe(2);
    await db.admin.query(
      `insert into scheduled_jobs (id, name, type, status, next_run, handler_name, handler_type, payload)
       select 'slot-' || n, 'Slot', 'one_time', 'pending', now(), 'write', 'function', '{"takes_ms": ${takesMs}}'
       from generate_series(1, ${slots}) as n`,
    );
    await db.admin.query(`notify nudge_due, 'jobs'`);
    await expect
      .poll(() => count(`select from scheduled_jobs where id like 'slot-%' and status = 'completed'`), {
        timeout: 400_000,
        interval: 250,
      })
      .toBe(slots);
    expect(await count(`select from job_marks where execution_id like 'slot-%'`)).toBe(slots);
    expect(await count(`select distinct execution_id from job_marks where execution_id like 'slot-%'`)).toBe(
      slots,
    );
    expect(await count(`select distinct worker_id from job_executions where job_id like 'slot-%'`)).toBe(2);
    for (const worker of workers) {
      worker.kill('SIGTERM');
      await ended(worker);
      expect(worker.exitCode).toBe(0);
    }
  }, 480_000);

  test('killed in mid-execution, one loses nothing: another takes back what it held', async () => {
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
        timeout: 120_000,
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
  }, 240_000);
});
