/** The job scheduler's eighteen operations: checks what callers give, finds the next slot, and hands rows to the database. */
import type { z } from 'zod';
import {
  cronJobSchema,
  eventJobSchema,
  oneTimeJobSchema,
  recurringJobSchema,
  rescheduleSchema,
  triggeredEventSchema,
} from '../../shared/contracts/jobs.ts';
import type { JobHealth, JobHealthFacts, Reschedule } from '../../shared/contracts/jobs.ts';
import type { JobRow } from '../../shared/schemas/job.ts';
import { readCron } from '../domain/job/cron.ts';
import { nextSlot } from '../domain/job/plan-slots.ts';
import type { HandlerRegistry, JobStore, JobToStore, Scheduler } from './job-ports.ts';
import type { Answer, Refusal } from './ports.ts';

/** A loop or a slot further behind than this is a problem. Milliseconds. */
const LATE_AFTER_MS = 60_000;

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
      if (!parsed.success) return refuse(describe(parsed.error));
      const { traceparent, ...rest } = parsed.data;
      const [, traceId = null, spanId = null] = traceparent?.split('-') ?? [];
      return { ok: true, value: await store.trigger({ ...rest, trace_id: traceId, parent_span_id: spanId }) };
    },
    reschedule: (jobId, change) => reschedule(deps, jobId, change),
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
  if (!parsed.success) return refuse(describe(parsed.error));
  const job = parsed.data;
  const handler = deps.handlers.find(job.handler);
  if (handler === null) return refuse(`handler: there is no handler "${job.handler}" here`);
  const payload = handler.payload.safeParse(job.payload);
  if (!payload.success) return refuse(describe(payload.error, 'payload'));
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
  return slotAfter(await deps.productNow(), job.schedule, job.timezone, endsAt);
}

function slotAfter(
  now: Temporal.Instant,
  schedule: string,
  zone: string,
  endsAt: string | null,
): Answer<string> {
  const reading = readCron(schedule);
  if (!reading.ok) return refuse(`schedule: ${reading.problem}`);
  if (!isZone(now, zone)) {
    return refuse(`timezone: "${zone}" does not exist; use a name such as Europe/Berlin`, 'ZONE_UNKNOWN');
  }
  const next = nextSlot(reading.rule, { timezone: zone, ends_at: endsAt }, now);
  if (next === null) {
    return refuse(`schedule: "${schedule}" never comes${endsAt === null ? '' : ` before ${endsAt}`}`);
  }
  return { ok: true, value: next.toString() };
}

function isZone(now: Temporal.Instant, zone: string): boolean {
  try {
    now.toZonedDateTimeISO(zone);
    return true;
  } catch {
    return false;
  }
}

async function reschedule(deps: SchedulerDeps, jobId: string, given: Reschedule): Stored {
  const parsed = rescheduleSchema.safeParse(given);
  if (!parsed.success) return refuse(describe(parsed.error));
  const change = parsed.data;
  const job = await deps.store.job(jobId);
  if (job === null) return refuse(`There is no job ${jobId}.`, 'JOB_NOT_FOUND');
  if ('at' in change) {
    if (job.type !== 'one_time') return refuse(`at: ${jobId} is a ${job.type} job, which has no instant`);
    return await deps.store.move(jobId, { schedule: null, timezone: job.timezone, next_run: change.at });
  }
  if (job.schedule === null) return refuse(`schedule: ${jobId} is a ${job.type} job, which has none`);
  const schedule = 'schedule' in change ? change.schedule : job.schedule;
  const timezone = change.timezone ?? job.timezone;
  const slot = slotAfter(await deps.productNow(), schedule, timezone, job.ends_at);
  return slot.ok ? await deps.store.move(jobId, { schedule, timezone, next_run: slot.value }) : slot;
}

function judgeHealth(facts: JobHealthFacts): JobHealth {
  const silent = facts.loops.filter(
    ({ beat_ms_ago: ago }) => facts.workers.length > 0 && (ago === null || ago > LATE_AFTER_MS),
  );
  const problems = [
    ...(facts.workers.length === 0 ? ['No job worker is alive. Start one with npm run worker.'] : []),
    ...silent.map(
      ({ name, beat_ms_ago: ago }) =>
        `The loop "${name}" gave no sign of life ${ago === null ? 'yet' : `for ${Math.round(ago / 1000)} s`}.`,
    ),
    ...(facts.oldest_due_ms > LATE_AFTER_MS
      ? [`The oldest due job waits for ${Math.round(facts.oldest_due_ms / 1000)} s.`]
      : []),
  ];
  return { ...facts, healthy: problems.length === 0, problems };
}

/** Every wrong field, in one sentence. */
function describe(error: z.ZodError, under?: string): string {
  return error.issues
    .map(({ path, message }) => {
      const field = [...(under === undefined ? [] : [under]), ...path.map(String)].join('.');
      return field === '' ? message : `${field}: ${message}`;
    })
    .join('; ');
}

function refuse(
  message: string,
  code: Refusal['code'] = 'JOB_INVALID',
): { readonly ok: false; readonly refusal: Refusal } {
  return { ok: false, refusal: { code, message, detail: {} } };
}
