/** The job worker's side of the database: slots, claims, leases, results. See migrations/…_job-execution.sql. */
import { z } from 'zod';
import { catchUpSchema, handlerTypeSchema, jobTypeSchema } from '../../shared/schemas/job.ts';
import { instantSchema } from '../../shared/schemas/instant.ts';
import type { AttemptResult, ClaimedExecution, ExecutionStore, JobLogLine } from '../usecases/job-ports.ts';
import { callForValue } from './call.ts';
import type { Database } from './clients.ts';

const dueSchema = z.object({
  now: instantSchema,
  jobs: z.array(
    z.object({
      id: z.string(),
      type: jobTypeSchema,
      schedule: z.string().nullable(),
      timezone: z.string(),
      next_run: instantSchema,
      catch_up: catchUpSchema,
      catch_up_limit: z.number(),
      catch_up_window_ms: z.number(),
      max_executions: z.number().nullable(),
      ends_at: instantSchema.nullable(),
      slot_count: z.number(),
      skip_before: instantSchema.nullable(),
    }),
  ),
});

const objectSchema = z.record(z.string(), z.unknown());
const claimedSchema = z.array(
  z
    .object({
      id: z.string(),
      job_id: z.string(),
      handler_name: z.string(),
      handler_type: handlerTypeSchema,
      payload: objectSchema,
      scheduled_at: instantSchema,
      retry_count: z.number(),
      max_retries: z.number(),
      retry_delay_ms: z.number(),
      timeout_ms: z.number(),
      trace_id: z.string(),
      span_id: z.string(),
      steps: objectSchema,
    })
    .transform((row): ClaimedExecution => ({
      id: row.id,
      jobId: row.job_id,
      handlerName: row.handler_name,
      handlerType: row.handler_type,
      payload: row.payload,
      scheduledAt: row.scheduled_at,
      retryCount: row.retry_count,
      maxRetries: row.max_retries,
      retryDelayMs: row.retry_delay_ms,
      timeoutMs: row.timeout_ms,
      traceId: row.trace_id,
      spanId: row.span_id,
      steps: row.steps,
    })),
);

const readySchema = z.array(
  z
    .object({ id: z.string(), retry_count: z.number(), rank: z.number() })
    .transform(({ id, retry_count: retryCount, rank }) => ({ id, retryCount, rank })),
);
const beatSchema = z.object({ held: z.boolean(), stop: z.array(z.string()) });

/** Builds the worker's store over the server's client. */
export function createExecutionStore(server: Database): ExecutionStore {
  return {
    async dueJobs(limit) {
      const due = await callForValue(server, 'due_jobs', { p_limit: limit }, dueSchema);
      return { now: Temporal.Instant.from(due.now), jobs: due.jobs };
    },
    advance: (jobs) => callForValue(server, 'advance_jobs', { p_jobs: jobs }, z.number().int()),
    claim: (worker, token, limit, ids) =>
      callForValue(
        server,
        'claim_executions',
        { p_worker: worker, p_token: token, p_limit: limit, ...(ids === null ? {} : { p_ids: ids }) },
        claimedSchema,
      ),
    async settle(worker, results) {
      const rows = results.map(toRow);
      await callForValue(
        server,
        'settle_executions',
        { p_worker: worker, p_results: rows },
        z.number().int(),
      );
    },
    async join(worker, leaseSeconds) {
      await callForValue(
        server,
        'join_job_worker',
        { p_worker: worker, p_lease_seconds: leaseSeconds },
        z.unknown(),
      );
    },
    beat: (worker, leaseSeconds, news, loops) =>
      callForValue(
        server,
        'beat_job_worker',
        {
          p_worker: worker,
          p_lease_seconds: leaseSeconds,
          p_news: news.map((entry) => ({ ...entry, logs: entry.logs.map(toLine) })),
          p_loops: loops,
        },
        beatSchema,
      ),
    async leave(worker) {
      await callForValue(server, 'leave_job_worker', { p_worker: worker }, z.unknown());
    },
    rescue: () => callForValue(server, 'rescue_executions', {}, z.number().int()),
    ready: (limit) => callForValue(server, 'ready_executions', { p_limit: limit }, readySchema),
    nextJobMs: () => callForValue(server, 'next_job_ms', {}, z.number().int()),
  };
}

/** A result in the names of `settle_executions`. What there is none of is left out: the database reads each key. */
function toRow(result: AttemptResult): Record<string, unknown> {
  const { id, outcome, durationMs, logs, steps } = result;
  const common = {
    ...{ id, outcome, duration_ms: durationMs },
    ...(logs.length > 0 ? { logs: logs.map(toLine) } : {}),
    ...(steps === null ? {} : { steps }),
  };
  switch (result.outcome) {
    case 'success':
      return result.result === null ? common : { ...common, result: result.result };
    case 'failed':
    case 'timeout':
      return {
        ...common,
        error: result.error,
        error_stack: result.errorStack,
        retry_in_ms: result.retryInMs,
      };
    case 'cancelled':
      return { ...common, error: result.error };
    case 'released':
      return common;
  }
}

function toLine({ agoMs, ...line }: JobLogLine): Record<string, unknown> {
  return { ago_ms: agoMs, ...line };
}
