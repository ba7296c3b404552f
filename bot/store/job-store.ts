/** The scheduler's side of the database: jobs, their history, and what is known about both. See migrations/…_job-*.sql. */
import { z } from 'zod';
import {
  executionWithLogsSchema,
  historyPageSchema,
  jobFilterSchema,
  jobHealthFactsSchema,
  jobListSchema,
  jobMetricsSchema,
  jobStatsSchema,
  triggerAnswerSchema,
} from '../../shared/contracts/jobs.ts';
import type { ExecutionWithLogs } from '../../shared/contracts/jobs.ts';
import { executionDetailSchema, executionViewSchema } from '../../shared/contracts/team-jobs.ts';
import type { ExecutionDetail, ExecutionView } from '../../shared/contracts/team-jobs.ts';
import { executionLogRowSchema, executionRowSchema, jobRowSchema } from '../../shared/schemas/job.ts';
import type { ExecutionRow } from '../../shared/schemas/job.ts';
import type { JobStore } from '../usecases/job-ports.ts';
import type { PersonJobs } from '../usecases/team-ports.ts';
import { readValue } from './answers.ts';
import { callForValue, callRepeatable } from './call.ts';
import type { Database } from './clients.ts';

/** The end of a log that nobody reads whole. */
const LOG_LINES = 500;
const jobAnswerSchema = z.object({ job: jobRowSchema });
const executionAnswerSchema = z.object({ execution: executionViewSchema });

type Reading<Row, Detail> = Pick<JobStore, 'job' | 'jobs' | 'stats'> & {
  history(...page: Parameters<JobStore['history']>): Promise<readonly Row[]>;
  execution(executionId: string): Promise<Detail | null>;
};

/** What differs between readers: the columns they may see, and the function that counts for them. */
interface View<Row, Detail> {
  readonly execution: z.ZodObject & z.ZodType<Row>;
  readonly detail: z.ZodType<Detail>;
  readonly stats: 'job_stats' | 'my_job_stats';
}
const SERVER_VIEW: View<ExecutionRow, ExecutionWithLogs> = {
  execution: executionRowSchema,
  detail: executionWithLogsSchema,
  stats: 'job_stats',
};
const PERSON_VIEW: View<ExecutionView, ExecutionDetail> = {
  execution: executionViewSchema,
  detail: executionDetailSchema,
  stats: 'my_job_stats',
};

/** Builds the scheduler's store over the server's client. */
export function createJobStore(server: Database): JobStore {
  return {
    ...createReading(server, SERVER_VIEW),
    store: (job) => callRepeatable(server, 'store_job', { p_job: job }, jobRowSchema),
    move: (jobId, { schedule, timezone, next_run: nextRun }) =>
      callRepeatable(
        server,
        'move_job',
        { p_job_id: jobId, p_schedule: schedule, p_timezone: timezone, p_next_run: nextRun },
        jobRowSchema,
      ),
    remove: (jobId) => callForValue(server, 'remove_job', { p_job_id: jobId }, z.boolean()),
    trigger: (event) => callForValue(server, 'trigger_event', { p_event: event }, triggerAnswerSchema),
    pause: (jobId) =>
      callRepeatable(server, 'set_job_paused', { p_job_id: jobId, p_paused: true }, jobRowSchema),
    resume: (jobId) =>
      callRepeatable(server, 'set_job_paused', { p_job_id: jobId, p_paused: false }, jobRowSchema),
    cancel: (jobId) => callRepeatable(server, 'end_job', { p_job_id: jobId }, jobRowSchema),
    runNow: (jobId, key) =>
      callRepeatable(server, 'run_job_now', { p_job_id: jobId, p_key: key }, executionRowSchema),
    retry: (executionId, key) =>
      callRepeatable(
        server,
        'repeat_execution',
        { p_execution_id: executionId, p_key: key },
        executionRowSchema,
      ),
    metrics: (platformId) =>
      callForValue(server, 'job_metrics', { p_platform_id: platformId }, jobMetricsSchema),
    health: () => callForValue(server, 'job_health', {}, jobHealthFactsSchema),
  };
}

