import { z } from 'zod';
import { instantSchema } from '../schemas/instant.ts';

/** What `rebase_plan` takes: every open step of the plan; `exact` = the person picked this very minute. */
export const rebaseScheduleSchema = z.array(
  z.object({ id: z.number().int(), wanted_at: instantSchema, exact: z.boolean() }),
);
export type RebaseSchedule = z.infer<typeof rebaseScheduleSchema>;

export const rebaseAnswerSchema = z.object({
  action_id: z.string(),
  replayed: z.boolean(),
  plan_id: z.number().int(),
  /** Steps whose instant changed. */
  moved: z.array(
    z.object({
      id: z.number().int(),
      step_id: z.number().int().nullable(),
      from: instantSchema,
      to: instantSchema,
    }),
  ),
});
export type RebaseAnswer = z.infer<typeof rebaseAnswerSchema>;
