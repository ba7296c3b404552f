import { z } from 'zod';

/** A question that waits for its answer, as it is kept. */
export const openedFormSchema = z.object({
  /** The update that opened it: tells one asking from the next. */
  id: z.number().int(),
  kind: z.string(),
  args: z.unknown(),
  /** The message that asks. */
  messageId: z.number().int(),
  /** Product time. */
  openedAt: z.string(),
});

export type OpenedForm = z.infer<typeof openedFormSchema>;
