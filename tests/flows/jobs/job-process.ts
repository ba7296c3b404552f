/**
 * A job worker as a process of its own, for tests that kill it: `node job-process.ts <connection string> [pg-boss]`. Its handler
 * "write" takes a moment and then writes one line per run into the table `job_marks` of the test.
 */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { z } from 'zod';
import { createGateway } from '../../../bot/gateway/create-gateway.ts';
import { listen } from '../../../bot/gateway/listen.ts';
import { startJobWorker } from '../../../bot/jobs/job-worker.ts';
import { createPulses } from '../../../bot/jobs/pulses.ts';
import { createRegistry } from '../../../bot/jobs/registry.ts';
import { machineClock } from '../../../bot/machine.ts';
import { createStores } from '../../../bot/store/create-stores.ts';
import { openPgBossCarrier } from '../../../bot/store/pg-boss-carrier.ts';

const connectionString = process.argv[2] ?? '';
const log = { debug: mute, info: mute, warn: mute, error: mute, fatal: mute };
const keys = {
  jwtSecret: 'job-process-secret-job-process-secret',
  apiKey: 'ik_job-process',
  anonKey: 'anon_job-process',
};
const gateway = createGateway({ connectionString, log, ...keys });
const stores = createStores({
  url: 'http://gateway.internal',
  apiKey: keys.apiKey,
  fetch: gateway.fetch,
  mintToken: () => Promise.reject(new Error('A job worker acts for nobody.')),
  machineNow: () => Date.now(),
  worker: randomUUID(),
  soleReader: true,
});
const carrier = process.argv[3] === 'pg-boss' ? await openPgBossCarrier(connectionString, log) : null;
const marks = new pg.Pool({ connectionString, max: 4 });
const worker = startJobWorker({
  store: stores.executions,
  handlers: createRegistry([
    {
      name: 'write',
      type: 'function',
      payload: z.object({ takes_ms: z.number().default(0) }),
      run: async (payload, { executionId, attempt, signal }) => {
        const { takes_ms: takesMs } = payload as { takes_ms: number };
        if (takesMs > 0) await machineClock.sleep(takesMs, signal);
        signal.throwIfAborted();
        await marks.query('insert into public.job_marks (execution_id, attempt) values ($1, $2)', [
          executionId,
          attempt,
        ]);
      },
    },
  ]),
  model: null,
  clock: machineClock,
  random: Math.random,
  worker: `process-${String(process.pid)}-${randomUUID()}`,
  newToken: randomUUID,
  concurrency: 8,
  pulses: createPulses(),
  carrier,
  log,
});
const listener = listen(connectionString, 'nudge_due', () => worker.wake(), log);
process.once('SIGTERM', () => {
  void (async () => {
    await listener.close();
    await worker.stop();
    await carrier?.close();
    await marks.end();
    await gateway.close();
  })();
});
process.stdout.write('ready\n');

function mute(): void {
  // A worker that is killed on purpose has nothing to say.
}
