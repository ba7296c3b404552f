/** What `my_leads` and `lead_page` answer: the mini-app's two pages about leads, each in one read. */
import { z } from 'zod';
import { instantSchema } from '../schemas/instant.ts';
import { contactsSchema, leadRowSchema, leadStatusSchema } from '../schemas/lead.ts';
import { planRowSchema, stepRowSchema } from '../schemas/plan.ts';
import { reminderRowSchema } from '../schemas/reminder.ts';

/** A lead in the list. */
export const leadLineSchema = leadRowSchema
  .pick({
    id: true,
    name: true,
    company: true,
    title: true,
    notes: true,
    status: true,
    deleted_at: true,
    created_at: true,
    updated_at: true,
  })
  .extend({
    contacts: contactsSchema,
    /** Since when its reminders wait because it answered. */
    paused_at: instantSchema.nullable(),
    /** A proposed plan that nobody answered yet, when no plan is running. */
    draft_plan_id: z.number().int().nullable(),
    /**
     * One letter a step of the running plan: d done, s skipped, o open, c cancelled, f failed, w not begun. Empty = no
     * plan is running.
     */
    marks: z.string().regex(/^[dsocfw]*$/),
    /** The open reminder that is wanted first, of those that do not wait for the lead's answer to be dealt with. */
    next: z
      .object({ id: z.number().int(), wanted_at: instantSchema, title: z.string().nullable() })
      .nullable(),
  });
export type LeadLine = z.infer<typeof leadLineSchema>;

/** One thing that happened with a lead. */
export const activitySchema = z.object({
  key: z.string(),
  /** The RPC's or the event's name: accept_plan, complete, snooze, sent … */
  action: z.string(),
  at: instantSchema,
  actor: z.enum(['person', 'dispatcher', 'operator']),
  undone: z.boolean(),
  /** The lead's new status, for `set_lead_status`. */
  status: leadStatusSchema.nullable().catch(null),
  /** How many reminders it touched; for `sent` how often this one was brought up. */
  reminders: z.number().int().nullable(),
  title: z.string().nullable(),
  step_id: z.number().int().nullable(),
  /** Where it put the reminder. */
  wanted_at: instantSchema.nullable(),
  note: z.string().nullable(),
});
export type Activity = z.infer<typeof activitySchema>;

/** A plan with its steps, as both pages read it. */
const planWithStepsSchema = planRowSchema.extend({
  steps: z.array(stepRowSchema),
  /** Raised by each change; a change names the one it was made on. */
  version: z.number().int().min(1).default(1),
});
export type PlanWithSteps = z.infer<typeof planWithStepsSchema>;

export const leadPageSchema = z.object({
  lead: leadRowSchema.extend({ contacts: contactsSchema }),
  /** At most the running plan and the newest draft. */
  plans: z.array(planWithStepsSchema),
  /** Open ones, and every one of those plans. */
  reminders: z.array(reminderRowSchema),
  activity: z.array(activitySchema),
});
export type LeadPage = z.infer<typeof leadPageSchema>;
