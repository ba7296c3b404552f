/**
 * The database over HTTP as a bad network shows it: a POST may arrive twice at once, and an answer may end half-way. For
 * workers in InsForge mode and for the people's own calls.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createGateway } from '../../../bot/gateway/create-gateway.ts';
import { quietLog } from '../../support/quiet-log.ts';

/** One POST in so many is delivered twice. */
const REPLAYED_SHARE = 0.2;

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
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readAll(request);
    const isPost = request.method === 'POST';
    const deliver = (): Promise<Response> =>
      gateway.fetch(
        new Request(`http://gateway.test${request.url ?? ''}`, {
          method: request.method ?? 'GET',
          headers: request.headers as Record<string, string>,
          ...(isPost && { body }),
        }),
      );
    const isTwice = isPost && random() < REPLAYED_SHARE;
    if (isTwice) replays += 1;
    // Both at once, and either may be the one whose answer gets through.
    const answers = await Promise.all(isTwice ? [deliver(), deliver()] : [deliver()]);
    const chosen = answers[random() < 0.5 ? 0 : answers.length - 1] ?? Response.error();
    const whole = Buffer.from(await chosen.arrayBuffer());
    response.writeHead(chosen.status, {
      ...Object.fromEntries(chosen.headers),
      'content-length': String(whole.length),
    });
    if (toCut === 0) {
      response.end(whole);
      return;
    }
    toCut -= 1;
    response.write(whole.subarray(0, whole.length >> 1), () => response.destroy());
  };
  const server = createServer((request, response) => {
    // Whoever asked may be dead by now.
    void answer(request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The gateway has no port.');
  return {
    url: `http://127.0.0.1:${String(address.port)}`,
    replayed: () => replays,
    cut(count) {
      toCut += count;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await gateway.close();
    },
  };
}

async function readAll(request: IncomingMessage): Promise<Buffer<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
