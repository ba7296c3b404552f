/** The product's own jobs and resident loops, as they appear in `scheduled_jobs`. Each job: a name, a schedule, one use case. */
import { z } from 'zod';
import type { Log } from '../logging.ts';
import { clearOldRows } from '../usecases/clear-old-rows.ts';
import type { JobHandler, JobStore, OwnJob, Scheduler } from '../usecases/job-ports.ts';
import type { RetentionStore } from '../usecases/operator-ports.ts';
import type { DispatchStore } from '../usecases/ports.ts';
import { RESIDENT_LOOPS } from './pulses.ts';

const nothing = z.strictObject({});
/** A dispatcher's lease lasts 30 s: soon after its end, and a look that finds nothing costs next to nothing. */
const EVERY_FIVE_SECONDS = '*/5 * * * * *';
/** A reminder or job that far behind means that something stands still. Milliseconds. */
const LATE_MS = 5 * 60_000;

/** Takes back reminders whose worker died in the middle of sending. */
export function sweepJob(store: Pick<DispatchStore, 'sweep'>, log: Log): OwnJob {
  const handler: JobHandler = {
    name: 'sweep',
    type: 'function',
    payload: nothing,
    async run() {
      const reminders = await store.sweep();
      if (reminders > 0) log.warn({ event: 'dispatch.swept', reminders }, 'leases of a dead worker ended');
      return { reminders };
    },
  };
  return {
    handler,
    // Any number at once: a sweep that died with its worker must not keep the next one waiting.
    job: {
      id: 'nudge.sweep',
      name: 'Sweep of dead dispatchers',
      schedule: EVERY_FIVE_SECONDS,
      concurrency: null,
      catch_up: 'skip',
      max_retries: 0,
      timeout_ms: 30_000,
      priority: 'critical',
      keep_days: 1,
    },
  };
}

/** Deletes what is no longer kept (interfaces.md, Retention), at night where the server is. */
export function retentionJob(store: RetentionStore): OwnJob {
  const handler: JobHandler = {
    name: 'retention',
    type: 'function',
    payload: nothing,
    run: (_payload: unknown, { signal }) => clearOldRows(store, signal),
  };
  return {
    handler,
    job: { id: 'nudge.retention', name: 'Deletion of old records', schedule: '17 3 * * *', priority: 'low' },
  };
}

/** Looks for what stands still: the oldest due reminder, the oldest due job, loops without a sign of life. */
export function watchdogJob(deps: {
  readonly healthCheck: Scheduler['healthCheck'];
  /** How far the oldest due reminder is behind, in milliseconds. */
  readonly oldestDueMs: () => Promise<number>;
  readonly log: Log;
}): OwnJob {
  const handler: JobHandler = {
    name: 'watchdog',
    type: 'function',
    payload: nothing,
    async run(_payload: unknown, context) {
      const [{ problems }, behindMs] = await Promise.all([deps.healthCheck(), deps.oldestDueMs()]);
      const minutes = Math.round(behindMs / 60_000);
      const found = [
        ...problems,
        ...(behindMs > LATE_MS ? [`The oldest due reminder waits for ${minutes} minutes.`] : []),
      ];
      for (const problem of found) context.log('error', problem);
      if (found.length > 0)
        deps.log.error({ event: 'jobs.watchdog', problems: found }, 'something stands still');
      return { problems: found };
    },
  };
  return {
    handler,
    job: {
      id: 'nudge.watchdog',
      name: 'Watchdog',
      schedule: '* * * * *',
      catch_up: 'skip',
      max_retries: 0,
      timeout_ms: 30_000,
      priority: 'high',
      keep_days: 2,
    },
  };
}

/**
 * Writes the product's own jobs and its resident loops into the table; again at every start, which changes what differs.
 * A job that an owner cancelled stays cancelled.
 * @throws Error when a job of ours is refused for any other reason: a bug.
 */
export async function registerOwnJobs(
  scheduler: Pick<Scheduler, 'schedule'>,
  store: Pick<JobStore, 'store'>,
  own: readonly OwnJob[],
): Promise<void> {
  for (const { handler, job } of own) {
    const answer = await scheduler.schedule({ ...job, handler: handler.name });
    if (!answer.ok && answer.refusal.code !== 'JOB_CLOSED') {
      throw new Error(`The product's own job ${job.id} was refused: ${answer.refusal.message}`);
    }
  }
  for (const { id, name } of Object.values(RESIDENT_LOOPS)) {
    await store.store({ ...RESIDENT_ROW, tags: [], id, name });
  }
}

/** A resident loop's row: of type `event`, without executions; `heartbeat_at` tells whether it lives. */
const RESIDENT_ROW = {
  platform_id: 'default',
  type: 'event',
  schedule: null,
  timezone: 'UTC',
  next_run: null,
  handler_name: 'resident',
  handler_type: 'function',
  payload: {},
  max_retries: 0,
  retry_delay_ms: 0,
  timeout_ms: 1,
  priority: 'critical',
  overlap: 'skip',
  concurrency: 1,
  catch_up: 'skip',
  catch_up_limit: 0,
  catch_up_window_ms: 0,
  max_executions: null,
  ends_at: null,
  unique_key: null,
  keep_days: 1,
  metadata: { resident: true },
  created_by: null,
  event_name: null,
} as const;
