import { z } from 'zod';

/** `POST /api/events`: something happened to a lead that makes its next step due early. */
export const engagementEventSchema = z.object({
  type: z.literal('engagement'),
  /** Whose lead; with a person's token it must be their own id or absent. */
  telegram_id: z.number().int().positive().optional(),
  lead_id: z.number().int().positive(),
  /** interested_reply, pdf_download, wizard_step3, or any other word. */
  trigger: z.string().regex(/^[a-z0-9_]{1,64}$/),
  /** Makes a repeated call harmless. */
  idempotency_key: z.string().min(1).max(80),
});

export const eventAnswerSchema = z.object({
  lead_id: z.number().int(),
  /** The step made ready; null = the lead has no unsent step. */
  step_id: z.number().int().nullable(),
  replayed: z.boolean(),
});
