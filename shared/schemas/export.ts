import { z } from 'zod';
import { leadRowSchema } from './lead.ts';
import { reminderRowSchema } from './reminder.ts';
import { userRowSchema } from './user.ts';

/** What `export_my_data` answers: everything of one person. Columns beyond those named go into the file as they are. */
export const exportedDataSchema = z.object({
  person: z.looseObject(userRowSchema.shape).nullable(),
  leads: z.array(z.looseObject(leadRowSchema.shape)),
  plans: z.array(z.looseObject({ id: z.number() })),
  steps: z.array(z.looseObject({ plan_id: z.number().nullable() })),
  reminders: z.array(z.looseObject(reminderRowSchema.shape)),
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
