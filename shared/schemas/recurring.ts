import { z } from 'zod';
import { instantSchema } from './instant.ts';
import { timeOfDaySchema } from './user.ts';

/** RFC 5545 over local dates: parts we make ourselves and no others, without DTSTART. SQL checks the same. */
export const recurrenceRuleSchema = z
  .string()
  .max(200)
  .regex(
    /^FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)(;(INTERVAL|COUNT|UNTIL|BYMONTH|BYMONTHDAY|BYDAY|BYSETPOS)=[0-9A-Z,-]+)*$/,
  );

/** `active`: comes again and again. `paused`: until the person resumes it. `ended`: for good, kept for the history. */
const recurringStatusSchema = z.enum(['active', 'paused', 'ended']);

/** A row of `recurring_reminders` as its owner may read it. */
export const recurringRowSchema = z.object({
  id: z.number().int().positive(),
  telegram_id: z.number().int().positive(),
  lead_id: z.number().int().nullable(),
  title: z.string(),
  rule: recurrenceRuleSchema,
  /** From which intervals and COUNT are counted. */
  starts_on: z.iso.date(),
  /** On the person's own clock, wherever they are. */
  clock: timeOfDaySchema,
  status: recurringStatusSchema,
  /** Its newest occurrence; null = none was made yet. */
  reminder_id: z.number().int().nullable(),
  /** When the occurrence after the one that waits comes; null = there is none, or it is not worked out yet. */
  next_at: instantSchema.nullable(),
  created_at: instantSchema,
  updated_at: instantSchema,
});
/** The columns of a row, in the order of a `select`. */
export const RECURRING_COLUMNS = Object.keys(recurringRowSchema.shape).join(',');
export type RecurringRow = z.infer<typeof recurringRowSchema>;
