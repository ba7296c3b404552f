/** Puts the job scheduler together: the product's own jobs in the table, and a worker that runs whatever is due. */
import { randomUUID } from 'node:crypto';
import { startJobWorker } from './jobs/job-worker.ts';
import type { JobWorker } from './jobs/job-worker.ts';
import { registerOwnJobs, retentionJob, sweepJob, watchdogJob } from './jobs/own-jobs.ts';
import type { Pulses } from './jobs/pulses.ts';
import { createRegistry } from './jobs/registry.ts';
import type { Log } from './logging.ts';
import { machineClock } from './machine.ts';
import type { Stores } from './store/create-stores.ts';
import type { JobCarrier } from './usecases/carrier-ports.ts';
import { createScheduler } from './usecases/create-scheduler.ts';
import type { HandlerRegistry, OwnJob } from './usecases/job-ports.ts';
import type { LanguageModel } from './usecases/model-ports.ts';
import type { DispatchStore } from './usecases/ports.ts';

/** Handlers at work at the same time in one process: most of them wait for the database or the network. */
const JOBS_AT_ONCE = 16;

export interface JobParts {
  readonly stores: Pick<Stores, 'admin' | 'executions' | 'jobs' | 'retention'>;
  /** Sweeps dead dispatchers' leases. */
  readonly sweep: DispatchStore['sweep'];
  readonly model: LanguageModel | null;
  /** Jobs of the product's other parts. */
  readonly further: readonly OwnJob[];
  readonly pulses: Pulses;
  /** The database in which pg-boss carries executions; null = each worker claims for itself. */
  readonly pgBossIn: string | null;
  /** Names this process in leases. */
  readonly workerName: string;
  readonly log: Log;
}

/**
 * Starts it.
 * @throws Error with a clear sentence when pg-boss was chosen and cannot prepare its schema.
 */
export async function startJobs(parts: JobParts): Promise<JobWorker> {
  const { stores, model, pulses, workerName, log } = parts;
  const watched = createSchedulerOf(stores, createRegistry([]));
  const own = [
    sweepJob(parts, log),
    retentionJob(stores.retention),
    watchdogJob({
      healthCheck: () => watched.healthCheck(),
      oldestDueMs: () => stores.admin.oldestDueMs(),
      log,
    }),
    ...parts.further,
  ];
  const handlers = createRegistry(own.map(({ handler }) => handler));
  await registerOwnJobs(createSchedulerOf(stores, handlers), stores.jobs, own);
  const carrier = await openCarrier(parts);
  const worker = startJobWorker({
    store: stores.executions,
    handlers,
    model,
    clock: machineClock,
    random: Math.random,
    worker: workerName,
    newToken: randomUUID,
    concurrency: JOBS_AT_ONCE,
    pulses,
    carrier,
    log,
  });
  return {
    wake: () => worker.wake(),
    async stop() {
      await worker.stop();
      await carrier?.close();
    },
  };
}

/** Loaded only where it is chosen: who does not use pg-boss does not pay for it. */
async function openCarrier({ pgBossIn, log }: JobParts): Promise<JobCarrier | null> {
  if (pgBossIn === null) return null;
  const { openPgBossCarrier } = await import('./store/pg-boss-carrier.ts');
  return await openPgBossCarrier(pgBossIn, log);
}

function createSchedulerOf(stores: Pick<Stores, 'admin' | 'jobs'>, handlers: HandlerRegistry) {
  return createScheduler({
    store: stores.jobs,
    handlers,
    productNow: () => stores.admin.now(),
    newId: randomUUID,
  });
}
