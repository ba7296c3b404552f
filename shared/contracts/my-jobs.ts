/** The list of a team's jobs, as `my_jobs` answers it: each with what became of its newest execution. */
import { z } from 'zod';
import { instantSchema } from '../schemas/instant.ts';
import { executionStatusSchema, jobRowSchema } from '../schemas/job.ts';

export const teamRoleSchema = z.enum(['owner', 'admin', 'member']);
export type TeamRole = z.infer<typeof teamRoleSchema>;

/** `open`: jobs that can still run. */
export const jobShelfSchema = z.enum(['open', 'ended']);
export type JobShelf = z.infer<typeof jobShelfSchema>;

export const listedJobSchema = jobRowSchema.extend({
  /** The job's short name, for buttons. */
  code: z.string(),
  /** The caller's, in the job's team. */
  role: teamRoleSchema,
  /** Since a resident loop's last sign of life; null = it gave none, or the job is no loop. */
  beat_ms_ago: z.number().nullable(),
  /** Null = it never ran, or that is no longer kept. */
  last_execution: z
    .object({
      id: z.string(),
      status: executionStatusSchema,
      scheduled_at: instantSchema,
      started_at: instantSchema.nullable(),
      completed_at: instantSchema.nullable(),
      duration_ms: z.number().nullable(),
      error: z.string().nullable(),
    })
    .nullable(),
});
export type ListedJob = z.infer<typeof listedJobSchema>;
export const listedJobsSchema = z.array(listedJobSchema);
