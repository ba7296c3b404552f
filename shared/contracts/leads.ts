import { z } from 'zod';
import { instantSchema } from '../schemas/instant.ts';
import { leadRowSchema, leadStatusSchema, newLeadSchema } from '../schemas/lead.ts';

/** What the person's RPCs about leads take and answer; `answered` as in actions.ts. */
const answered = { action_id: z.string(), replayed: z.boolean() };

/**
 * `update_lead`: absent keys stay, null or nothing but blanks empties a field (never the name), `contacts` replaces all
 * four lists.
 */
export const leadChangeSchema = newLeadSchema.partial();
export type LeadChange = z.infer<typeof leadChangeSchema>;

export const updateLeadAnswerSchema = z.object({
  ...answered,
  /** As it is now. */
  lead: leadRowSchema,
  /** Columns that hold another value than before. */
  changed: z.array(newLeadSchema.keyof()),
});
export type UpdateLeadAnswer = z.infer<typeof updateLeadAnswerSchema>;

/** Positions count from 0 in the list that was sent. */
export const importLeadsAnswerSchema = z.object({
  ...answered,
  created: z.array(z.object({ index: z.number().int(), lead_id: z.number().int() })),
  /** Left out, because they may be there already. */
  alike: z.array(z.number().int()),
  /** Left out, because there can be no more leads. */
  over_limit: z.number().int(),
});
export type ImportLeadsAnswer = z.infer<typeof importLeadsAnswerSchema>;

export const addNoteAnswerSchema = z.object({ ...answered, lead: leadRowSchema });
export type AddNoteAnswer = z.infer<typeof addNoteAnswerSchema>;

export const deleteLeadAnswerSchema = z.object({
  ...answered,
  lead_id: z.number().int(),
  /** It was in the bin before. */
  already: z.boolean(),
  /** Open reminders that ended with it. */
  ended: z.number().int(),
  restorable_until: instantSchema,
});
export type DeleteLeadAnswer = z.infer<typeof deleteLeadAnswerSchema>;

export const restoreLeadAnswerSchema = z.object({
  ...answered,
  lead: leadRowSchema,
  /** It was not in the bin. */
  already: z.boolean(),
  /** Reminders that came back with it. */
  restored: z.number().int(),
});
export type RestoreLeadAnswer = z.infer<typeof restoreLeadAnswerSchema>;

export const pauseLeadAnswerSchema = z.object({
  ...answered,
  lead: leadRowSchema,
  /** Open reminders of the lead that wait now, those of an earlier pause too. */
  waiting: z.number().int(),
  /** The whole answer fitted under the notes. */
  notes_fit: z.boolean(),
});
export type PauseLeadAnswer = z.infer<typeof pauseLeadAnswerSchema>;

export const resumeLeadAnswerSchema = z.object({
  ...answered,
  lead: leadRowSchema,
  /** It was not paused. */
  already: z.boolean(),
  resumed: z.number().int(),
});
export type ResumeLeadAnswer = z.infer<typeof resumeLeadAnswerSchema>;

/** What two leads have in common: `page` is a profile page, `who` the same name at the same company. */
export const sameSchema = z.enum(['email', 'phone', 'handle', 'page', 'who']);

/** `find_duplicate_leads`: those with the most in common first, five at most. */
export const duplicateLeadsSchema = z.array(
  z.object({
    lead_id: z.number().int(),
    name: z.string(),
    company: z.string().nullable(),
    status: leadStatusSchema,
    same: z.array(sameSchema),
  }),
);
export type DuplicateLeads = z.infer<typeof duplicateLeadsSchema>;

/** A person read out of a text who is not stored yet: the sender has to choose first. */
export const trayEntrySchema = z.object({
  /** What was written about this person. */
  text: z.string(),
  lead: newLeadSchema,
  /** Fields that were inferred and not written as such. */
  guessed: z.array(z.string()).default([]),
  /** Once this person became a lead. */
  lead_id: z.number().int().optional(),
  plan_id: z.number().int().nullish(),
});
export type TrayEntry = z.infer<typeof trayEntrySchema>;

export const fillTrayAnswerSchema = z.object({ ...answered, tray_id: z.number().int() });
export type FillTrayAnswer = z.infer<typeof fillTrayAnswerSchema>;

/** A row of `lead_trays` as its owner may read it. */
export const trayRowSchema = z.object({ id: z.number().int(), entries: z.array(trayEntrySchema) });

/** `take_from_tray` */
export const takeFromTrayAnswerSchema = z.object({
  ...answered,
  lead_id: z.number().int(),
  plan_id: z.number().int().nullable(),
  /** This person had become a lead before. */
  already: z.boolean(),
});
export type TakeFromTrayAnswer = z.infer<typeof takeFromTrayAnswerSchema>;
