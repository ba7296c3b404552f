/** Leads out of a table: a spreadsheet's CSV, as a file or pasted. */
import { z } from 'zod';

/** A thousand rows with long notes have about so much. */
export const TABLE_LIMIT_BYTES = 1024 * 1024;

/** `POST /api/leads/import`: looks first (`dry_run`), then stores; sent twice with the same id it stores once. */
export const importTableRequestSchema = z.object({
  /** Room is left for the parts of a long import. */
  action_id: z.string().min(1).max(80),
  /** The file's bytes: which alphabet they are in is found out by the server. */
  file: z.base64().max(Math.ceil(TABLE_LIMIT_BYTES / 3) * 4),
  dry_run: z.boolean(),
});

/** Why a file is no table of leads. */
export const noTableReasonSchema = z.enum(['empty', 'no_heading', 'broken', 'too_many']);

export const importTableAnswerSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('read'),
    /** New leads: stored, or what would be. */
    created: z.number().int(),
    /** Left out, because they may be there already. */
    alike: z.number().int(),
    /** Left out, because there can be no more leads. */
    over_limit: z.number().int(),
    /** Rows that say the same as one above. */
    repeated: z.number().int(),
    /** Numbers of the file's lines that name nobody. */
    nameless: z.array(z.number().int()),
    /** Headings of columns that go into the notes. */
    unknown: z.array(z.string()),
  }),
  /** There are rows, and none of them names anybody. */
  z.object({ kind: z.literal('nobody') }),
  z.object({ kind: z.literal('no_table'), reason: noTableReasonSchema }),
]);
export type ImportTableAnswer = z.infer<typeof importTableAnswerSchema>;
