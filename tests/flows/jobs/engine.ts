/** A scheduler with its workers over a database of the test's own, and a way to wait for what happens in it. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { expect } from 'vitest';
import type { JobRow } from '../../../shared/schemas/job.ts';
import type { ExecutionWithLogs } from '../../../shared/contracts/jobs.ts';
import { listen } from '../../../bot/gateway/listen.ts';
import type { Listener } from '../../../bot/gateway/listen.ts';
import { startJobWorker } from '../../../bot/jobs/job-worker.ts';
import type { JobWorker } from '../../../bot/jobs/job-worker.ts';
import { createPulses } from '../../../bot/jobs/pulses.ts';
import { createRegistry } from '../../../bot/jobs/registry.ts';
import { machineClock } from '../../../bot/machine.ts';
import { createStores } from '../../../bot/store/create-stores.ts';
import type { Stores } from '../../../bot/store/create-stores.ts';
import { openPgBossCarrier } from '../../../bot/store/pg-boss-carrier.ts';
import type { JobCarrier } from '../../../bot/usecases/carrier-ports.ts';
import { createScheduler } from '../../../bot/usecases/create-scheduler.ts';
import type { FunctionHandler, JobContext, JobHandler, Scheduler } from '../../../bot/usecases/job-ports.ts';
import type { LanguageModel } from '../../../bot/usecases/model-ports.ts';
import { createTestDatabase, GATEWAY_URL, signToken, TEST_KEYS } from '../../support/database.ts';
import type { TestDatabase } from '../../support/database.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { recorder } from '../bot/record-log.ts';

export interface Engine {
  readonly name: string;
  readonly db: TestDatabase;
  readonly stores: Stores;
  readonly scheduler: Scheduler;
  /** Starts a further worker; `close` stops those that are left. */
  start(options?: { readonly concurrency?: number }): Promise<EngineWorker>;
  /** Schedules a one-time job of this handler for now, and waits for its execution to be there. */
  once(
    handlerName: string,
    more?: Record<string, unknown>,
  ): Promise<{ readonly job: JobRow; readonly executionId: string }>;
  /** Waits until the execution satisfies this. */
  until(
    executionId: string,
    found: (execution: ExecutionWithLogs) => boolean,
    timeoutMs?: number,
  ): Promise<ExecutionWithLogs>;
  /** Waits for the end of an execution, whatever it is. */
  ended(executionId: string): Promise<ExecutionWithLogs>;
  close(): Promise<void>;
}

export interface EngineWorker {
  readonly worker: Pick<JobWorker, 'stop' | 'wake'>;
}

/** How an engine puts a worker together: the one thing in which engines differ. */
export type StartEngineWorker = (parts: {
  readonly db: TestDatabase;
  readonly stores: Stores;
  readonly handlers: readonly JobHandler[];
  readonly model: LanguageModel | null;
  readonly concurrency: number;
}) => Promise<Pick<JobWorker, 'stop' | 'wake'>>;

/** The product's own engine: claims straight from the table. */
export const startClaimingWorker: StartEngineWorker = async (parts) => startWorkerOver(parts, null);

/** The other one: pg-boss carries executions. */
export const startPgBossWorker: StartEngineWorker = async (parts) => {
  const carrier = await openPgBossCarrier(parts.db.url, recorder([]));
  const worker = startWorkerOver(parts, carrier);
  return {
    wake: () => worker.wake(),
    async stop() {
      await worker.stop();
      await carrier.close();
    },
  };
};

function startWorkerOver(
  { stores, handlers, model, concurrency }: Parameters<StartEngineWorker>[0],
  carrier: JobCarrier | null,
): JobWorker {
  return startJobWorker({
    store: stores.executions,
    handlers: createRegistry(handlers),
    model,
    clock: machineClock,
    random: () => 0.5,
    worker: `worker-${randomUUID()}`,
    newToken: randomUUID,
    concurrency,
    pulses: createPulses(),
    carrier,
    log: recorder([]),
  });
}

/** Opens an engine of this kind over a fresh database. */
export async function openEngine(
  name: string,
  startWorker: StartEngineWorker,
  handlers: readonly JobHandler[],
  model: LanguageModel | null = null,
): Promise<Engine> {
  const db = await createTestDatabase();
  const stores = openTestStores(db);
  const workers: Pick<JobWorker, 'stop'>[] = [];
  const listeners: Listener[] = [];
  const scheduler = createScheduler({
    store: stores.jobs,
    handlers: createRegistry(handlers),
    productNow: () => stores.admin.now(),
    newId: randomUUID,
  });
  const until: Engine['until'] = async (executionId, found, timeoutMs) => {
    let last: ExecutionWithLogs | null = null;
    await expect
      .poll(
        async () => {
          last = await scheduler.getExecution(executionId);
          return last !== null && found(last) ? 'found' : (last?.status ?? 'no such execution');
        },
        { message: `execution ${executionId}`, ...(timeoutMs === undefined ? {} : { timeout: timeoutMs }) },
      )
      .toBe('found');
    return last!;
  };
  return {
    name,
    db,
    stores,
    scheduler,
    async start({ concurrency = 8 } = {}) {
      const worker = await startWorker({ db, stores, handlers, model, concurrency });
      workers.push(worker);
      const listener = listen(db.url, 'nudge_due', () => worker.wake(), quietLog);
      listeners.push(listener);
      await listener.ready;
      return { worker };
    },
    async once(handlerName, more = {}) {
      const at = (await stores.admin.now()).toString();
      const common = { name: handlerName, handler: handlerName, at, retry_delay_ms: 1 };
      const job = given(await scheduler.scheduleOnce({ ...common, ...more }));
      let id: string | undefined;
      await expect
        .poll(async () => (id = (await scheduler.getJobHistory(job.id, {}))[0]?.id), { message: job.id })
        .toBeDefined();
      return { job, executionId: id! };
    },
    until,
    ended: (executionId) => until(executionId, ({ status }) => status !== 'pending' && status !== 'running'),
    async close() {
      await Promise.all(listeners.map((listener) => listener.close()));
      await Promise.all(workers.map((worker) => worker.stop()));
      await db.drop();
    },
  };
}

/** Stores over the test database's gateway. */
export function openTestStores(db: TestDatabase): Stores {
  return createStores({
    url: GATEWAY_URL,
    apiKey: TEST_KEYS.apiKey,
    fetch: db.gateway.fetch,
    mintToken: (telegramId) =>
      Promise.resolve({ token: signToken({ sub: String(telegramId) }), expiresIn: 900 }),
    machineNow: () => Date.now(),
    worker: randomUUID(),
    soleReader: true,
  });
}

/** A handler of any payload. */
export function handler(
  name: string,
  run: (payload: Record<string, unknown>, context: JobContext) => unknown,
): FunctionHandler<Record<string, unknown>> {
  return {
    name,
    type: 'function',
    payload: z.record(z.string(), z.unknown()),
    run: async (payload, context) => await run(payload, context),
  };
}

/** The value of an answer that must not be a refusal. */
export function given<T>(
  answer:
    | { readonly ok: true; readonly value: T }
    | { readonly ok: false; readonly refusal: { readonly message: string } },
): T {
  if (!answer.ok) throw new Error(`Refused: ${answer.refusal.message}`);
  return answer.value;
}
