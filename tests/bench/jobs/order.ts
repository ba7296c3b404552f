/** What the bench says to a worker's process and hears from it. */
import { z } from 'zod';

export const workerSetupSchema = z.object({
  name: z.enum(['nudge', 'pg-boss', 'graphile']),
  connectionString: z.string(),
  /** Handlers at work at the same time. */
  inFlight: z.number().int().positive(),
});
export type WorkerSetup = z.infer<typeof workerSetupSchema>;
export type WorkerName = WorkerSetup['name'];

export const workerOrderSchema = z.discriminatedUnion('order', [
  /** Run so many executions that wait, and write back what became of them. */
  z.object({ order: z.literal('run'), count: z.number().int() }),
  /** Run whatever falls due, until asked how late it was. */
  z.object({ order: z.literal('watch') }),
  z.object({ order: z.literal('tell-lateness') }),
  /** Nudge alone: the product's own jobs and nothing else, for so long. */
  z.object({ order: z.literal('idle'), seconds: z.number() }),
  z.object({ order: z.literal('stop') }),
]);
export type WorkerOrder = z.infer<typeof workerOrderSchema>;

/** Milliseconds from the due instant to the start of each handler. */
export const latenessSchema = z.array(z.number());
