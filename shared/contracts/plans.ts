import { z } from 'zod';
import { actionTypeSchema, MAX_DELAY_DAYS, paceSchema, planStepSchema } from '../schemas/plan.ts';
import { instantSchema } from '../schemas/instant.ts';
import { movedSchema } from './actions.ts';

/**
 * Changing a plan's steps. Every RPC takes `p_expected`, the version that was on the screen: when the plan is another one
 * by now it refuses with `PLAN_CHANGED`, because step 4 may be another step.
 */

/**
 * `edit_step`'s `p_change` and `add_step`'s `p_step`; absent keys stay as they are. A day is given as `delay_days` or as
 * `wanted_at`: a running plan's reminder gets that instant (`exact`: quiet hours do not move it), a draft its day.
 */
export const stepChangeSchema = z
  .object({
    action_type: actionTypeSchema,
    description: z.string().trim().min(1).max(1000),
    suggested_text: z.string().max(4000).nullable(),
    delay_days: z.number().int().min(0).max(MAX_DELAY_DAYS),
    wanted_at: instantSchema,
    exact: z.boolean(),
  })
  .partial();
export type StepChange = z.infer<typeof stepChangeSchema>;

/** edit_step, add_step, remove_step, move_step, set_plan_pace, revert_plan */
export const planEditAnswerSchema = z.object({
  action_id: z.string(),
  replayed: z.boolean(),
  lead_id: z.number().int(),
  plan_id: z.number().int(),
  /** The plan's version now; `p_expected` of the next change. */
  version: z.number().int().min(1),
  /** Where the step is now (where it was, when removed); null when the whole plan was meant. */
  step_id: z.number().int().nullable(),
  /** It already was so; nothing changed. */
  already: z.boolean(),
  /** Reminders whose date moved, the step's own among them. */
  moved: z.array(movedSchema),
  /** Reminders that began and that ended. */
  created: z.number().int(),
  ended: z.number().int(),
  /** Steps whose day in the plan changed. */
  delays: z.array(z.object({ step_id: z.number().int(), from: z.number().int(), to: z.number().int() })),
});
export type PlanEditAnswer = z.infer<typeof planEditAnswerSchema>;

/** The columns of `plan_versions` its owner may read, in the order of a `select`. */
export const PLAN_VERSION_COLUMNS = 'plan_id,version,pace,steps,reason,created_at';

/** A row of `plan_versions`. The newest is the plan as it stands; there is none before the first change. */
export const planVersionSchema = z.object({
  plan_id: z.number().int(),
  version: z.number().int().min(1),
  pace: paceSchema,
  /** `id` is that of the row in `outreach_steps`: it stays with a step wherever it is moved. */
  steps: z.array(planStepSchema.safeExtend({ id: z.number().int() })),
  /** What made it. */
  reason: z.enum([
    'created',
    'edit_step',
    'add_step',
    'remove_step',
    'move_step',
    'set_plan_pace',
    'revert_plan',
    'undo',
  ]),
  created_at: instantSchema,
});
export type PlanVersion = z.infer<typeof planVersionSchema>;
