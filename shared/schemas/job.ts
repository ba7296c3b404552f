import { z } from 'zod';
import { instantSchema } from './instant.ts';

/** What makes a job run: a cron expression, one instant, a cron expression with an end, or named events. */
export const jobTypeSchema = z.enum(['cron', 'one_time', 'recurring', 'event']);

/** `pending`: a one-time job whose instant has not come. The last three are final. */
export const jobStatusSchema = z.enum(['pending', 'active', 'paused', 'completed', 'failed', 'cancelled']);

/** `timeout`: stopped at the job's `timeout_ms`. `skipped`: never started; `error` says why. */
export const executionStatusSchema = z.enum([
  'pending',
  'running',
  'success',
  'failed',
  'timeout',
  'cancelled',
  'skipped',
]);

/** `function`: code. `agent`: a question to the language model. `workflow`: other handlers, one after the other. */
export const handlerTypeSchema = z.enum(['function', 'agent', 'workflow']);
export type HandlerType = z.infer<typeof handlerTypeSchema>;

export const jobPrioritySchema = z.enum(['low', 'medium', 'high', 'critical']);

/** What to do with a run that comes while the job has as many unfinished executions as may run at once. */
export const overlapSchema = z.enum(['skip', 'queue', 'cancel_previous']);

/** What to do with slots that passed while nobody worked: none, the last one, or the last few within a window. */
export const catchUpSchema = z.enum(['skip', 'once', 'all']);

const objectSchema = z.record(z.string(), z.unknown());
const countSchema = z.number().int().min(0);

/** A row of `scheduled_jobs`. */
export const jobRowSchema = z.object({
  id: z.string(),
  platform_id: z.string(),
  name: z.string(),
  type: jobTypeSchema,
  status: jobStatusSchema,
  /** Cron expression of 5 fields, or 6 with seconds; null for one-time and event jobs. */
  schedule: z.string().nullable(),
  /** IANA id in which `schedule` is read. */
  timezone: z.string(),
  /** Product time of the next slot; null = none is planned. */
  next_run: instantSchema.nullable(),
  last_run: instantSchema.nullable(),
  handler_name: z.string(),
  handler_type: handlerTypeSchema,
  payload: objectSchema,
  max_retries: countSchema,
  retry_delay_ms: countSchema,
  timeout_ms: countSchema,
  priority: jobPrioritySchema,
  overlap: overlapSchema,
  /** Executions that may run at the same time; null = any number. */
  concurrency: z.number().int().min(1).nullable(),
  catch_up: catchUpSchema,
  /** Most slots made up for, with `catch_up = 'all'`. */
  catch_up_limit: countSchema,
  /** Slots older than this are not made up for. */
  catch_up_window_ms: countSchema,
  /** After so many slots the job is completed; null = no limit. */
  max_executions: countSchema.nullable(),
  /** No slot after this product time; null = no end. */
  ends_at: instantSchema.nullable(),
  /** Slots taken so far, whatever became of them; `max_executions` counts these. */
  slot_count: countSchema,
  /** Slots before this product time do not count: the job was paused then. */
  skip_before: instantSchema.nullable(),
  unique_key: z.string().nullable(),
  /** Executions are deleted this many days after their end. */
  keep_days: countSchema,
  execution_count: countSchema,
  success_count: countSchema,
  failure_count: countSchema,
  /** Milliseconds, over successful executions. */
  avg_duration_ms: z.number().nullable(),
  tags: z.array(z.string()),
  metadata: objectSchema,
  /** Machine time of a resident loop's last sign of life; null for jobs with executions. */
  heartbeat_at: instantSchema.nullable(),
  /** Telegram id; null = the product itself. */
  created_by: z.number().int().nullable(),
  created_at: instantSchema,
  updated_at: instantSchema,
  completed_at: instantSchema.nullable(),
  cancelled_at: instantSchema.nullable(),
});
export type JobRow = z.infer<typeof jobRowSchema>;

/** A row of `job_executions`. */
export const executionRowSchema = z.object({
  /** `<job id>@<slot or key>`: the same slot never gives two rows. */
  id: z.string(),
  job_id: z.string(),
  platform_id: z.string(),
  status: executionStatusSchema,
  /** The slot, in product time. */
  scheduled_at: instantSchema,
  started_at: instantSchema.nullable(),
  completed_at: instantSchema.nullable(),
  /** Of the last attempt. */
  duration_ms: z.number().nullable(),
  result: z.unknown(),
  /** In words; also the reason of a skipped execution. */
  error: z.string().nullable(),
  error_stack: z.string().nullable(),
  /** Attempts after the first. */
  retry_count: countSchema,
  max_retries: countSchema,
  /** Machine time of the next attempt; null = none is planned. */
  next_retry_at: instantSchema.nullable(),
  worker_id: z.string().nullable(),
  /** 0 to 1; null = the handler does not say. */
  progress: z.number().min(0).max(1).nullable(),
  metadata: objectSchema,
  /** W3C trace context: 32 and 16 hex digits. */
  trace_id: z.string(),
  span_id: z.string(),
  parent_span_id: z.string().nullable(),
  created_at: instantSchema,
});
export type ExecutionRow = z.infer<typeof executionRowSchema>;

export const logLevelSchema = z.enum(['debug', 'info', 'warn', 'error']);
export type JobLogLevel = z.infer<typeof logLevelSchema>;

/** A row of `job_execution_logs`. */
export const executionLogRowSchema = z.object({
  id: z.number().int(),
  execution_id: z.string(),
  timestamp: instantSchema,
  level: logLevelSchema,
  message: z.string(),
  data: objectSchema.nullable(),
});
