/** One contender in a process of its own, so that its processor time and memory are its alone. */
import { Pool } from 'undici';
import { postJson } from '../../../bot/telegram/outbox/post-json.ts';
import { orderSchema, setupSchema } from './contender.ts';
import type { Contender, Send, Setup } from './contender.ts';
import { createCeiling } from './contenders/ceiling.ts';
import { createGraphile } from './contenders/graphile.ts';
import { createIdeal } from './contenders/ideal.ts';
import { createChunks, createOneByOne } from './contenders/naive.ts';
import { createNudge } from './contenders/nudge.ts';
import { createPgBoss } from './contenders/pg-boss.ts';
import { createMeter } from './meter.ts';

const measure = createMeter();
const setup = setupSchema.parse(JSON.parse(process.argv[2] ?? ''));
const contender = await create(setup);
const stopping = new AbortController();
let watching: Promise<void> = Promise.resolve();
process.on('message', (message) => void obey(message));
process.on('disconnect', () => process.exit(0));
process.send?.('ready');

async function obey(message: unknown): Promise<void> {
  const order = orderSchema.parse(message);
  switch (order.order) {
    case 'deliver':
      process.send?.(await measure(() => contender.deliver(order.count, order.sample)));
      return;
    case 'watch':
      watching = contender.watch(stopping.signal);
      return;
    case 'stop':
      stopping.abort();
      await watching;
      await contender.close();
      process.exit(0);
  }
}

async function create(given: Setup): Promise<Contender> {
  const send = openSender(given);
  switch (given.name) {
    case 'ceiling':
      return createCeiling(given, send);
    case 'nudge':
      return await createNudge(given);
    case 'pg-boss':
      return await createPgBoss(given, send);
    case 'graphile':
      return createGraphile(given, send);
    case 'ideal':
      return createIdeal(given, send);
    case 'chunks':
      return createChunks(given, send);
    case 'one-by-one':
      return createOneByOne(given, send);
  }
}

/** The same HTTP client for everybody: the product's own. */
function openSender({ sinkUrl, inFlight, name }: Setup): Send {
  const pool = new Pool(sinkUrl, { connections: inFlight, pipelining: 1 });
  const path = `/${name}/sendMessage`;
  return async (body) => {
    const reply = await postJson(pool, path, body);
    const isSent = reply.kind === 'answered' && (JSON.parse(reply.body) as { ok: boolean }).ok;
    if (!isSent) throw new Error(`The sink did not take a message: ${JSON.stringify(reply)}`);
  };
}