/** Builds a person's view over a client that carries their token: row-level security decides what there is. */
export function createPersonJobs(person: Database): PersonJobs {
  const change = async (name: string, actionId: string, jobId: string, more: object = {}) => {
    const args = { p_action_id: actionId, p_job_id: jobId, ...more };
    const answer = await callRepeatable(person, name, args, jobAnswerSchema);
    return answer.ok ? { ok: true as const, value: answer.value.job } : answer;
  };
  const start = async (name: string, args: Readonly<Record<string, string>>) => {
    const answer = await callRepeatable(person, name, args, executionAnswerSchema);
    return answer.ok ? { ok: true as const, value: answer.value.execution } : answer;
  };
  return {
    ...createReading(person, PERSON_VIEW),
    role: (platformId) =>
      callForValue(
        person,
        'member_role',
        { p_platform: platformId },
        z.enum(['owner', 'admin', 'member']).nullable(),
      ),
    metrics: (platformId) =>
      callForValue(person, 'my_job_metrics', { p_platform_id: platformId }, jobMetricsSchema.nullable()),
    health: (platformId) =>
      callForValue(person, 'my_job_health', { p_platform_id: platformId }, jobHealthFactsSchema.nullable()),
    pause: (actionId, jobId) => change('pause_job', actionId, jobId),
    resume: (actionId, jobId) => change('resume_job', actionId, jobId),
    cancel: (actionId, jobId) => change('cancel_job', actionId, jobId),
    move: (actionId, jobId, { schedule, timezone, next_run: nextRun }) =>
      change('reschedule_job', actionId, jobId, {
        p_schedule: schedule,
        p_timezone: timezone,
        p_next_run: nextRun,
      }),
    runNow: (actionId, jobId) => start('run_job', { p_action_id: actionId, p_job_id: jobId }),
    retry: (actionId, executionId) =>
      start('retry_execution', { p_action_id: actionId, p_execution_id: executionId }),
  };
}

function createReading<Row, Detail>(database: Database, view: View<Row, Detail>): Reading<Row, Detail> {
  // "*" would ask for the lease too, which people may not read.
  const columns = Object.keys(view.execution.shape).join(', ');
  const rows = z.array(view.execution);
  return {
    async job(jobId) {
      const found = await database.from('scheduled_jobs').select('*').eq('id', jobId);
      return readValue('read scheduled_jobs', found, jobListSchema)[0] ?? null;
    },
    async jobs(filter) {
      const {
        platform_id: platformId,
        status,
        type,
        handler,
        tag,
        limit,
        offset,
      } = jobFilterSchema.parse(filter);
      let query = database.from('scheduled_jobs').select('*');
      if (platformId !== undefined) query = query.eq('platform_id', platformId);
      if (status !== undefined) query = query.eq('status', status);
      if (type !== undefined) query = query.eq('type', type);
      if (handler !== undefined) query = query.eq('handler_name', handler);
      if (tag !== undefined) query = query.contains('tags', [tag]);
      const found = await query
        .order('name')
        .order('id')
        .range(offset, offset + limit - 1);
      return readValue('read scheduled_jobs', found, jobListSchema);
    },
    async history(jobId, page) {
      const { status, limit, offset } = historyPageSchema.parse(page);
      let query = database.from('job_executions').select(columns).eq('job_id', jobId);
      if (status !== undefined) query = query.eq('status', status);
      const found = await query
        .order('scheduled_at', { ascending: false })
        .order('id', { ascending: false })
        .range(offset, offset + limit - 1);
      return readValue('read job_executions', found, rows);
    },
    async execution(executionId) {
      const row = await database.from('job_executions').select(columns).eq('id', executionId);
      const [execution] = readValue('read job_executions', row, rows);
      if (execution === undefined) return null;
      // Afterwards: read at the same time, one that has just ended could come without its lines.
      const lines = await database
        .from('job_execution_logs')
        .select('*')
        .eq('execution_id', executionId)
        .order('id', { ascending: false })
        .limit(LOG_LINES);
      const logs = readValue('read job_execution_logs', lines, z.array(executionLogRowSchema));
      return view.detail.parse({ ...execution, logs: logs.toReversed() });
    },
    stats: (jobId) => callForValue(database, view.stats, { p_job_id: jobId }, jobStatsSchema.nullable()),
  };
}
