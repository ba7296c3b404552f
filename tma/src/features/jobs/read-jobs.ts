/** Jobs of the person's teams, read with their own token: row-level security decides what there is. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { z } from 'zod';
import { jobStatsSchema } from '../../../../shared/contracts/jobs.ts';
import type { JobStats } from '../../../../shared/contracts/jobs.ts';
import { listedJobSchema } from '../../../../shared/contracts/my-jobs.ts';
import type { JobShelf, ListedJob } from '../../../../shared/contracts/my-jobs.ts';
import { executionViewSchema } from '../../../../shared/contracts/team-jobs.ts';
import type { ExecutionView } from '../../../../shared/contracts/team-jobs.ts';
import { executionLogRowSchema } from '../../../../shared/schemas/job.ts';
import { dataKey, POLL_MS } from '../../session/keys.ts';
import { ReadError, readOutcome, readRows } from '../../session/outcome.ts';
import { useProductNow, useSession } from '../../session/session-context.ts';

/** Jobs in one list; more would not be read by anybody. */
const MOST_JOBS = 200;
/** As many bars as a phone shows side by side. */
const SHOWN_EXECUTIONS = 30;
/** The end of a log, which says how it went. */
const LOG_LINES = 200;
/** How often a job is looked at while something of it runs, in milliseconds. */
const WATCH_MS = 2_000;

/** The leases are nobody's business: "*" would be refused. */
const EXECUTION_COLUMNS = Object.keys(executionViewSchema.shape).join(', ');

export interface JobHistory {
  readonly job: ListedJob;
  /** Newest slot first. */
  readonly executions: readonly ExecutionView[];
  readonly stats: JobStats | null;
}

/** Whether the person is a member of any team, and so has jobs to look at. */
export function useIsMember(): boolean {
  const { database, user } = useSession();
  const query = useQuery({
    queryKey: dataKey('teams'),
    queryFn: async () => {
      const result = await database
        .from('platform_members')
        .select('role')
        .eq('telegram_id', user.telegram_id);
      return readRows('platform_members', result, z.object({ role: z.string() })).length > 0;
    },
  });
  return query.data === true;
}

export function useJobs(shelf: JobShelf) {
  const { database } = useSession();
  const query = useQuery({
    queryKey: dataKey('jobs', shelf),
    queryFn: async () =>
      readRows(
        'jobs',
        await database.rpc('my_jobs', { p_shelf: shelf, p_limit: MOST_JOBS, p_offset: 0 }, { get: true }),
        listedJobSchema,
      ),
    refetchInterval: POLL_MS,
    refetchOnWindowFocus: 'always',
    placeholderData: keepPreviousData,
  });
  return { query, now: useProductNow(query.dataUpdatedAt) };
}

/** @param code the job's short name. `data` is null when it is gone or never was of this person's teams. */
export function useJob(code: string) {
  const { database } = useSession();
  const query = useQuery({
    queryKey: dataKey('job', code),
    queryFn: async (): Promise<JobHistory | null> => {
      const asked = { p_shelf: 'open', p_limit: 1, p_offset: 0, p_code: code };
      const [job] = readRows('job', await database.rpc('my_jobs', asked, { get: true }), listedJobSchema);
      if (job === undefined) return null;
      const [rows, counted] = await Promise.all([
        database
          .from('job_executions')
          .select(EXECUTION_COLUMNS)
          .eq('job_id', job.id)
          .order('scheduled_at', { ascending: false })
          .order('id', { ascending: false })
          .limit(SHOWN_EXECUTIONS),
        database.rpc('my_job_stats', { p_job_id: job.id }, { get: true }),
      ]);
      const stats = readOutcome(counted, jobStatsSchema.nullable());
      if (stats.kind !== 'done') throw new ReadError('job statistics', counted.status);
      return { job, executions: readRows('executions', rows, executionViewSchema), stats: stats.value };
    },
    refetchInterval: ({ state }) =>
      state.data?.executions.some(({ status }) => status === 'pending' || status === 'running') === true
        ? WATCH_MS
        : POLL_MS,
    refetchOnWindowFocus: 'always',
  });
  return { query, now: useProductNow(query.dataUpdatedAt) };
}

/** The log of an execution, oldest line first. */
export function useLog(executionId: string) {
  const { database } = useSession();
  return useQuery({
    queryKey: dataKey('job-log', executionId),
    queryFn: async () => {
      const result = await database
        .from('job_execution_logs')
        .select('*')
        .eq('execution_id', executionId)
        .order('id', { ascending: false })
        .limit(LOG_LINES);
      return readRows('log', result, executionLogRowSchema).toReversed();
    },
  });
}
