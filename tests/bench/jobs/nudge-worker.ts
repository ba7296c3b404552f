/** The product's own job worker, put together as bot/start-jobs.ts does. */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { startJobWorker } from '../../../bot/jobs/job-worker.ts';
import type { JobWorker } from '../../../bot/jobs/job-worker.ts';
import { createPulses } from '../../../bot/jobs/pulses.ts';
import { createRegistry } from '../../../bot/jobs/registry.ts';
import { createLog } from '../../../bot/logging.ts';
import { machineClock } from '../../../bot/machine.ts';
import { openDatabase } from '../../../bot/open-database.ts';
import { openStores } from '../../../bot/open-stores.ts';
import { startJobs } from '../../../bot/start-jobs.ts';
import type { Contender, Send } from '../dispatch/contender.ts';
import type { WorkerSetup } from './order.ts';

const payloadSchema = z.object({ body: z.string().optional() });

export interface NudgeWorker extends Contender {
  /** Runs the product's own jobs and nothing else. */
  idle(seconds: number): Promise<void>;
}

/** @param run what an execution does; it gets the text of its payload. */
export async function createNudgeWorker(setup: WorkerSetup, run: Send): Promise<NudgeWorker> {
  const log = createLog('warn');
  const database = await openDatabase(
    { kind: 'postgres', connectionString: setup.connectionString, jwtSecret: 'x'.repeat(32) },
    'worker',
    log,
  );
  const stores = openStores(database, { worker: randomUUID(), soleReader: true });
  const workers = new Set<JobWorker>();
  database.onNewReminders(() => {
    for (const worker of workers) worker.wake();
  });
  const start = (onRun: () => void): JobWorker => {
    const worker = startJobWorker({
      store: stores.executions,
      handlers: createRegistry([
        {
          name: 'bench',
          type: 'function',
          payload: payloadSchema,
          async run(payload) {
            await run(payloadSchema.parse(payload).body ?? '');
            onRun();
            return null;
          },
        },
      ]),
      model: null,
      clock: machineClock,
      random: Math.random,
      worker: randomUUID(),
      newToken: randomUUID,
      concurrency: setup.inFlight,
      pulses: createPulses(),
      carrier: null,
      log,
    });
    workers.add(worker);
    return worker;
  };
  const end = async (worker: JobWorker): Promise<void> => {
    workers.delete(worker);
    await worker.stop();
  };
  return {
    async deliver(count) {
      const all = Promise.withResolvers<undefined>();
      let ran = 0;
      const worker = start(() => {
        ran += 1;
        if (ran === count) all.resolve(undefined);
      });
      await all.promise;
      // Writes the last results back.
      await end(worker);
    },
    async watch(signal) {
      const worker = start(() => undefined);
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      await end(worker);
    },
    async idle(seconds) {
      const worker = await startJobs({
        stores,
        sweep: () => stores.dispatch.sweep(),
        model: null,
        further: [],
        pulses: createPulses(),
        pgBossIn: null,
        workerName: randomUUID(),
        log,
      });
      workers.add(worker);
      await wait(seconds * 1000);
      await end(worker);
    },
    close: () => database.close(),
  };
}
