/**
 * Jobs as people see and steer them: members of a platform read, its owners and admins change. `/api/jobs` takes and
 * answers this; bot and mini-app read the same shapes from the database.
 */
import { z } from 'zod';
import { executionLogRowSchema, executionRowSchema, jobRowSchema } from '../schemas/job.ts';
import { historyPageSchema, jobFilterSchema, rescheduleSchema } from './jobs.ts';

/** An execution without the stack of its error: that names files of the server, and is for its operator alone. */
export const executionViewSchema = executionRowSchema.omit({ error_stack: true });
export type ExecutionView = z.infer<typeof executionViewSchema>;
/** With its log, oldest line first, at most the last 500. */
export const executionDetailSchema = executionViewSchema.extend({ logs: z.array(executionLogRowSchema) });
export type ExecutionDetail = z.infer<typeof executionDetailSchema>;

const pageShape = {
  limit: z.coerce.number().int().min(1).max(200),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
};
/** `GET /api/jobs?…`: by name; what is absent does not narrow the list. */
export const jobListQuerySchema = jobFilterSchema.extend({
  ...pageShape,
  limit: pageShape.limit.default(50),
});
export const jobListAnswerSchema = z.object({ jobs: z.array(jobRowSchema) });
/** `GET /api/jobs/{id}/executions?…`: newest slot first. */
export const historyQuerySchema = historyPageSchema.extend({
  ...pageShape,
  limit: pageShape.limit.default(20),
});
export const historyAnswerSchema = z.object({ executions: z.array(executionViewSchema) });
/** `GET /api/jobs/metrics` and `…/health`. */
export const platformQuerySchema = z.strictObject({
  platform_id: z.string().min(1).max(64).default('default'),
});

/** What a tap carries: the same id never does anything twice. */
const actionIdSchema = z.string().min(1).max(100);
/** `POST /api/jobs/{id}/run`, `pause`, `resume`, `cancel` and `…/executions/{execution_id}/retry` */
export const jobActionRequestSchema = z.strictObject({ action_id: actionIdSchema });
/** `POST /api/jobs/{id}/reschedule` */
export const jobRescheduleRequestSchema = z.strictObject({
  action_id: actionIdSchema,
  change: rescheduleSchema,
});
