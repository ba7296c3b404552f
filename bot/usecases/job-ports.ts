/**
 * The job scheduler (product.md, system E), as types only: what plans and watches jobs, what runs them, and what both
 * need from the database. The engine that carries executions to workers can be exchanged (`JOB_ENGINE`); the tables and
 * this port are the same with each.
 */
import type { z } from 'zod';
import type {
  ExecutionWithLogs,
  HistoryPage,
  JobFilter,
  JobHealth,
  JobHealthFacts,
  JobMetrics,
  JobStats,
  NewCronJob,
  NewEventJob,
  NewOneTimeJob,
  NewRecurringJob,
  Reschedule,
  TriggerAnswer,
  TriggeredEvent,
} from '../../shared/contracts/jobs.ts';
import type { ExecutionRow, HandlerType, JobLogLevel, JobRow } from '../../shared/schemas/job.ts';
import type { SlotDecision, SlotRules } from '../domain/job/plan-slots.ts';
import type { ReadyExecution } from './carrier-ports.ts';
import type { Answer } from './ports.ts';

/**
 * Plans, watches and steers jobs. What a caller got wrong is a refusal: `JOB_INVALID` (its message names every wrong
 * field), `JOB_NOT_FOUND`, `JOB_CLOSED`, `EXECUTION_NOT_FOUND`, `EXECUTION_OPEN`.
 */
export interface Scheduler {
  /** A job that runs whenever its cron expression says so. */
  schedule(job: NewCronJob): Promise<Answer<JobRow>>;
  /** A job that runs once. */
  scheduleOnce(job: NewOneTimeJob): Promise<Answer<JobRow>>;
  /** A cron job that ends after so many slots or at an instant. */
  scheduleRecurring(job: NewRecurringJob): Promise<Answer<JobRow>>;
  reschedule(jobId: string, change: Reschedule): Promise<Answer<JobRow>>;
  /** Deletes the job with its history; false = there was none. What runs at this moment is stopped. */
  unschedule(jobId: string): Promise<boolean>;
  /** A job that runs for every event of a name. */
  onEvent(job: NewEventJob): Promise<Answer<JobRow>>;
  triggerEvent(event: TriggeredEvent): Promise<Answer<TriggerAnswer>>;
  /** Null = there is none, or it is not the caller's to see. */
  getJob(jobId: string): Promise<JobRow | null>;
  /** By name. */
  listJobs(filter: JobFilter): Promise<readonly JobRow[]>;
  /** No new executions until it is resumed; slots that pass meanwhile are forgotten. Twice is harmless. */
  pauseJob(jobId: string): Promise<Answer<JobRow>>;
  resumeJob(jobId: string): Promise<Answer<JobRow>>;
  /** For good: waiting executions are cancelled, running ones are stopped. */
  cancelJob(jobId: string): Promise<Answer<JobRow>>;
  /** Newest slot first. */
  getJobHistory(jobId: string, page: HistoryPage): Promise<readonly ExecutionRow[]>;
  getExecution(executionId: string): Promise<ExecutionWithLogs | null>;
  /** A new execution of one that failed, timed out, was cancelled or skipped. @param key makes a repeat harmless. */
  retryExecution(executionId: string, key: string): Promise<Answer<ExecutionRow>>;
  /** Of one platform, or of all. */
  getMetrics(platformId?: string): Promise<JobMetrics>;
  healthCheck(): Promise<JobHealth>;
  /** Null = no such job. */
  getJobStats(jobId: string): Promise<JobStats | null>;
}

/** What a handler gets besides its payload. */
export interface JobContext {
  readonly jobId: string;
  readonly executionId: string;
  /** 1 for the first, counted over workers. */
  readonly attempt: number;
  /** Product time this execution is for. */
  readonly slot: Temporal.Instant;
  /** Aborts at the timeout, when the execution is cancelled and when the process stops. A handler must heed it. */
  readonly signal: AbortSignal;
  /** W3C `traceparent` to hand on. */
  readonly traceparent: string;
  /** Kept with the execution. Never write what people wrote, nor secrets. */
  readonly log: (level: JobLogLevel, message: string, data?: Readonly<Record<string, unknown>>) => void;
  /** @param fraction 0 to 1 */
  readonly progress: (fraction: number) => void;
}

