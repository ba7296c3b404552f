/** A handler slower than its worker's lease: beats keep what it holds, silence gives it to another, and too late is refused. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { StoreError } from '../../../bot/store/answers.ts';
import type { ExecutionStore, JobHandler } from '../../../bot/usecases/job-ports.ts';
import { handler, openEngine, startClaimingWorker } from './engine.ts';
import type { Engine, EngineWorker, StartEngineWorker } from './engine.ts';

/** Longer than a lease and a look for dead workers together, on a machine that does much else. Milliseconds. */
const PATIENCE_MS = 90_000;

interface Muted {
  isSilent: boolean;
  /** How many times it wrote results back. */
  settled: number;
}

/** Ends of attempts, each when the test says so. */
const ends = new Map<string, PromiseWithResolvers<string>>();
function end(key: string, attempt: number): PromiseWithResolvers<string> {
  const name = `${key}#${String(attempt)}`;
  const known = ends.get(name) ?? Promise.withResolvers<string>();
  ends.set(name, known);
  return known;
}

const slow: JobHandler = handler(
  'slow',
  async ({ key }, { attempt }) => await end(String(key), attempt).promise,
);

/** Workers in the order of their start. */
const muted: Muted[] = [];
/** Like the product's own worker, on a line that the test can cut: nobody hears its beats. */
const startMutable: StartEngineWorker = async (parts) => {
  const line: Muted = { isSilent: false, settled: 0 };
  muted.push(line);
  const { executions } = parts.stores;
  const store: ExecutionStore = {
    ...executions,
    beat: (...beat) =>
      line.isSilent
        ? Promise.reject(new StoreError('away', 'beat_job_worker', 503, '', 'the line is cut'))
        : executions.beat(...beat),
    async settle(...results) {
      await executions.settle(...results);
      line.settled += 1;
    },
  };
  return startClaimingWorker({ ...parts, stores: { ...parts.stores, executions: store } });
};

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine('postgres', startMutable, [slow]);
});
afterAll(() => engine.close());

const isTrue = async (condition: string, ...values: unknown[]): Promise<boolean> => {
  const { rows } = await engine.db.admin.query<{ yes: boolean | null }>(
    `select (${condition}) as yes`,
    values,
  );
  return rows[0]!.yes === true;
};
const leaseOf = async (): Promise<string> => {
  const { rows } = await engine.db.admin.query<{ lease: string }>(
    'select lease_until::text as lease from job_workers order by lease_until desc limit 1',
  );
  return rows[0]!.lease;
};

test(
  'a handler slower than the lease keeps what it holds, because its worker beats',
  async () => {
    const alone = await engine.start();
    const key = randomUUID();
    const { executionId } = await engine.once('slow', { payload: { key } });
    await engine.until(executionId, ({ status }) => status === 'running');
    const first = await leaseOf();
    await expect
      .poll(() => isTrue('clock_timestamp() > $1::timestamptz', first), { timeout: PATIENCE_MS })
      .toBe(true);
    expect(await leaseOf()).not.toBe(first);
    end(key, 1).resolve('done');
    const ended = await engine.ended(executionId);
    expect(ended).toMatchObject({ status: 'success', result: 'done', retry_count: 0 });
    expect(ended.logs).toEqual([]);
    await alone.worker.stop();
  },
  PATIENCE_MS + 30_000,
);

test(
  'a worker that nobody hears loses it to another, and its own late result is refused',
  async () => {
    const silent: EngineWorker = await engine.start();
    const line = muted.at(-1)!;
    const key = randomUUID();
    const { job, executionId } = await engine.once('slow', { payload: { key } });
    const held = await engine.until(executionId, ({ status }) => status === 'running');
    line.isSilent = true;
    await engine.start();
    const rescued = await engine.until(
      executionId,
      ({ status, retry_count: tries }) => status === 'running' && tries === 1,
      PATIENCE_MS,
    );
    expect(rescued.worker_id).not.toBe(held.worker_id);
    expect(rescued.logs.map(({ message }) => message)).toEqual([
      'The worker died or lost touch while it ran.',
    ]);
    // Not before the lease had ended, and with the very look that noticed it.
    expect(
      await isTrue(
        `(select started_at from job_executions where id = $1) >= (select lease_until from job_workers where id = $2)`,
        executionId,
        held.worker_id,
      ),
    ).toBe(true);

    const before = line.settled;
    end(key, 1).resolve('too late');
    await expect.poll(() => line.settled).toBe(before + 1);
    expect(await engine.scheduler.getExecution(executionId)).toMatchObject({
      status: 'running',
      result: null,
      worker_id: rescued.worker_id,
    });
    end(key, 2).resolve('in time');
    expect(await engine.ended(executionId)).toMatchObject({
      status: 'success',
      result: 'in time',
      retry_count: 1,
    });
    await expect.poll(async () => (await engine.scheduler.getJob(job.id))?.success_count).toBe(1);

    // Heard again, it learns that its lease is over, and begins anew under another name.
    line.isSilent = false;
    await expect
      .poll(() =>
        isTrue(`exists (select from job_workers where id = $1)`, held.worker_id!.replace('#1', '#2')),
      )
      .toBe(true);
    await silent.worker.stop();
  },
  PATIENCE_MS + 60_000,
);
