/** What an owner or admin sees of their team's jobs in the chat: a list, one job, one of its executions. */
import type { JobStats } from '../../shared/contracts/jobs.ts';
import type { ListedJob } from '../../shared/contracts/my-jobs.ts';
import type { ExecutionDetail, ExecutionView } from '../../shared/contracts/team-jobs.ts';
import type { TeamJobs } from './team-ports.ts';

/** Lines of a page: as many buttons as a phone shows without scrolling. */
const PAGE_SIZE = 8;
/** Further on, the mini-app is the better list. */
const LAST_PAGE = 25;
/** Executions on a job's card. */
const SHOWN_EXECUTIONS = 5;

export interface JobPage {
  readonly jobs: readonly ListedJob[];
  /** From 1. */
  readonly page: number;
  readonly hasNext: boolean;
}

export interface JobView {
  readonly job: ListedJob;
  readonly stats: JobStats | null;
  /** Newest slot first. */
  readonly executions: readonly ExecutionView[];
}

/** Whether the person steers jobs at all: owners and admins of any team do. */
export async function steersJobs(jobs: Pick<TeamJobs, 'roles'>): Promise<boolean> {
  return (await jobs.roles()).some((role) => role !== 'member');
}

/**
 * Open jobs by name, the loops that run all the time last.
 * @param page from 1; one that is gone is answered with the first.
 */
export async function listJobs(jobs: Pick<TeamJobs, 'list'>, page: number): Promise<JobPage> {
  const wanted = Math.min(Math.max(1, page), LAST_PAGE);
  const found = await jobs.list('open', PAGE_SIZE + 1, (wanted - 1) * PAGE_SIZE);
  if (found.length === 0 && wanted > 1) return listJobs(jobs, 1);
  return {
    jobs: found.slice(0, PAGE_SIZE),
    page: wanted,
    hasNext: found.length > PAGE_SIZE && wanted < LAST_PAGE,
  };
}

/** Null = the caller's teams have no such job. */
export async function viewJob(
  jobs: Pick<TeamJobs, 'byCode' | 'stats' | 'history'>,
  code: string,
): Promise<JobView | null> {
  const job = await jobs.byCode(code);
  if (job === null) return null;
  const [stats, executions] = await Promise.all([
    jobs.stats(job.id),
    jobs.history(job.id, { limit: SHOWN_EXECUTIONS }),
  ]);
  return { job, stats, executions };
}

/** Which execution: a button cannot hold its id. */
export interface ExecutionMark {
  /** Its job's short name. */
  readonly code: string;
  /** Its slot, in whole milliseconds. */
  readonly at: Temporal.Instant;
  /** Tells it from others of this slot. */
  readonly matches: (executionId: string) => boolean;
}

/** Null = there is no such execution any more, or it is not the caller's to see. */
export async function viewExecution(
  jobs: Pick<TeamJobs, 'byCode' | 'executionsAt' | 'execution'>,
  mark: ExecutionMark,
): Promise<{ readonly job: ListedJob; readonly execution: ExecutionDetail } | null> {
  const job = await jobs.byCode(mark.code);
  if (job === null) return null;
  const found = (await jobs.executionsAt(job.id, mark.at)).find(({ id }) => mark.matches(id));
  const execution = found === undefined ? null : await jobs.execution(found.id);
  return execution === null ? null : { job, execution };
}
