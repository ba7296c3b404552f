import { z } from 'zod';
import { leadRowSchema } from './lead.ts';
import { recurringRowSchema } from './recurring.ts';
import { reminderRowSchema } from './reminder.ts';
import { userRowSchema } from './user.ts';

/** What `export_my_data` answers: everything of one person. Columns beyond those named go into the file as they are. */
export const exportedDataSchema = z.object({
  person: z.looseObject(userRowSchema.shape).nullable(),
  leads: z.array(z.looseObject(leadRowSchema.shape)),
  plans: z.array(z.looseObject({ id: z.number() })),
  steps: z.array(z.looseObject({ plan_id: z.number().nullable() })),
  reminders: z.array(z.looseObject(reminderRowSchema.shape)),
  /** Rules of what repeats, and which reminder stands for which of their dates. */
  recurring: z.array(z.looseObject(recurringRowSchema.shape)).default([]),
  occurrences: z.array(z.looseObject({ recurring_id: z.number(), reminder_id: z.number() })).default([]),
  /** Morning summaries that were sent. */
  digests: z.array(z.looseObject({ on_date: z.string() })).default([]),
  events: z.array(z.looseObject({ id: z.number() })),
  /** Earlier states of plans. */
  versions: z.array(z.looseObject({ plan_id: z.number(), version: z.number() })),
  /** Plans asked for in the background. */
  runs: z.array(z.looseObject({ id: z.number() })),
  /** What was sent to the chat. */
  deliveries: z.array(z.looseObject({ reminder_id: z.number() })),
  /** What the person did, as Undo remembers it. */
  actions: z.array(z.looseObject({ action_id: z.string() })),
});
export type ExportedData = z.infer<typeof exportedDataSchema>;

/** A backup: one person's export, or everybody's. */
export const backupSchema = z.union([
  z.object({ exported_at: z.string(), people: z.array(exportedDataSchema) }),
  exportedDataSchema.transform((data) => ({ people: [data] })),
]);
