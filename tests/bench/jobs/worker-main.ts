/** One worker in a process of its own, so that its processor time is its alone. */
import type { Contender, Send } from '../dispatch/contender.ts';
import { createGraphile } from '../dispatch/contenders/graphile.ts';
import { createPgBoss } from '../dispatch/contenders/pg-boss.ts';
import { createMeter } from '../dispatch/meter.ts';
import { createNudgeWorker } from './nudge-worker.ts';
import { workerOrderSchema, workerSetupSchema } from './order.ts';
import type { WorkerSetup } from './order.ts';

/** What a payload says about when it should have come, in milliseconds since 1970. */
const DUE = /due (\d{13})/;

const measure = createMeter();
const setup = workerSetupSchema.parse(JSON.parse(process.argv[2] ?? ''));
const lateness: number[] = [];
const run: Send = async (body) => {
  const due = DUE.exec(body)?.[1];
  if (due !== undefined) lateness.push(performance.timeOrigin + performance.now() - Number(due));
  return Promise.resolve();
};
const { worker, idle } = await create(setup);
const stopping = new AbortController();
let watching: Promise<void> = Promise.resolve();
process.on('message', (message) => void obey(message));
process.on('disconnect', () => process.exit(0));
process.send?.('ready');

async function obey(message: unknown): Promise<void> {
  const order = workerOrderSchema.parse(message);
  switch (order.order) {
    case 'run':
      process.send?.(await measure(() => worker.deliver(order.count, '')));
      return;
    case 'watch':
      lateness.length = 0;
      watching = worker.watch(stopping.signal);
      return;
    case 'tell-lateness':
      process.send?.([...lateness]);
      return;
    case 'idle':
      process.send?.(await measure(() => idle(order.seconds)));
      return;
    case 'stop':
      stopping.abort();
      await watching;
      await worker.close();
      process.exit(0);
  }
}

async function create({
  name,
  connectionString,
  inFlight,
}: WorkerSetup): Promise<{ worker: Contender; idle: (seconds: number) => Promise<void> }> {
  const given = { name, connectionString, inFlight, insforge: null, sinkUrl: '', body: 'stored' } as const;
  const notIdle = (): Promise<void> => Promise.reject(new Error(`${name} is not measured when idle.`));
  switch (name) {
    case 'nudge': {
      const nudge = await createNudgeWorker(setup, run);
      return { worker: nudge, idle: (seconds) => nudge.idle(seconds) };
    }
    case 'pg-boss':
      return { worker: await createPgBoss(given, run), idle: notIdle };
    case 'graphile':
      return { worker: createGraphile(given, run), idle: notIdle };
  }
}
