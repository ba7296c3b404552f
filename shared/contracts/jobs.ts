/**
 * What the job scheduler takes and answers (product.md, system E). Instants are ISO strings in product time; durations
 * are milliseconds.
 */
import { z } from 'zod';
import {
  catchUpSchema,
  executionLogRowSchema,
  executionRowSchema,
  executionStatusSchema,
  jobPrioritySchema,
  jobRowSchema,
  jobStatusSchema,
  jobTypeSchema,
  overlapSchema,
} from '../schemas/job.ts';

/** Ids are text: fixed names for the product's own jobs, random ones otherwise. */
export const jobIdSchema = z.string().regex(/^[A-Za-z0-9._-]{1,100}$/, 'is 1 to 100 of A-Z a-z 0-9 . _ -');
/** `lead_assigned`, `crisis.score`. */
export const eventNameSchema = z.string().regex(/^[a-z0-9_.]{1,100}$/, 'is 1 to 100 of a-z 0-9 _ .');
const keySchema = z
  .string()
  .regex(/^[\x21-\x7e]{1,200}$/, 'is 1 to 200 printable ASCII characters without blanks');
const instantSchema = z.iso.datetime({ offset: true });
const DAY_MS = 86_400_000;

const jobShape = {
  /** Absent = a random one. Scheduling a known id again changes that job and keeps its history. */
  id: jobIdSchema.optional(),
  platform_id: z.string().min(1).max(64).default('default'),
  name: z.string().trim().min(1).max(200),
  /** A handler that is registered where the job runs; the payload must fit its schema. */
  handler: z.string().min(1).max(100),
  payload: z.record(z.string(), z.unknown()).default({}),
  max_retries: z.number().int().min(0).max(100).default(3),
  /** Before the first retry; each further one waits twice as long, with jitter. */
  retry_delay_ms: z.number().int().min(0).max(DAY_MS).default(60_000),
  timeout_ms: z.number().int().min(1).max(DAY_MS).default(300_000),
  priority: jobPrioritySchema.default('medium'),
  tags: z.array(z.string().min(1).max(60)).max(20).default([]),
  metadata: z.record(z.string(), z.unknown()).default({}),
  created_by: z.number().int().positive().nullable().default(null),
  /** While a live job of the platform has this key, scheduling another one answers with that job. */
  unique_key: keySchema.nullable().default(null),
  keep_days: z.number().int().min(1).max(3650).default(30),
};

const cronShape = {
  /** Five fields, or six with seconds; `L`, `#` and names are understood. */
  schedule: z.string().trim().min(1).max(200),
  timezone: z.string().min(1).max(64).default('UTC'),
  overlap: overlapSchema.default('skip'),
  concurrency: z.number().int().min(1).max(1000).nullable().default(1),
  catch_up: catchUpSchema.default('once'),
  catch_up_limit: z.number().int().min(1).max(1000).default(10),
  catch_up_window_ms: z
    .number()
    .int()
    .min(0)
    .max(366 * DAY_MS)
    .default(DAY_MS),
};

/** `schedule` */
export const cronJobSchema = z.strictObject({ ...jobShape, ...cronShape });
/** `scheduleOnce`: an instant of the past means now. */
export const oneTimeJobSchema = z.strictObject({ ...jobShape, at: instantSchema });
/** `scheduleRecurring`: a cron job with an end. */
export const recurringJobSchema = z
  .strictObject({
    ...jobShape,
    ...cronShape,
    max_executions: z.number().int().min(1).max(1_000_000).nullable().default(null),
    ends_at: instantSchema.nullable().default(null),
  })
  .refine((job) => job.max_executions !== null || job.ends_at !== null, {
    path: ['max_executions'],
    message: 'or ends_at is needed: a recurring job is a limited one',
  });
/** `onEvent`: an event job, which runs once for each event of that name. */
export const eventJobSchema = z.strictObject({
  ...jobShape,
  event_name: eventNameSchema,
  overlap: overlapSchema.default('queue'),
  concurrency: z.number().int().min(1).max(1000).nullable().default(null),
});
/** `triggerEvent` */
export const triggeredEventSchema = z.strictObject({
  name: eventNameSchema,
  platform_id: z.string().min(1).max(64).default('default'),
  /** Laid over the job's own payload. */
  payload: z.record(z.string(), z.unknown()).default({}),
  /** Makes a repeated call harmless. */
  key: keySchema,
  /** W3C `traceparent` of what caused the event. */
  traceparent: z
    .string()
    .regex(/^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/)
    .nullable()
    .default(null),
});
/** `reschedule`: a new expression or zone for cron and recurring jobs, a new instant for one-time jobs. */
export const rescheduleSchema = z.union([
  z.strictObject({ schedule: cronShape.schedule, timezone: z.string().min(1).max(64).optional() }),
  z.strictObject({ timezone: z.string().min(1).max(64) }),
  z.strictObject({ at: instantSchema }),
]);

