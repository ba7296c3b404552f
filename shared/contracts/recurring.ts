import { z } from 'zod';
import { recurringRowSchema } from '../schemas/recurring.ts';

/** create_, change_, pause_, resume_ and end_recurring_reminder: the rule as it is afterwards. */
export const recurringAnswerSchema = z.object({
  action_id: z.string(),
  replayed: z.boolean(),
  recurring: recurringRowSchema,
  /** It already was so; nothing changed. */
  already: z.boolean().default(false),
});
export type RecurringAnswer = z.infer<typeof recurringAnswerSchema>;
