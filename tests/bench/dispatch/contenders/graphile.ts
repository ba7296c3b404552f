/** graphile-worker, tuned: a local queue of 500, completions in batches, polled often for what falls due. */
import { Logger, runTaskList } from 'graphile-worker';
import type { WorkerPool } from 'graphile-worker';
import pg from 'pg';
import { z } from 'zod';
import type { Contender, Send, Setup } from '../contender.ts';

export const TASK = 'message';
const LOCAL_QUEUE = 500;
const BATCH_DELAY_MS = 5;
const POLL_MS = 100;

const payloadSchema = z.object({ body: z.string() });

export function createGraphile({ connectionString, inFlight }: Setup, send: Send): Contender {
  const pool = new pg.Pool({ connectionString, max: 10 });
  pool.on('error', () => undefined);
  const start = (onSent: () => void): WorkerPool =>
    runTaskList(
      {
        preset: {
          worker: {
            concurrentJobs: inFlight,
            localQueue: { size: LOCAL_QUEUE },
            completeJobBatchDelay: BATCH_DELAY_MS,
            failJobBatchDelay: BATCH_DELAY_MS,
            pollInterval: POLL_MS,
            logger: new Logger(() => () => undefined),
          },
        },
        noHandleSignals: true,
      },
      {
        async [TASK](payload) {
          await send(payloadSchema.parse(payload).body);
          onSent();
        },
      },
      pool,
    );
  return {
    async deliver(count) {
      const all = Promise.withResolvers<undefined>();
      let sent = 0;
      const workers = start(() => {
        sent += 1;
        if (sent === count) all.resolve(undefined);
      });
      await all.promise;
      // Writes the last completions back.
      await workers.gracefulShutdown();
    },
    async watch(signal) {
      const workers = start(() => undefined);
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      await workers.gracefulShutdown();
    },
    close: () => pool.end(),
  };
}
