/**
 * What every engine of the job scheduler keeps. Each engine runs this whole suite: see postgres-engine.test.ts.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createContractHandlers } from './contract-handlers.ts';
import { given, openEngine } from './engine.ts';
import type { Engine, StartEngineWorker } from './engine.ts';

const YEAR_AWAY = '0 0 1 1 *';
const soon = () => Temporal.Now.instant().toString();

/** Runs the contract over an engine. */
export function describeEngine(name: string, startWorker: StartEngineWorker): void {
  const { handlers, model, runs, gate } = createContractHandlers();
  let engine: Engine;
  const once: Engine['once'] = (handlerName, more) => engine.once(handlerName, more);
  const statusOf = async (jobId: string) => (await engine.scheduler.getJob(jobId))?.status;

  describe(`the ${name} engine`, () => {
    beforeAll(async () => {
      engine = await openEngine(name, startWorker, handlers, model);
      await engine.start();
    });
    afterAll(() => engine.close());

    test('runs a one-time job once, keeps its result and completes it', async () => {
      const { job, executionId } = await once('greet', { payload: { to: 'Anna' } });
      const ended = await engine.ended(executionId);
      expect(ended).toMatchObject({
        status: 'success',
        result: { greeting: 'Hello, Anna' },
        retry_count: 0,
        progress: 1,
      });
      expect(ended.trace_id).toMatch(/^[0-9a-f]{32}$/);
      expect(await engine.scheduler.getJob(job.id)).toMatchObject({
        status: 'completed',
        execution_count: 1,
        success_count: 1,
        next_run: null,
      });
    });

    test('refuses a payload of the wrong shape when it is scheduled, naming the field', async () => {
      const answer = await engine.scheduler.scheduleOnce({
        name: 'Greet',
        handler: 'greet',
        at: soon(),
        payload: { to: 7 },
      });
      expect(answer).toMatchObject({ ok: false, refusal: { code: 'JOB_INVALID' } });
      expect(answer.ok ? '' : answer.refusal.message).toContain('payload.to: ');
    });

    test('records a time limit that a hanging handler went over, and leaves the handler behind', async () => {
      const { job, executionId } = await once('hang', { timeout_ms: 50, max_retries: 0 });
      const ended = await engine.ended(executionId);
      expect(ended).toMatchObject({ status: 'timeout', error: 'It took longer than its 50 ms.' });
      expect(ended.logs.map(({ message }) => message)).toContain(
        'The handler did not heed its signal and was left behind.',
      );
      expect(await statusOf(job.id)).toBe('failed');
    });

    test('stops a handler that heeds its signal when the time is up', async () => {
      const { executionId } = await once('wait', {
        timeout_ms: 50,
        max_retries: 0,
        payload: { key: 'never' },
      });
      const ended = await engine.ended(executionId);
      expect(ended.status).toBe('timeout');
      expect(ended.logs).toEqual([]);
    });

    test('tries again as often as the job says, then fails with the last error', async () => {
      const { job, executionId } = await once('throw', { max_retries: 2 });
      const ended = await engine.ended(executionId);
      expect(ended).toMatchObject({ status: 'failed', retry_count: 2, error: 'attempt 3 failed' });
      expect(ended.error_stack).toContain('attempt 3 failed');
      expect(await engine.scheduler.getJob(job.id)).toMatchObject({ status: 'failed', failure_count: 1 });
    });

    test('succeeds when a later attempt does', async () => {
      const { executionId } = await once('third-time-lucky');
      expect(await engine.ended(executionId)).toMatchObject({ status: 'success', result: 3, retry_count: 2 });
    });

    test('does not try again what can never work', async () => {
      const { executionId } = await once('throw-fatally');
      expect(await engine.ended(executionId)).toMatchObject({
        status: 'failed',
        retry_count: 0,
        error: 'FatalJobError: this can never work',
      });
    });

    test('fails an answer that JSON cannot hold, and stores text that PostgreSQL could not', async () => {
      const circle = await once('circle');
      expect((await engine.ended(circle.executionId)).error).toContain('JSON cannot hold it');
      const strange = await once('strange-text');
      const ended = await engine.ended(strange.executionId);
      expect(ended).toMatchObject({ status: 'success', result: { text: 'nul \uFFFD' } });
      expect(ended.logs.map(({ message }) => message)).toEqual(['nul \uFFFD and half a pair \uFFFD']);
    });

    test('keeps what a handler logs, in order, and hands it its trace', async () => {
      const { executionId } = await once('chatty');
      const ended = await engine.ended(executionId);
      expect(ended.logs.map(({ level, message }) => [level, message])).toEqual([
        ['info', 'began'],
        ['warn', 'almost done'],
      ]);
      expect(ended.result).toBe(`00-${ended.trace_id}-${ended.span_id}-01`);
    });

    test('goes on with the step of a workflow that failed, and keeps the results of the others', async () => {
      const { executionId } = await once('onboarding', { payload: { name: 'Boris' } });
      const ended = await engine.ended(executionId);
      expect(ended).toMatchObject({ status: 'success', retry_count: 2 });
      expect(ended.result).toEqual({ first: { greeting: 'Hello, Boris' }, second: 3 });
    });

    test('asks the language model for an agent and checks its answer', async () => {
      const { executionId } = await once('judge', { payload: { about: 'seven..' } });
      expect(await engine.ended(executionId)).toMatchObject({ status: 'success', result: { score: 7 } });
    });

    test('runs a job now when asked, once per key, paused or not', async () => {
      const job = given(
        await engine.scheduler.schedule({ name: 'Yearly', handler: 'note', schedule: YEAR_AWAY }),
      );
      given(await engine.scheduler.pauseJob(job.id));
      const first = given(await engine.stores.jobs.runNow(job.id, 'a-tap'));
      expect(given(await engine.stores.jobs.runNow(job.id, 'a-tap')).id).toBe(first.id);
      expect((await engine.ended(first.id)).status).toBe('success');
      expect(runs.filter((run) => run.job === job.id)).toHaveLength(1);
    });

    test('leaves out a run that comes while the one before it works, and says so', async () => {
      const key = randomUUID();
      const job = given(
        await engine.scheduler.schedule({
          name: 'Overlapping',
          handler: 'wait',
          schedule: '* * * * * *',
          payload: { key },
        }),
      );
      await expect
        .poll(async () =>
          (await engine.scheduler.getJobHistory(job.id, { status: 'skipped' })).map(({ error }) => error),
        )
        .toContainEqual(expect.stringContaining('The execution before it has not ended'));
      given(await engine.scheduler.pauseJob(job.id));
      expect(runs.filter((run) => run.payload === key)).toHaveLength(1);
      gate(key).resolve('done');
    });

    test('makes a run wait its turn where the job queues', async () => {
      const [one, two] = [randomUUID(), randomUUID()];
      const job = given(
        await engine.scheduler.onEvent({
          name: 'Queueing',
          handler: 'wait',
          event_name: 'queue.test',
          concurrency: 1,
        }),
      );
      for (const key of [one, two]) {
        given(await engine.scheduler.triggerEvent({ name: 'queue.test', key, payload: { key } }));
      }
      const id = (key: string) => `${job.id}@queue.test:${key}`;
      await engine.until(id(one), ({ status }) => status === 'running');
      expect((await engine.scheduler.getExecution(id(two)))?.status).toBe('pending');
      gate(one).resolve(1);
      await engine.until(id(two), ({ status }) => status === 'running');
      expect((await engine.scheduler.getExecution(id(one)))?.status).toBe('success');
      gate(two).resolve(2);
      expect((await engine.ended(id(two))).status).toBe('success');
    });

    test('stops the run before where a newer one takes its place', async () => {
      const [old, newer] = [randomUUID(), randomUUID()];
      const job = given(
        await engine.scheduler.onEvent({
          name: 'Newest only',
          handler: 'wait',
          event_name: 'newest.test',
          concurrency: 1,
          overlap: 'cancel_previous',
        }),
      );
      const id = (key: string) => `${job.id}@newest.test:${key}`;
      given(await engine.scheduler.triggerEvent({ name: 'newest.test', key: old, payload: { key: old } }));
      await engine.until(id(old), ({ status }) => status === 'running');
      given(
        await engine.scheduler.triggerEvent({ name: 'newest.test', key: newer, payload: { key: newer } }),
      );
      expect(await engine.ended(id(old))).toMatchObject({
        status: 'cancelled',
        error: 'A newer execution took its place.',
      });
      gate(newer).resolve('done');
      expect((await engine.ended(id(newer))).status).toBe('success');
    });

    test('starts each listener of an event once per key, in the trace of its cause', async () => {
      const jobs = ['a', 'b'].map((part) => ({
        name: `Listener ${part}`,
        handler: 'note',
        event_name: 'lead.replied',
        payload: { part },
      }));
      for (const job of jobs) given(await engine.scheduler.onEvent(job));
      const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
      const event = { name: 'lead.replied', key: 'reply-1', payload: { lead: 5 }, traceparent };
      const first = given(await engine.scheduler.triggerEvent(event));
      expect(first.execution_ids).toHaveLength(2);
      expect(given(await engine.scheduler.triggerEvent(event))).toEqual(first);
      for (const executionId of first.execution_ids) {
        expect(await engine.ended(executionId)).toMatchObject({
          status: 'success',
          trace_id: '0af7651916cd43dd8448eb211c80319c',
          parent_span_id: 'b7ad6b7169203331',
        });
      }
      const payloads = runs
        .map(({ payload }) => payload)
        .filter((payload) => JSON.stringify(payload).includes('"lead":5'));
      expect(payloads).toHaveLength(2);
      expect(payloads).toEqual(
        expect.arrayContaining([
          { part: 'a', lead: 5 },
          { part: 'b', lead: 5 },
        ]),
      );
    });

    test('stops what runs and cancels what waits when a job is cancelled, for good', async () => {
      const key = randomUUID();
      const { job, executionId } = await once('wait', { payload: { key } });
      await engine.until(executionId, ({ status }) => status === 'running');
      expect(given(await engine.scheduler.cancelJob(job.id)).status).toBe('cancelled');
      expect(await engine.ended(executionId)).toMatchObject({
        status: 'cancelled',
        error: 'The job was cancelled.',
      });
      expect(await engine.scheduler.resumeJob(job.id)).toMatchObject({
        ok: false,
        refusal: { code: 'JOB_CLOSED' },
      });
    });

    test('tries a failed execution again on request, in a new execution of the same trace', async () => {
      const { job, executionId } = await once('throw-fatally');
      const failed = await engine.ended(executionId);
      const again = given(await engine.scheduler.retryExecution(executionId, 'tap'));
      expect(again.id).not.toBe(executionId);
      expect(await engine.ended(again.id)).toMatchObject({
        status: 'failed',
        trace_id: failed.trace_id,
        parent_span_id: failed.span_id,
        metadata: { retry_of: executionId },
      });
      expect(await statusOf(job.id)).toBe('failed');
      expect(given(await engine.scheduler.retryExecution(executionId, 'tap')).id).toBe(again.id);
    });

    test('ends a limited job after its last slot', async () => {
      const job = given(
        await engine.scheduler.scheduleRecurring({
          name: 'Twice',
          handler: 'note',
          schedule: '* * * * * *',
          max_executions: 2,
          overlap: 'queue',
        }),
      );
      await expect.poll(() => statusOf(job.id)).toBe('completed');
      expect(await engine.scheduler.getJobHistory(job.id, { status: 'success' })).toHaveLength(2);
    });

    test('runs a cron job within its second and knows its next slot', async () => {
      const job = given(
        await engine.scheduler.schedule({ name: 'Each second', handler: 'note', schedule: '* * * * * *' }),
      );
      await expect
        .poll(async () => (await engine.scheduler.getJobHistory(job.id, { status: 'success' })).length)
        .toBeGreaterThanOrEqual(2);
      const paused = given(await engine.scheduler.pauseJob(job.id));
      expect(paused.status).toBe('paused');
      const slots = (await engine.scheduler.getJobHistory(job.id, {})).map(
        (execution) => execution.scheduled_at,
      );
      expect(new Set(slots).size).toBe(slots.length);
      expect(await engine.scheduler.unschedule(job.id)).toBe(true);
      expect(await engine.scheduler.getJob(job.id)).toBeNull();
    });

    test('tells numbers: of a job, of all, and of its health', async () => {
      const { job, executionId } = await once('throw', { max_retries: 0 });
      await engine.ended(executionId);
      expect(await engine.scheduler.getJobStats(job.id)).toMatchObject({
        executions: 1,
        failures: 1,
        success_rate: 0,
        last_error: 'attempt 1 failed',
      });
      const metrics = await engine.scheduler.getMetrics();
      expect(metrics.jobs.failed).toBeGreaterThan(0);
      expect(metrics.last_hour.failed).toBeGreaterThan(0);
      const health = await engine.scheduler.healthCheck();
      expect(health).toMatchObject({ healthy: true, problems: [] });
      expect(health.workers).toHaveLength(1);
    });
  });
}
