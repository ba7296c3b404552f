/** Puts the app on a port, and takes it off again without cutting what is being answered. */
import { createAdaptorServer } from '@hono/node-server';
import type { HttpBindings } from '@hono/node-server';

export interface ListenSettings {
  /** `bindings` are Node's own request and response, for whoever must cut a connection. */
  readonly fetch: (request: Request, bindings: HttpBindings) => Response | Promise<Response>;
  readonly host: string;
  /** 0 = any free port. */
  readonly port: number;
}

export type Listening =
  | { readonly ok: true; readonly port: number; readonly url: string; readonly close: () => Promise<void> }
  /** `message`: one sentence for the operator, with the way out. */
  | {
      readonly ok: false;
      readonly reason: 'port_taken' | 'not_allowed' | 'no_such_host';
      readonly message: string;
    };

/** Open answers get this long at a stop; a page that listens for events would never end by itself. */
const CLOSE_GRACE_MS = 2_000;

/**
 * Starts listening.
 * @returns the URL to reach it on this machine, or why it could not start.
 * @throws Error for anything the operator cannot mend by another HOST or PORT.
 */
export async function listen({ fetch, host, port }: ListenSettings): Promise<Listening> {
  const server = createAdaptorServer({
    fetch: (request, bindings) => fetch(request, bindings as HttpBindings),
    hostname: host,
  });
  const started = Promise.withResolvers<NodeJS.ErrnoException | null>();
  server.once('error', (error: NodeJS.ErrnoException) => {
    started.resolve(error);
  });
  server.listen(port, host, () => {
    started.resolve(null);
  });
  const failure = await started.promise;
  if (failure) return explain(failure, host, port);

  const address = server.address();
  if (address === null || typeof address === 'string')
    throw new Error('The server has no port after listening.');
  const isWildcard = host === '0.0.0.0' || host === '::';
  const name = isWildcard ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  return {
    ok: true,
    port: address.port,
    url: `http://${name}:${address.port}`,
    close: async () => {
      const closed = Promise.withResolvers<undefined>();
      server.close(() => {
        closed.resolve(undefined);
      });
      const cut = setTimeout(() => {
        if ('closeAllConnections' in server) server.closeAllConnections();
      }, CLOSE_GRACE_MS);
      await closed.promise;
      clearTimeout(cut);
    },
  };
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): Listening {
  const place = `${host}:${port}`;
  switch (error.code) {
    case 'EADDRINUSE':
      return {
        ok: false,
        reason: 'port_taken',
        message: `Port ${port} is taken by another program. Stop it, or choose another port with PORT.`,
      };
    case 'EACCES':
      return {
        ok: false,
        reason: 'not_allowed',
        message: `This user may not listen on ${place}. Choose a port above 1023 with PORT.`,
      };
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return {
        ok: false,
        reason: 'no_such_host',
        message: `This machine has no address "${host}". Set HOST to 0.0.0.0 or 127.0.0.1.`,
      };
    default:
      throw new Error(`Listening on ${place} failed.`, { cause: error });
  }
}
