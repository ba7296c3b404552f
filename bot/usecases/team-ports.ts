/** What people see and steer of their teams' jobs, as types only. */
import type {
  HistoryPage,
  JobFilter,
  JobHealthFacts,
  JobMetrics,
  JobStats,
} from '../../shared/contracts/jobs.ts';
import type { JobShelf, ListedJob, TeamRole } from '../../shared/contracts/my-jobs.ts';
import type { ExecutionDetail, ExecutionView } from '../../shared/contracts/team-jobs.ts';
import type { JobRow } from '../../shared/schemas/job.ts';
import type { JobStore } from './job-ports.ts';
import type { Answer } from './ports.ts';

/**
 * What a person may do with the jobs of their teams: members read, owners and admins change. Of other teams' jobs there
 * are none: reads answer null, changes `JOB_NOT_FOUND`. A member's change is refused with `ROLE_NEEDED`, a change of what
 * the product itself needs with `JOB_BUILT_IN`.
 */
export interface PersonJobs {
  jobs(filter: JobFilter): Promise<readonly JobRow[]>;
  job(jobId: string): Promise<JobRow | null>;
  history(jobId: string, page: HistoryPage): Promise<readonly ExecutionView[]>;
  execution(executionId: string): Promise<ExecutionDetail | null>;
  stats(jobId: string): Promise<JobStats | null>;
  /** Null = not a member of this platform. */
  metrics(platformId: string): Promise<JobMetrics | null>;
  /** The workers, which serve every platform, and this platform's loops; null = not a member of it. */
  health(platformId: string): Promise<JobHealthFacts | null>;
  /** The caller's role on a platform; null = none. */
  role(platformId: string): Promise<'owner' | 'admin' | 'member' | null>;
  pause(actionId: string, jobId: string): Promise<Answer<JobRow>>;
  resume(actionId: string, jobId: string): Promise<Answer<JobRow>>;
  cancel(actionId: string, jobId: string): Promise<Answer<JobRow>>;
  /** Another rule or instant, with the slot that follows from it; an earlier one than now is now. */
  move(actionId: string, jobId: string, change: Parameters<JobStore['move']>[1]): Promise<Answer<JobRow>>;
  runNow(actionId: string, jobId: string): Promise<Answer<ExecutionView>>;
  retry(actionId: string, executionId: string): Promise<Answer<ExecutionView>>;
}

/** The list of a team's jobs, as a chat shows it: a button's data is too short for ids. */
export interface JobBoard {
  /** Jobs of all the caller's teams. */
  list(shelf: JobShelf, limit: number, offset: number): Promise<readonly ListedJob[]>;
  /** The job with this short name; null = there is none in the caller's teams. */
  byCode(code: string): Promise<ListedJob | null>;
  /** The job's executions whose slot lies in this millisecond: mostly one, retries have their first one's slot. */
  executionsAt(jobId: string, at: Temporal.Instant): Promise<readonly ExecutionView[]>;
  /** The caller's role in each of their teams. */
  roles(): Promise<readonly TeamRole[]>;
}

/** What a person sees and does in the chat. */
export type TeamJobs = PersonJobs & JobBoard;