interface HandlerBase<Payload> {
  readonly name: string;
  /** Payloads are checked when a job is scheduled, and again before each attempt. */
  readonly payload: z.ZodType<Payload>;
}

/** Code. Answers something JSON can hold. Throw `FatalJobError` when another attempt cannot help. */
export interface FunctionHandler<Payload = unknown> extends HandlerBase<Payload> {
  readonly type: 'function';
  run(payload: Payload, context: JobContext): Promise<unknown>;
}

/** A question to the language model, whose answer must fit a schema. */
export interface AgentHandler<Payload = unknown> extends HandlerBase<Payload> {
  readonly type: 'agent';
  readonly answer: z.ZodType;
  readonly maxOutputTokens: number;
  ask(payload: Payload): { readonly instructions: string; readonly input: string };
}

/** One step of a workflow. */
export interface WorkflowStep<Payload = unknown> {
  readonly name: string;
  /** Any registered handler but a workflow. */
  readonly handler: string;
  /** What the step's handler gets. @param results of the steps before, by name */
  payload(payload: Payload, results: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>;
}

/** Handlers one after the other. A retry goes on with the step that failed; results are kept with the execution. */
export interface WorkflowHandler<Payload = unknown> extends HandlerBase<Payload> {
  readonly type: 'workflow';
  readonly steps: readonly WorkflowStep<Payload>[];
}

export type JobHandler<Payload = unknown> =
  FunctionHandler<Payload> | AgentHandler<Payload> | WorkflowHandler<Payload>;

/** The handlers of this process, by name. */
export interface HandlerRegistry {
  find(name: string): JobHandler | null;
}

/** A job the product itself brings along: registered at every start, changed where it differs. */
export interface OwnJob {
  readonly handler: JobHandler;
  readonly job: Omit<NewCronJob, 'handler' | 'id'> & { readonly id: string };
}

/** A job as the database keeps it; the scheduler fills in every field. */
export type JobToStore = Omit<
  JobRow,
  | ('status' | 'last_run' | 'slot_count' | 'skip_before' | 'avg_duration_ms' | 'heartbeat_at')
  | ('execution_count' | 'success_count' | 'failure_count')
  | ('created_at' | 'updated_at' | 'completed_at' | 'cancelled_at')
> & { readonly event_name: string | null };

/** An event as the database takes it. */
export interface EventToStore {
  readonly name: string;
  readonly platform_id: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly key: string;
  readonly trace_id: string | null;
  readonly parent_span_id: string | null;
}

/** The scheduler's side of the database. Writes are safe to repeat. */
export interface JobStore {
  store(job: JobToStore): Promise<Answer<JobRow>>;
  move(jobId: string, change: Pick<JobRow, 'schedule' | 'timezone' | 'next_run'>): Promise<Answer<JobRow>>;
  remove(jobId: string): Promise<boolean>;
  trigger(event: EventToStore): Promise<TriggerAnswer>;
  job(jobId: string): Promise<JobRow | null>;
  jobs(filter: JobFilter): Promise<readonly JobRow[]>;
  pause(jobId: string): Promise<Answer<JobRow>>;
  resume(jobId: string): Promise<Answer<JobRow>>;
  cancel(jobId: string): Promise<Answer<JobRow>>;
  history(jobId: string, page: HistoryPage): Promise<readonly ExecutionRow[]>;
  execution(executionId: string): Promise<ExecutionWithLogs | null>;
  runNow(jobId: string, key: string): Promise<Answer<ExecutionRow>>;
  retry(executionId: string, key: string): Promise<Answer<ExecutionRow>>;
  metrics(platformId: string | null): Promise<JobMetrics>;
  health(): Promise<JobHealthFacts>;
  stats(jobId: string): Promise<JobStats | null>;
}

/** A job with a slot that has come. */
export type DueJob = SlotRules & { readonly id: string };

/** What became of a due job's slots. Applied only while `next_run` is still `from`. */
export interface JobAdvance {
  readonly id: string;
  readonly from: string;
  readonly slots: readonly SlotDecision[];
  /** Null = no further slot. */
  readonly next: string | null;
}

/** One attempt to make. */
export interface ClaimedExecution {
  readonly id: string;
  readonly jobId: string;
  readonly handlerName: string;
  readonly handlerType: HandlerType;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly scheduledAt: string;
  readonly retryCount: number;
  readonly maxRetries: number;
  readonly retryDelayMs: number;
  readonly timeoutMs: number;
  readonly traceId: string;
  readonly spanId: string;
  /** Results of a workflow's finished steps, by name. */
  readonly steps: Readonly<Record<string, unknown>>;
}

export interface JobLogLine {
  /** Milliseconds before the settling: the database turns it into its own time. */
  readonly agoMs: number;
  readonly level: JobLogLevel;
  readonly message: string;
  readonly data: Readonly<Record<string, unknown>> | null;
}

/** What became of an attempt. `released`: not made at all (the process stops); the execution waits again. */
export type AttemptOutcome =
  | { readonly outcome: 'success'; readonly result: unknown }
  | {
      readonly outcome: 'failed' | 'timeout';
      readonly error: string;
      readonly errorStack: string | null;
      /** Null = no further attempt. */
      readonly retryInMs: number | null;
    }
  | { readonly outcome: 'cancelled'; readonly error: string }
  | { readonly outcome: 'released' };

export type AttemptResult = AttemptOutcome & {
  readonly id: string;
  readonly durationMs: number;
  readonly logs: readonly JobLogLine[];
  readonly steps: Readonly<Record<string, unknown>> | null;
};

/** What a running execution has to say between its beginning and its end. */
export interface AttemptNews {
  readonly id: string;
  readonly progress: number | null;
  readonly logs: readonly JobLogLine[];
  readonly steps: Readonly<Record<string, unknown>> | null;
}

/** The worker's side of the database. All calls are safe to repeat. */
export interface ExecutionStore {
  /** Jobs whose slot has come, the longest due first, and the product time they were asked at. */
  dueJobs(limit: number): Promise<{ readonly now: Temporal.Instant; readonly jobs: readonly DueJob[] }>;
  /** Returns how many executions may start now because of it. */
  advance(jobs: readonly JobAdvance[]): Promise<number>;
  /**
   * Takes executions that may start now; the same token gets the same ones. Nothing without a lease.
   * @param ids only these (an outside queue delivered them); null = any
   */
  claim(
    worker: string,
    token: string,
    limit: number,
    ids: readonly string[] | null,
  ): Promise<readonly ClaimedExecution[]>;
  /** Ends attempts. What the worker does not hold any more is left alone. */
  settle(worker: string, results: readonly AttemptResult[]): Promise<void>;
  /** Begins a lease; everything the worker claims is held under it. */
  join(worker: string, leaseSeconds: number): Promise<void>;
  /**
   * Keeps the lease and brings the news: what to stop. Not held = it ended, and what ran under it is given to others.
   * @param loops ids of resident loops that gave a sign of life since the last beat
   */
  beat(
    worker: string,
    leaseSeconds: number,
    news: readonly AttemptNews[],
    loops: readonly string[],
  ): Promise<{ readonly held: boolean; readonly stop: readonly string[] }>;
  /** Ends the lease; what still runs under it is free at once. */
  leave(worker: string): Promise<void>;
  /** Takes back what dead workers held. Returns how many. */
  rescue(): Promise<number>;
  /** Executions that may start now, for an outside queue to carry. */
  ready(limit: number): Promise<readonly ReadyExecution[]>;
  /** Milliseconds until there may be something to do, at most 60,000. */
  nextJobMs(): Promise<number>;
}
