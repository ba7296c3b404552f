/**
 * The database over HTTP as a bad network shows it: a POST may arrive twice at once, and an answer may end half-way. For
 * workers in InsForge mode and for the people's own calls.
 */
import type { HttpBindings } from '@hono/node-server';
import { createGateway } from '../../../bot/gateway/create-gateway.ts';
import { listen } from '../../../bot/http/listen.ts';
import { quietLog } from '../../support/quiet-log.ts';

/** One POST in so many is delivered twice. */
const REPLAYED_SHARE = 0.2;
/** Tells the HTTP server that nothing is left to be written. */
const NOTHING_LEFT = { 'x-hono-already-sent': 'true' };

export const GATEWAY_KEYS = {
  jwtSecret: 'a secret of the fault suite, long enough',
  apiKey: 'ik_00112233445566778899aabbccddeeff',
  anonKey: 'anon_00112233445566778899aabbccddeeff',
} as const;

export interface RudeGateway {
  readonly url: string;
  /** POSTs that were delivered twice so far. */
  replayed(): number;
  /** The next so many answers end half-way. */
  cut(answers: number): void;
  close(): Promise<void>;
}

/** Starts it on a port of its own. */
export async function startRudeGateway(connectionString: string, random: () => number): Promise<RudeGateway> {
  const gateway = createGateway({ connectionString, log: quietLog, ...GATEWAY_KEYS });
  let replays = 0;
  let toCut = 0;
  const answer = async (request: Request, { outgoing }: HttpBindings): Promise<Response> => {
    const { method, headers, url } = request;
    const body = method === 'POST' ? await request.arrayBuffer() : null;
    const deliver = (): Promise<Response> => gateway.fetch(new Request(url, { method, headers, body }));
    const isTwice = method === 'POST' && random() < REPLAYED_SHARE;
    if (isTwice) replays += 1;
    // Both at once, and either may be the one whose answer gets through.
    const answers = await Promise.all(isTwice ? [deliver(), deliver()] : [deliver()]);
    const response = answers[random() < 0.5 ? 0 : answers.length - 1] ?? new Response(null, { status: 500 });
    if (toCut === 0) return response;
    toCut -= 1;
    const whole = Buffer.from(await response.arrayBuffer());
    outgoing.writeHead(response.status, { 'content-length': String(whole.length + 1) });
    outgoing.write(whole.subarray(0, whole.length >> 1), () => outgoing.destroy());
    return new Response(null, { headers: NOTHING_LEFT });
  };
  const listening = await listen({
    fetch: (request, bindings) => answer(request, bindings),
    host: '127.0.0.1',
    port: 0,
  });
  if (!listening.ok) throw new Error(listening.message);
  return {
    url: listening.url,
    replayed: () => replays,
    cut(count) {
      toCut += count;
    },
    async close() {
      await listening.close();
      await gateway.close();
    },
  };
}
