import { z } from 'zod';
import { instantSchema } from '../schemas/instant.ts';
import { snapshotSchema } from '../schemas/event.ts';
import { actionTypeSchema } from '../schemas/plan.ts';
import { leadStatusSchema } from '../schemas/lead.ts';
import { userRowSchema } from '../schemas/user.ts';

/**
 * What the person's RPCs answer. Every action carries an `action_id`; sent again with the same id it changes
 * nothing and answers the same with `replayed: true`. `undo_action` takes that id.
 */
const answered = { action_id: z.string(), replayed: z.boolean() };

const nextStepSchema = z.object({
  id: z.number().int(),
  step_id: z.number().int().nullable(),
  wanted_at: instantSchema,
  description: z.string().nullable(),
  action_type: actionTypeSchema,
});

export const movedSchema = z.object({
  id: z.number().int(),
  step_id: z.number().int().nullable(),
  from: instantSchema,
  to: instantSchema,
});

/** complete_reminder, skip_reminder, cancel_reminder, snooze_reminder, reschedule_reminder, create_reminder */
export const reminderActionAnswerSchema = z.object({
  ...answered,
  reminder: snapshotSchema.extend({
    id: z.number().int(),
    lead_id: z.number().int().nullable(),
    plan_id: z.number().int().nullable(),
    step_id: z.number().int().nullable(),
  }),
  /** What comes next for the same lead. */
  next: nextStepSchema.nullable(),
  /** Later steps that had to follow. */
  moved: z.array(movedSchema),
  /** The reminder already was in that state; nothing changed. */
  already: z.boolean().default(false),
});
export type ReminderActionAnswer = z.infer<typeof reminderActionAnswerSchema>;

export const createLeadAnswerSchema = z.object({
  ...answered,
  lead_id: z.number().int(),
  plan_id: z.number().int().nullable(),
});
export type CreateLeadAnswer = z.infer<typeof createLeadAnswerSchema>;

export const acceptPlanAnswerSchema = z.object({
  ...answered,
  lead_id: z.number().int(),
  plan_id: z.number().int(),
  already: z.boolean(),
  /** Open reminders of an earlier plan that ended. */
  ended: z.number().int().default(0),
  reminders: z.array(z.object({ id: z.number().int(), step_id: z.number().int(), wanted_at: instantSchema })),
});
export type AcceptPlanAnswer = z.infer<typeof acceptPlanAnswerSchema>;

export const discardPlanAnswerSchema = z.object({
  ...answered,
  lead_id: z.number().int(),
  plan_id: z.number().int(),
  already: z.boolean(),
});
export type DiscardPlanAnswer = z.infer<typeof discardPlanAnswerSchema>;

export const leadStatusAnswerSchema = z.object({
  ...answered,
  lead_id: z.number().int(),
  status: leadStatusSchema,
  from: leadStatusSchema,
  ended: z.number().int(),
});
export type LeadStatusAnswer = z.infer<typeof leadStatusAnswerSchema>;

export const settingsAnswerSchema = z.object({ ...answered, user: userRowSchema, moved: z.number().int() });
export type SettingsAnswer = z.infer<typeof settingsAnswerSchema>;

export const undoAnswerSchema = z.object({
  action_id: z.string(),
  /** What was taken back: complete, snooze, accept_plan … */
  action: z.string(),
  already: z.boolean(),
  restored: z.array(z.object({ id: z.number().int(), status: z.string(), wanted_at: instantSchema })),
  /** The next step had already been sent: both stay open. */
  next_stays_open: z.boolean().default(false),
});
export type UndoAnswer = z.infer<typeof undoAnswerSchema>;

/** The plan's dates as the planner computed them, for `accept_plan`. */
export const planScheduleSchema = z.array(z.object({ step_id: z.number().int(), wanted_at: instantSchema }));
export type PlanSchedule = z.infer<typeof planScheduleSchema>;
