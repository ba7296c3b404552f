import { z } from 'zod';
import { instantSchema } from './instant.ts';

export const actionTypeSchema = z.enum([
  'linkedin_like',
  'linkedin_comment',
  'linkedin_connect',
  'linkedin_dm',
  'email_outreach',
  'call',
  'mutual_intro',
  'followup_message',
  'meeting_request',
  'other',
]);
export type ActionType = z.infer<typeof actionTypeSchema>;

/** A plan has this many steps; SQL refuses others too. */
export const MIN_STEPS = 3;
export const MAX_STEPS = 10;
/** A LinkedIn invitation stays under this many code points. */
export const INVITATION_LIMIT = 200;
export const MAX_DELAY_DAYS = 365;
/** Characters of a step's description and of its draft. */
export const DESCRIPTION_LIMIT = 1000;
export const DRAFT_LIMIT = 4000;

/** One step of an engagement plan. `delay_days` counts from the plan's start; 0 means now. */
export const planStepSchema = z
  .object({
    /** The step's number in its plan, from 1. */
    step_id: z.number().int().min(1),
    action_type: actionTypeSchema,
    description: z.string().trim().min(1).max(DESCRIPTION_LIMIT),
    suggested_text: z.string().trim().min(1).max(DRAFT_LIMIT).nullable(),
    /** When, in words, as the planner wrote it. */
    timing: z.string(),
    delay_days: z.number().int().min(0).max(MAX_DELAY_DAYS),
  })
  .refine(
    (step) =>
      step.action_type !== 'linkedin_connect' ||
      Array.from(step.suggested_text ?? '').length < INVITATION_LIMIT,
    {
      message: `A LinkedIn invitation must be under ${String(INVITATION_LIMIT)} characters.`,
      path: ['suggested_text'],
    },
  );
export type PlanStep = z.infer<typeof planStepSchema>;

/** Steps in order: numbered from 1, `delay_days` never decreasing. */
export const planStepsSchema = z
  .array(planStepSchema)
  .min(MIN_STEPS)
  .max(MAX_STEPS)
  .refine((steps) => steps.every((step, index) => step.step_id === index + 1), {
    message: 'Steps are numbered from 1.',
  })
  .refine((steps) => steps.every((step, index) => step.delay_days >= (steps[index - 1]?.delay_days ?? 0)), {
    message: 'delay_days may not decrease from one step to the next.',
  });

export const planSourceSchema = z.enum(['template', 'model', 'manual']);
export const paceSchema = z.enum(['fixed_dates', 'after_previous']);

/** What is known of the relation to the lead; decides which template plan fits. */
export const situationSchema = z.enum([
  'cold',
  'warm_intro',
  'after_call',
  'after_meeting',
  'proposal_sent',
  'gone_quiet',
]);
export type Situation = z.infer<typeof situationSchema>;

/** What `create_lead` and `propose_plan` take. */
export const newPlanSchema = z.object({
  source: planSourceSchema,
  situation: situationSchema.nullable(),
  language: z.string(),
  pace: paceSchema,
  prompt_version: z.string().nullable(),
  steps: planStepsSchema,
});
export type NewPlan = z.infer<typeof newPlanSchema>;

export const planStatusSchema = z.enum(['draft', 'active', 'replaced', 'discarded']);

/** A row of `engagement_plans` as its owner may read it. */
export const planRowSchema = z.object({
  id: z.number().int().positive(),
  lead_id: z.number().int().positive(),
  telegram_id: z.number().int().positive(),
  status: planStatusSchema,
  source: planSourceSchema,
  situation: z.string().nullable(),
  language: z.string(),
  pace: paceSchema,
  prompt_version: z.string().nullable(),
  /** Raised by every change of its steps or pace. */
  version: z.number().int().min(1),
  created_at: instantSchema,
  accepted_at: instantSchema.nullable(),
  ended_at: instantSchema.nullable(),
});
export type PlanRow = z.infer<typeof planRowSchema>;

/** A row of `outreach_steps` as its owner may read it. */
export const stepRowSchema = z.object({
  id: z.number().int().positive(),
  plan_id: z.number().int().positive(),
  lead_id: z.number().int().positive(),
  telegram_id: z.number().int().positive(),
  step_id: z.number().int().min(1),
  action_type: actionTypeSchema,
  description: z.string(),
  suggested_text: z.string().nullable(),
  timing: z.string().nullable(),
  delay_days: z.number().int().min(0),
  scheduled_at: instantSchema.nullable(),
  triggered_by: z.string().nullable(),
  next_step_ready_at: instantSchema.nullable(),
});
export type StepRow = z.infer<typeof stepRowSchema>;
