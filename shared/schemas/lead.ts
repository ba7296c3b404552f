import { z } from 'zod';
import { instantSchema } from './instant.ts';

export const leadStatusSchema = z.enum([
  'new',
  'reached_out',
  'in_progress',
  'meeting_booked',
  'closed_won',
  'closed_lost',
]);
export type LeadStatus = z.infer<typeof leadStatusSchema>;

/** Ways to reach a lead, each list without duplicates. Phones in E.164, handles without `@`. */
export const contactsSchema = z.object({
  emails: z.array(z.string()).default([]),
  phones: z.array(z.string()).default([]),
  links: z.array(z.string()).default([]),
  handles: z.array(z.string()).default([]),
});

/** The most code points of `leads.notes`; what is longer is cut there and the person is told. */
export const NOTES_LIMIT = 4000;

/** What is known of a lead before it is stored. */
export const newLeadSchema = z.object({
  name: z.string().trim().min(1).max(200),
  company: z.string().max(200).nullable(),
  title: z.string().max(200).nullable(),
  contacts: contactsSchema,
  notes: z.string().max(NOTES_LIMIT).nullable(),
  /** IANA zone of the lead, when the text gives it away. */
  zone: z.string().nullable(),
  /** BCP 47 language the lead is likely to be written to in. */
  language: z.string().nullable(),
});
export type NewLead = z.infer<typeof newLeadSchema>;

/** A row of `leads` as its owner may read it. */
export const leadRowSchema = newLeadSchema.extend({
  id: z.number().int().positive(),
  telegram_id: z.number().int().positive(),
  status: leadStatusSchema,
  deleted_at: instantSchema.nullable(),
  /** Since when its reminders wait because it answered. */
  paused_at: instantSchema.nullish(),
  created_at: instantSchema,
  updated_at: instantSchema,
});
export type LeadRow = z.infer<typeof leadRowSchema>;
