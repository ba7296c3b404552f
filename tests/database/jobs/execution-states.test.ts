/** Any order of runs, claims, results, deaths, pauses and cancellations: SQL and the model agree after each of them. */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase } from '../../support/database.ts';
import type { TestDatabase } from '../../support/database.ts';
import { cancel, claim, enqueue, hasEnded, lose, pause, resume, settle } from './execution-model.ts';
import type { JobModel, Outcome } from './execution-model.ts';

const RUNS = 25;
const LONGEST = 24;
const OUTCOMES: readonly Outcome[] = ['success', 'failed', 'timeout', 'cancelled', 'released'];

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

const worker = fc.constantFrom('a', 'b');
const pick = fc.nat({ max: 20 });
const command = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('run' as const) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('claim' as const),
      worker,
      picks: fc.array(pick, { maxLength: 4 }),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('settle' as const),
      ...{ worker, pick, outcome: fc.constantFrom(...OUTCOMES), again: fc.boolean() },
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('lose' as const), worker }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('pause', 'resume') }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('retry' as const), pick }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cancel' as const) }) },
);
type Command = typeof command extends fc.Arbitrary<infer T> ? T : never;

/** One job with its model, and every step taken in both. */
async function openJob(concurrency: number | null, maxRetries: number) {
  const id = `job-${randomUUID()}`;
  const name = (short: string) => `${id}-${short}`;
  const model: JobModel = { concurrency, maxRetries, status: 'active', executions: [] };
  await db.admin.query(
    `insert into scheduled_jobs (id, name, type, schedule, next_run, handler_name, handler_type, overlap, concurrency,
       max_retries) values ($1, 'Any', 'cron', '0 0 1 1 *', now() + interval '1 year', 'h', 'function', 'queue', $2, $3)`,
    [id, concurrency, maxRetries],
  );
  const call = async (text: string, values: readonly unknown[]): Promise<unknown> => {
    const { rows } = await db.admin.query<{ answer: unknown }>(`select ${text} as answer`, [...values]);
    return rows[0]?.answer;
  };
  /** The hint of a refusal, or null. */
  const refusal = (asked: Promise<unknown>): Promise<unknown> =>
    asked.then(
      () => null,
      (error: unknown) => (error as { hint?: string }).hint,
    );
  const join = (short: string) => call('public.join_job_worker($1, 3600)', [name(short)]);
  const nth = (index: number) => model.executions[index % Math.max(1, model.executions.length)];
  const addNewest = async (executionId: string): Promise<void> => {
    const { rows } = await db.admin.query<{ slot: string }>(
      `select to_char(scheduled_at, 'YYYYMMDDHH24MISS.US') as slot from job_executions where id = $1`,
      [executionId],
    );
    enqueue(model, executionId, rows[0]!.slot);
  };
  await join('a');
  await join('b');

  async function step(given: Command): Promise<void> {
    switch (given.kind) {
      case 'run': {
        const key = randomUUID();
        const refused = await refusal(call('public.run_job_now($1, $2)', [id, key]));
        expect(refused).toBe(model.status === 'cancelled' ? 'JOB_CLOSED' : null);
        if (refused === null) await addNewest(`${id}@${key}`);
        return;
      }
      case 'claim': {
        const ids = given.picks.map((index) => nth(index)?.id ?? 'nobody');
        const claimed = (await call('public.claim_executions($1, $2, 10, $3)', [
          name(given.worker),
          randomUUID(),
          ids,
        ])) as { id: string }[];
        expect(claimed.map((row) => row.id).sort()).toEqual(claim(model, name(given.worker), ids));
        return;
      }
      case 'settle': {
        const execution = nth(given.pick);
        if (execution === undefined) return;
        const again = given.again && execution.retries < maxRetries && given.outcome !== 'released';
        const result = { id: execution.id, outcome: given.outcome, duration_ms: 1, logs: [], error: 'why' };
        await call('public.settle_executions($1, $2)', [
          name(given.worker),
          JSON.stringify([{ ...result, retry_in_ms: again ? 0 : null }]),
        ]);
        settle(model, name(given.worker), execution.id, given.outcome, again);
        return;
      }
      case 'lose':
        await db.admin.query('update job_workers set lease_until = now() where id = $1', [
          name(given.worker),
        ]);
        await call('public.rescue_executions()', []);
        await join(given.worker);
        lose(model, name(given.worker));
        return;
      case 'retry': {
        const execution = nth(given.pick);
        if (execution === undefined) return;
        const key = randomUUID();
        const isOver = hasEnded(execution) && execution.status !== 'success';
        const refused = await refusal(call('public.repeat_execution($1, $2)', [execution.id, key]));
        expect(refused).toBe(!isOver ? 'EXECUTION_OPEN' : model.status === 'cancelled' ? 'JOB_CLOSED' : null);
        if (refused === null) await addNewest(`${id}@${key}`);
        return;
      }
      case 'cancel':
        await call('public.end_job($1)', [id]);
        if (model.status !== 'cancelled') cancel(model);
        return;
      default: {
        const isPause = given.kind === 'pause';
        const refused = await refusal(call('public.set_job_paused($1, $2)', [id, isPause]));
        expect(refused).toBe(model.status === 'cancelled' ? 'JOB_CLOSED' : null);
        if (isPause && model.status === 'active') pause(model);
        if (!isPause && model.status === 'paused') resume(model);
      }
    }
  }

  async function agree(): Promise<void> {
    const { rows } = await db.admin.query(
      `select id, status, retry_count as retries, waits, stop_requested as stop from job_executions where job_id = $1
       order by id`,
      [id],
    );
    const expected = model.executions.map(({ order: _order, worker: _worker, ...row }) => row);
    expect(rows).toEqual(expected.sort((one, other) => (one.id < other.id ? -1 : 1)));
    const count = (...states: string[]) =>
      model.executions.filter(({ status }) => states.includes(status)).length;
    const job = await db.admin.query(
      'select status, execution_count, success_count, failure_count from scheduled_jobs where id = $1',
      [id],
    );
    expect(job.rows).toEqual([
      {
        status: model.status,
        execution_count: count('success', 'failed', 'timeout'),
        success_count: count('success'),
        failure_count: count('failed', 'timeout'),
      },
    ]);
  }
  return { step, agree, model };
}

test('after any steps an execution is where the model says, and never more of them are at work than may be', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(null, 1, 2),
      fc.nat({ max: 2 }),
      fc.array(command, { minLength: 5, maxLength: LONGEST }),
      async (concurrency, maxRetries, commands) => {
        const job = await openJob(concurrency, maxRetries);
        for (const given of commands) {
          await job.step(given);
          await job.agree();
          const atWork = job.model.executions.filter(({ status }) => status === 'running').length;
          expect(atWork).toBeLessThanOrEqual(concurrency ?? Infinity);
        }
      },
    ),
    { numRuns: RUNS },
  );
}, 400_000);
