import { z } from 'zod';
import { instantSchema } from './instant.ts';

/** A morning's summary for one person, as `claim_digests` hands it out. */
export const claimedDigestSchema = z.object({
  telegram_id: z.number().int(),
  /** The person's local date. */
  on_date: z.iso.date(),
  language: z.string(),
  zone: z.string(),
  /** Product time at the claim. */
  product_now: instantSchema,
  /** The person was away for two weeks: the last one until they are back. */
  is_farewell: z.boolean(),
  /** A worker died with it: the first one of this day may have arrived. */
  in_doubt: z.boolean(),
  retries: z.number().int(),
  /** Milliseconds from the answer until the send slot starts. */
  slot_in_ms: z.number().int().nonnegative(),
  facts: z.object({
    /** Open and wanted before today. */
    late: z.number().int(),
    /** Open and wanted today. */
    today: z.number().int(),
    /** Of yesterday. */
    done: z.number().int(),
    skipped: z.number().int(),
    /** The first few that are open: late ones first. */
    lines: z.array(
      z.object({
        id: z.number().int(),
        lead_name: z.string().nullable(),
        text: z.string(),
        wanted_at: instantSchema,
        late: z.boolean(),
      }),
    ),
  }),
});
export type ClaimedDigest = z.infer<typeof claimedDigestSchema>;
