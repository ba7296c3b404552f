import { z } from 'zod';
import { instantSchema } from './instant.ts';

export const reminderStatusSchema = z.enum([
  'pending',
  'sent',
  'completed',
  'skipped',
  'cancelled',
  'failed',
]);
export type ReminderStatus = z.infer<typeof reminderStatusSchema>;

export const dueReasonSchema = z.enum([
  'plan',
  'snooze',
  'escalation',
  'window',
  'retry',
  'parked',
  'trigger',
]);

/** The columns of `scheduled_reminders` its owner may read, in the order of a `select`. */
export const REMINDER_COLUMNS =
  'id,lead_id,telegram_id,step_id,due_at,status,snooze_count,reminder_count,last_reminded_at,draft_text,completed_at,' +
  'created_at,updated_at,plan_id,delay_days,wanted_at,first_due_at,due_reason,level,exact,title';

/** A row of `scheduled_reminders` as its owner may read it. Screens show `wanted_at`, never `due_at`. */
export const reminderRowSchema = z.object({
  id: z.number().int().positive(),
  lead_id: z.number().int().nullable(),
  telegram_id: z.number().int(),
  step_id: z.number().int().nullable(),
  due_at: instantSchema,
  status: reminderStatusSchema,
  snooze_count: z.number().int(),
  reminder_count: z.number().int(),
  last_reminded_at: instantSchema.nullable(),
  draft_text: z.string().nullable(),
  completed_at: instantSchema.nullable(),
  created_at: instantSchema,
  updated_at: instantSchema,
  plan_id: z.number().int().nullable(),
  delay_days: z.number().int().nullable(),
  wanted_at: instantSchema,
  first_due_at: instantSchema,
  due_reason: dueReasonSchema,
  level: z.number().int().min(0).max(3),
  exact: z.boolean(),
  title: z.string().nullable(),
});
export type ReminderRow = z.infer<typeof reminderRowSchema>;

/** One row of a claim's answer: all a message needs, in one go (`claimed_batch` in the migrations). */
export const claimedReminderSchema = z.object({
  id: z.number().int(),
  telegram_id: z.number().int(),
  lead_id: z.number().int().nullable(),
  step_id: z.number().int().nullable(),
  wanted_at: instantSchema,
  draft_text: z.string().nullable(),
  title: z.string().nullable(),
  retries: z.number().int(),
  /** An earlier send of this row may have arrived: the card says so. */
  in_doubt: z.boolean(),
  /** The reminder's newest card so far; it loses its buttons when the next one arrives. */
  message_id: z.number().int().nullable(),
  /** `list`: all rows of this person with the same position go as one message. */
  kind: z.enum(['card', 'list']),
  /** How often it was brought up before, without an answer. */
  level: z.number().int(),
  position: z.number().int(),
  /** Milliseconds from the answer until the send slot starts; negative = it is past, the answer is a repeated one. */
  slot_in_ms: z.number().int(),
  /** The slot's start by the database's machine clock, in milliseconds since 1970. */
  slot_at_ms: z.number().int(),
  lead_name: z.string().nullable(),
  lead_company: z.string().nullable(),
  description: z.string().nullable(),
  language: z.string(),
  zone: z.string(),
  /** Product time at the claim. */
  product_now: instantSchema,
});
export type ClaimedReminder = z.infer<typeof claimedReminderSchema>;
