/** The scheduler's side of the database: jobs, their history, and what is known about both. See migrations/…_job-*.sql. */
import { z } from 'zod';
import {
  executionWithLogsSchema,
  historyPageSchema,
  jobFilterSchema,
  jobHealthFactsSchema,
  jobHistorySchema,
  jobListSchema,
  jobMetricsSchema,
  jobStatsSchema,
  triggerAnswerSchema,
} from '../../shared/contracts/jobs.ts';
import { executionLogRowSchema, executionRowSchema, jobRowSchema } from '../../shared/schemas/job.ts';
import type { JobStore, PersonJobs } from '../usecases/job-ports.ts';
import { readValue } from './answers.ts';
import { callForValue, callRepeatable } from './call.ts';
import type { Database } from './clients.ts';

/** The columns people may read; "*" would ask for the lease too. */
const EXECUTION_COLUMNS = Object.keys(executionRowSchema.shape).join(', ');
/** The end of a log that nobody reads whole. */
const LOG_LINES = 500;
const jobAnswerSchema = z.object({ job: jobRowSchema });
const executionAnswerSchema = z.object({ execution: executionRowSchema });

type Reading = Pick<PersonJobs, 'job' | 'jobs' | 'history' | 'execution' | 'stats'>;

/** Builds the scheduler's store over the server's client. */
export function createJobStore(server: Database): JobStore {
  return {
    ...createReading(server, 'job_stats'),
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
  const change = async (name: string, actionId: string, jobId: string) => {
    const answer = await callRepeatable(
      person,
      name,
      { p_action_id: actionId, p_job_id: jobId },
      jobAnswerSchema,
    );
    return answer.ok ? { ok: true as const, value: answer.value.job } : answer;
  };
  const start = async (name: string, args: Readonly<Record<string, string>>) => {
    const answer = await callRepeatable(person, name, args, executionAnswerSchema);
    return answer.ok ? { ok: true as const, value: answer.value.execution } : answer;
  };
  return {
    ...createReading(person, 'my_job_stats'),
    role: (platformId) =>
      callForValue(
        person,
        'member_role',
        { p_platform: platformId },
        z.enum(['owner', 'admin', 'member']).nullable(),
      ),
    pause: (actionId, jobId) => change('pause_job', actionId, jobId),
    resume: (actionId, jobId) => change('resume_job', actionId, jobId),
    cancel: (actionId, jobId) => change('cancel_job', actionId, jobId),
    runNow: (actionId, jobId) => start('run_job', { p_action_id: actionId, p_job_id: jobId }),
    retry: (actionId, executionId) =>
      start('retry_execution', { p_action_id: actionId, p_execution_id: executionId }),
  };
}

/** @param stats the function that counts for this caller */
function createReading(database: Database, stats: 'job_stats' | 'my_job_stats'): Reading {
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
      let query = database.from('job_executions').select(EXECUTION_COLUMNS).eq('job_id', jobId);
      if (status !== undefined) query = query.eq('status', status);
      const found = await query
        .order('scheduled_at', { ascending: false })
        .order('id', { ascending: false })
        .range(offset, offset + limit - 1);
      return readValue('read job_executions', found, jobHistorySchema);
    },
    async execution(executionId) {
      const [row, lines] = await Promise.all([
        database.from('job_executions').select(EXECUTION_COLUMNS).eq('id', executionId),
        database
          .from('job_execution_logs')
          .select('*')
          .eq('execution_id', executionId)
          .order('id', { ascending: false })
          .limit(LOG_LINES),
      ]);
      const [execution] = readValue('read job_executions', row, jobHistorySchema);
      if (execution === undefined) return null;
      const logs = readValue('read job_execution_logs', lines, z.array(executionLogRowSchema));
      return executionWithLogsSchema.parse({ ...execution, logs: logs.toReversed() });
    },
    stats: (jobId) => callForValue(database, stats, { p_job_id: jobId }, jobStatsSchema.nullable()),
  };
}
