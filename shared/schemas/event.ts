import { z } from 'zod';
import { instantSchema } from './instant.ts';
import { dueReasonSchema, reminderStatusSchema } from './reminder.ts';

/** What a reminder was before or after an action (`reminder_snapshot` in the migrations). */
export const snapshotSchema = z.object({
  status: reminderStatusSchema,
  due_at: instantSchema,
  wanted_at: instantSchema,
  level: z.number().int(),
  exact: z.boolean(),
  snooze_count: z.number().int(),
  due_reason: dueReasonSchema,
  reminder_count: z.number().int(),
});

/** A row of `reminder_events`: who did what to which reminder, with before and after. */
export const eventRowSchema = z.object({
  id: z.number().int(),
  telegram_id: z.number().int(),
  reminder_id: z.number().int().nullable(),
  lead_id: z.number().int().nullable(),
  plan_id: z.number().int().nullable(),
  action_id: z.string().nullable(),
  action: z.string(),
  actor: z.enum(['person', 'dispatcher', 'operator']),
  source: z.enum(['bot', 'app', 'rest', 'sql', 'events', 'worker']),
  before: snapshotSchema.nullable(),
  after: snapshotSchema.nullable(),
  note: z.string().nullable(),
  at: instantSchema,
});
export type EventRow = z.infer<typeof eventRowSchema>;
