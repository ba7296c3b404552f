/** What the bench says to a contender's process and hears from it. */
import { z } from 'zod';

export const contenderNameSchema = z.enum([
  'ceiling',
  'nudge',
  'pg-boss',
  'graphile',
  'ideal',
  'chunks',
  'one-by-one',
]);
export type ContenderName = z.infer<typeof contenderNameSchema>;

export const setupSchema = z.object({
  name: contenderNameSchema,
  /** PostgreSQL's address; for Nudge in InsForge mode `insforge` is used instead. */
  connectionString: z.string(),
  insforge: z.object({ url: z.string(), apiKey: z.string(), jwtSecret: z.string() }).nullable(),
  sinkUrl: z.string(),
  /** Sends in flight and connections to the sink. */
  inFlight: z.number().int().positive(),
  /** `stored`: the text as it lies in the row. `rendered`: the product's cards. */
  body: z.enum(['stored', 'rendered']),
});
export type Setup = z.infer<typeof setupSchema>;

export const orderSchema = z.discriminatedUnion('order', [
  /** Deliver so many messages that are due now; `sample` is the body the ceiling sends. */
  z.object({ order: z.literal('deliver'), count: z.number().int(), sample: z.string() }),
  /** Deliver whatever falls due, until told to stop. */
  z.object({ order: z.literal('watch') }),
  z.object({ order: z.literal('stop') }),
]);
export type Order = z.infer<typeof orderSchema>;

export const reportSchema = z.object({
  /** Wall time from the order until the last outcome was written back. */
  milliseconds: z.number(),
  cpuSeconds: z.number(),
  /** SQL statements sent, of every connection and role. */
  statements: z.number(),
  /** The process's highest resident memory so far. */
  peakMiB: z.number(),
});
export type Report = z.infer<typeof reportSchema>;

/** One way to bring messages out. */
export interface Contender {
  /** Resolves when `count` messages are sent and their outcomes stored, or when nothing is due any more. */
  deliver(count: number, sample: string): Promise<void>;
  /** Delivers what falls due until the signal aborts. */
  watch(signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

/** Sends one message; rejects unless Telegram took it. */
export type Send = (body: string) => Promise<void>;
