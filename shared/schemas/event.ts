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
