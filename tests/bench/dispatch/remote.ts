/** InsForge mode: every call to the database is a request over HTTP that takes its time on the way. */
import { setTimeout as wait } from 'node:timers/promises';
import { createGateway } from '../../../bot/gateway/create-gateway.ts';
import { listen } from '../../../bot/http/listen.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { startCrew } from './crew.ts';
import type { Sink } from './sink.ts';
import type { Stage } from './stage.ts';

const IN_FLIGHT = 32;
const KEYS = { apiKey: `ik_${'0'.repeat(32)}`, anonKey: `anon_${'0'.repeat(32)}`, jwtSecret: 'x'.repeat(32) };

export interface Remote {
  readonly latencyMs: number;
  /** With the limiter out of the way. */
  readonly perSecond: number;
  /** Calls to the database per 1,000 messages. */
  readonly calls: number;
}

/** One worker; the added latency is on top of loopback HTTP and the gateway. */
export async function measureRemote(
  stage: Stage,
  sink: Sink,
  latencyMs: number,
  count: number,
): Promise<Remote> {
  const gateway = createGateway({ connectionString: stage.connectionString, log: quietLog, ...KEYS });
  let calls = 0;
  const server = await listen({
    fetch: async (request) => {
      calls += 1;
      await wait(latencyMs);
      return await gateway.fetch(request);
    },
    host: '127.0.0.1',
    port: 0,
  });
  if (!server.ok) throw new Error(server.message);
  const setup = {
    name: 'nudge' as const,
    connectionString: stage.connectionString,
    insforge: { url: server.url, apiKey: KEYS.apiKey, jwtSecret: KEYS.jwtSecret },
    sinkUrl: sink.url,
    inFlight: IN_FLIGHT,
    body: 'rendered' as const,
  };
  const crew = await startCrew(setup, 1, null);
  try {
    await stage.fill('nudge', count, true);
    sink.reset(0);
    calls = 0;
    const [report] = await crew.deliver(count, '');
    const left = await stage.left('nudge');
    if (report === undefined || sink.answered !== count || left !== 0) {
      throw new Error(`${sink.answered} of ${count} messages were sent, ${left} left behind.`);
    }
    await crew.stop();
    return { latencyMs, perSecond: (count / report.milliseconds) * 1000, calls: (calls / count) * 1000 };
  } catch (error) {
    crew.kill();
    throw error;
  } finally {
    await server.close();
    await gateway.close();
  }
}
