/** Stands between a worker and PostgreSQL and cuts connections in the middle of an answer when it is told to. */
import { connect, createServer } from 'node:net';
import type { Socket } from 'node:net';
import { once } from 'node:events';

/** Shorter answers are greetings and acknowledgements; the cut is for one that carries rows. Bytes. */
const SHORTEST_CUT = 120;

export interface CuttingProxy {
  readonly port: number;
  /** The next so many answers end half-way, and their connections with them. */
  cut(answers: number): void;
  close(): Promise<void>;
}

/** @param targetPort asked for each connection: a server that was started again may have another one. */
export async function startCuttingProxy(targetPort: () => number): Promise<CuttingProxy> {
  let toCut = 0;
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(targetPort(), '127.0.0.1');
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        open.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    client.on('data', (chunk) => upstream.write(chunk));
    upstream.on('data', (chunk: Buffer) => {
      if (toCut === 0 || chunk.length < SHORTEST_CUT) {
        client.write(chunk);
        return;
      }
      toCut -= 1;
      client.write(chunk.subarray(0, chunk.length >> 1), () => client.destroy());
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port.');
  return {
    port: address.port,
    cut(answers) {
      toCut += answers;
    },
    async close() {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
