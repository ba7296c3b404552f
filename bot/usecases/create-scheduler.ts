/** The job scheduler's eighteen operations: checks what callers give, finds the next slot, and hands rows to the database. */
import type { z } from 'zod';
import {
  cronJobSchema,
  eventJobSchema,
  oneTimeJobSchema,
  recurringJobSchema,
  triggeredEventSchema,
} from '../../shared/contracts/jobs.ts';
import type { JobRow } from '../../shared/schemas/job.ts';
import { judgeHealth } from '../domain/job/judge-health.ts';
import { describeProblems, findNextSlot, refuseJob } from './check-job.ts';
import type { HandlerRegistry, JobStore, JobToStore, Scheduler } from './job-ports.ts';
import type { Answer } from './ports.ts';
import { rescheduleJob } from './reschedule-job.ts';

export interface SchedulerDeps {
  readonly store: JobStore;
  /** Handlers that the workers have, too: what is scheduled here must be runnable there. */
  readonly handlers: HandlerRegistry;
  readonly productNow: () => Promise<Temporal.Instant>;
  /** Ids of jobs whose caller names none. */
  readonly newId: () => string;
}

type Stored = Promise<Answer<JobRow>>;

/** Builds the scheduler. Opens nothing. */
export function createScheduler(deps: SchedulerDeps): Scheduler {
  const { store } = deps;
  return {
    schedule: (job) => schedule(deps, cronJobSchema, job, 'cron'),
    scheduleRecurring: (job) => schedule(deps, recurringJobSchema, job, 'recurring'),
    scheduleOnce: (job) => schedule(deps, oneTimeJobSchema, job, 'one_time'),
    onEvent: (job) => schedule(deps, eventJobSchema, job, 'event'),
    async triggerEvent(event) {
      const parsed = triggeredEventSchema.safeParse(event);
      if (!parsed.success) return refuseJob(describeProblems(parsed.error));
      const { traceparent, ...rest } = parsed.data;
      const [, traceId = null, spanId = null] = traceparent?.split('-') ?? [];
      return { ok: true, value: await store.trigger({ ...rest, trace_id: traceId, parent_span_id: spanId }) };
    },
    reschedule: (jobId, change) => rescheduleJob(deps, jobId, change),
    unschedule: (jobId) => store.remove(jobId),
    getJob: (jobId) => store.job(jobId),
    listJobs: (filter) => store.jobs(filter),
    pauseJob: (jobId) => store.pause(jobId),
    resumeJob: (jobId) => store.resume(jobId),
    cancelJob: (jobId) => store.cancel(jobId),
    getJobHistory: (jobId, page) => store.history(jobId, page),
    getExecution: (executionId) => store.execution(executionId),
    retryExecution: (executionId, key) => store.retry(executionId, key),
    getMetrics: (platformId) => store.metrics(platformId ?? null),
    healthCheck: async () => judgeHealth(await store.health()),
    getJobStats: (jobId) => store.stats(jobId),
  };
}

/** What the four kinds of job have in common after their own schema has read them. */
type ReadJob = z.output<typeof cronJobSchema> | z.output<typeof recurringJobSchema>;
type AnyJob = ReadJob | z.output<typeof oneTimeJobSchema> | z.output<typeof eventJobSchema>;

async function schedule(
  deps: SchedulerDeps,
  schema: z.ZodType<AnyJob>,
  given: unknown,
  type: JobRow['type'],
): Stored {
  const parsed = schema.safeParse(given);
  if (!parsed.success) return refuseJob(describeProblems(parsed.error));
  const job = parsed.data;
  const handler = deps.handlers.find(job.handler);
  if (handler === null) return refuseJob(`handler: there is no handler "${job.handler}" here`);
  const payload = handler.payload.safeParse(job.payload);
  if (!payload.success) return refuseJob(describeProblems(payload.error, 'payload'));
  const slot = await firstSlot(deps, job);
  if (!slot.ok) return slot;
  return await deps.store.store({
    ...rowOf(job, deps.newId()),
    type,
    handler_name: job.handler,
    handler_type: handler.type,
    next_run: slot.value,
  });
}

/** The row with what is meant where a kind of job has no such field. */
function rowOf(
  job: AnyJob,
  newId: string,
): Omit<JobToStore, 'type' | 'handler_name' | 'handler_type' | 'next_run'> {
  return {
    id: job.id ?? newId,
    platform_id: job.platform_id,
    name: job.name,
    payload: job.payload,
    max_retries: job.max_retries,
    retry_delay_ms: job.retry_delay_ms,
    timeout_ms: job.timeout_ms,
    priority: job.priority,
    unique_key: job.unique_key,
    keep_days: job.keep_days,
    tags: job.tags,
    metadata: job.metadata,
    created_by: job.created_by,
    schedule: 'schedule' in job ? job.schedule : null,
    timezone: 'timezone' in job ? job.timezone : 'UTC',
    overlap: 'overlap' in job ? job.overlap : 'queue',
    concurrency: 'concurrency' in job ? job.concurrency : null,
    catch_up: 'catch_up' in job ? job.catch_up : 'once',
    catch_up_limit: 'catch_up_limit' in job ? job.catch_up_limit : 1,
    catch_up_window_ms: 'catch_up_window_ms' in job ? job.catch_up_window_ms : 0,
    max_executions: 'max_executions' in job ? job.max_executions : null,
    ends_at: 'ends_at' in job ? job.ends_at : null,
    event_name: 'event_name' in job ? job.event_name : null,
  };
}

async function firstSlot(deps: SchedulerDeps, job: AnyJob): Promise<Answer<string | null>> {
  if ('at' in job) return { ok: true, value: job.at };
  if (!('schedule' in job)) return { ok: true, value: null };
  const endsAt = 'ends_at' in job ? job.ends_at : null;
  return findNextSlot(await deps.productNow(), job.schedule, job.timezone, endsAt);
}