export type NewCronJob = z.input<typeof cronJobSchema>;
export type NewOneTimeJob = z.input<typeof oneTimeJobSchema>;
export type NewRecurringJob = z.input<typeof recurringJobSchema>;
export type NewEventJob = z.input<typeof eventJobSchema>;
export type TriggeredEvent = z.input<typeof triggeredEventSchema>;
export type Reschedule = z.infer<typeof rescheduleSchema>;

/** `listJobs`: what is absent does not narrow the list. */
export const jobFilterSchema = z.strictObject({
  platform_id: z.string().optional(),
  status: jobStatusSchema.optional(),
  type: jobTypeSchema.optional(),
  handler: z.string().optional(),
  /** Jobs that carry this tag. */
  tag: z.string().optional(),
  limit: z.number().int().min(1).max(200).default(50),
  offset: z.number().int().min(0).default(0),
});
export type JobFilter = z.input<typeof jobFilterSchema>;

/** `getJobHistory` */
export const historyPageSchema = z.strictObject({
  status: executionStatusSchema.optional(),
  limit: z.number().int().min(1).max(200).default(20),
  offset: z.number().int().min(0).default(0),
});
export type HistoryPage = z.input<typeof historyPageSchema>;

export const jobListSchema = z.array(jobRowSchema);
/** `getExecution`: with its log, oldest line first, at most the last 500. */
export const executionWithLogsSchema = executionRowSchema.extend({ logs: z.array(executionLogRowSchema) });
export type ExecutionWithLogs = z.infer<typeof executionWithLogsSchema>;

/** `triggerEvent` answers the executions of this event, those of an earlier call with its key too. */
export const triggerAnswerSchema = z.object({ execution_ids: z.array(z.string()) });
export type TriggerAnswer = z.infer<typeof triggerAnswerSchema>;

/** `getJobStats`: over the executions that are still kept. */
export const jobStatsSchema = z.object({
  job_id: z.string(),
  /** Executions that came to an end by running. */
  executions: z.number().int(),
  successes: z.number().int(),
  failures: z.number().int(),
  timeouts: z.number().int(),
  skipped: z.number().int(),
  /** 0 to 1; null = nothing has run. */
  success_rate: z.number().nullable(),
  avg_duration_ms: z.number().nullable(),
  p95_duration_ms: z.number().nullable(),
  last_error: z.string().nullable(),
  last_error_at: z.iso.datetime({ offset: true }).nullable(),
});
export type JobStats = z.infer<typeof jobStatsSchema>;

/** `getMetrics`: of one platform, or of all. The `last_hour` counts are by the end of the execution. */
export const jobMetricsSchema = z.object({
  jobs: z.record(jobStatusSchema, z.number().int()),
  pending: z.number().int(),
  running: z.number().int(),
  last_hour: z.object({
    success: z.number().int(),
    failed: z.number().int(),
    timeout: z.number().int(),
    cancelled: z.number().int(),
    skipped: z.number().int(),
  }),
  /** How far the oldest slot that nobody has taken, or execution that nobody has started, is behind. */
  oldest_due_ms: z.number().int(),
});
export type JobMetrics = z.infer<typeof jobMetricsSchema>;

/** What the database knows of the scheduler's health. */
export const jobHealthFactsSchema = z.object({
  /** Workers whose lease holds. */
  workers: z.array(z.object({ id: z.string(), beat_ms_ago: z.number().int(), running: z.number().int() })),
  /** Resident loops and when they last gave a sign of life, in milliseconds before now; null = never. */
  loops: z.array(z.object({ id: z.string(), name: z.string(), beat_ms_ago: z.number().int().nullable() })),
  oldest_due_ms: z.number().int(),
});
export type JobHealthFacts = z.infer<typeof jobHealthFactsSchema>;
/** `healthCheck`: `problems` are sentences; none = healthy. */
export const jobHealthSchema = jobHealthFactsSchema.extend({
  healthy: z.boolean(),
  problems: z.array(z.string()),
});
export type JobHealth = z.infer<typeof jobHealthSchema>;
