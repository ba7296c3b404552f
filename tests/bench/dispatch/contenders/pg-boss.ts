/** pg-boss, tuned: batches of 500 with a result per job, fetched without a pause while they come full. */
import { PgBoss } from 'pg-boss';
import type { Contender, Send, Setup } from '../contender.ts';

export const QUEUE = 'messages';
const BATCH = 500;
/** Two loops, so that one fetches while the other sends. */
const LOOPS = 2;
/** The shortest it takes. */
const POLL_SECONDS = 0.5;

export async function createPgBoss({ connectionString }: Setup, send: Send): Promise<Contender> {
  const boss = new PgBoss({ connectionString, supervise: false, schedule: false, migrate: false });
  boss.on('error', (error) => {
    throw error;
  });
  await boss.start();
  const work = async (onSent: () => void): Promise<void> => {
    const options = {
      batchSize: BATCH,
      localConcurrency: LOOPS,
      perJobResults: true,
      burstWhenBatchFull: true,
      pollingIntervalSeconds: POLL_SECONDS,
    } as const;
    await boss.work<{ body: string }, unknown, typeof options>(QUEUE, options, (jobs) =>
      Promise.all(
        jobs.map(async (job) => {
          await send(job.data.body);
          onSent();
          return { id: job.id, status: 'completed' as const };
        }),
      ),
    );
  };
  return {
    async deliver(count) {
      const all = Promise.withResolvers<undefined>();
      let sent = 0;
      await work(() => {
        sent += 1;
        if (sent === count) all.resolve(undefined);
      });
      await all.promise;
      // Waits until the last batch is written back.
      await boss.offWork(QUEUE);
    },
    async watch(signal) {
      await work(() => undefined);
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      await boss.offWork(QUEUE);
    },
    close: () => boss.stop({ graceful: false }),
  };
}
