/**
 * The InsForge-compatible gateway over PostgreSQL: what the SDK finds at `baseUrl` when there is no InsForge.
 * Server code calls `fetch` in the same process; the mini-app comes through the HTTP server, which mounts the same function.
 */
import { Hono } from 'hono';
import type { MiddlewareHandler } from 'hono';
import { cors } from 'hono/cors';
import { createAuthenticator } from './credentials.ts';
import type { CredentialSettings } from './credentials.ts';
import type { RefusedRequest } from './errors.ts';
import { fromDatabaseError, insforgeError, notSupported } from './errors.ts';
import { listen } from './listen.ts';
import type { Log } from './log.ts';
import { CatalogCache } from './postgrest/catalog-cache.ts';
import { serveRecords } from './records.ts';
import type { ApiRequest, Serving } from './records.ts';
import { errorResponse } from './respond.ts';
import { serveRpc } from './rpc.ts';
import { Sessions } from './sessions.ts';

export interface GatewaySettings extends CredentialSettings {
  /** A role that is a member of anon, authenticated and project_admin; the database is bootstrapped and migrated. */
  readonly connectionString: string;
  readonly log: Log;
}

export interface Gateway {
  /** Answers `/api/database/…` and `/api/health`; fits the SDK's `fetch` option. */
  readonly fetch: (input: Request | URL | string, init?: RequestInit) => Promise<Response>;
  /** Waits for running requests and closes every connection. */
  close(): Promise<void>;
}

/** Says which InsForge this gateway behaves like. */
const INSFORGE_VERSION = '2.3.1';
const CORS_MAX_AGE_SECONDS = 600;
/** Far above any request of the product; InsForge allows 100 MB. */
const BODY_LIMIT_BYTES = 16 * 1024 * 1024;

/**
 * Builds the gateway. Connections are opened when first needed, except the one that hears of schema changes.
 * @throws Error when a key or the secret has the wrong form.
 */
export function createGateway(settings: GatewaySettings): Gateway {
  const authenticate = createAuthenticator(settings);
  const sessions = new Sessions(settings.connectionString, settings.log);
  const catalog = new CatalogCache(() => sessions.loadCatalog());
  const watcher = listen(settings.connectionString, 'pgrst', () => catalog.forget(), settings.log);
  const serving: Serving = { sessions, catalog };

  const answer = async (
    raw: Request,
    name: string,
    serve: (serving: Serving, request: ApiRequest) => Promise<Response>,
  ): Promise<Response> => {
    let isAnonymous = false;
    try {
      const { headers, method } = raw;
      const caller = await authenticate(headers);
      isAnonymous = caller.role === 'anon';
      needName(name);
      const hasBody = method === 'POST' || method === 'PATCH';
      const body = hasBody ? await readBody(raw) : '';
      const parameters = new URL(raw.url).searchParams;
      return await serve(serving, { caller, method, name, parameters, headers, body });
    } catch (error) {
      const refusal = fromDatabaseError(error, isAnonymous);
      if (refusal.status >= 500) {
        const facts = {
          event: 'gateway.failed',
          method: raw.method,
          name,
          status: refusal.status,
          code: refusal.body['code'],
        };
        settings.log.error({ ...facts, reason: refusal.message }, 'request failed');
      }
      return errorResponse(refusal);
    }
  };

  const app = new Hono();
  const allowOrigins = cors({
    origin: (origin) => origin,
    credentials: true,
    allowMethods: ['GET', 'HEAD', 'PUT', 'PATCH', 'POST', 'DELETE'],
    exposeHeaders: ['Content-Range', 'Preference-Applied'],
    maxAge: CORS_MAX_AGE_SECONDS,
  });
  // Only browsers send an origin; other answers go out as they were made, without being wrapped for more headers.
  const corsForBrowsers: MiddlewareHandler = async (context, next) =>
    context.req.header('origin') === undefined ? next() : allowOrigins(context, next);
  app.use('/api/*', corsForBrowsers);
  app.get('/api/health', async (context) => {
    const isUp = await sessions.ping();
    const service = 'Nudge gateway';
    const timestamp = new Date().toISOString();
    return context.json(
      { status: isUp ? 'ok' : 'error', version: INSFORGE_VERSION, service, timestamp },
      isUp ? 200 : 503,
    );
  });
  app.on(['GET', 'HEAD', 'POST', 'PATCH', 'DELETE'], '/api/database/records/:table', async (context) =>
    answer(context.req.raw, context.req.param('table'), serveRecords),
  );
  app.on(['GET', 'HEAD', 'POST'], '/api/database/rpc/:function', async (context) =>
    answer(context.req.raw, context.req.param('function'), serveRpc),
  );
  app.all('/api/database/*', (context) =>
    errorResponse(notSupported(`${context.req.method} ${context.req.path}`)),
  );
  app.notFound((context) =>
    errorResponse(insforgeError(404, 'NOT_FOUND', `There is no ${context.req.path} here.`)),
  );

  return {
    fetch: async (input, init) =>
      app.fetch(input instanceof Request && init === undefined ? input : new Request(input, init)),
    close: async () => {
      await watcher.close();
      await sessions.close();
    },
  };
}

/** InsForge's rule for names in the path. */
function needName(name: string): void {
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  if (name.trim() !== '' && !/["\u0000-\u001f\u007f]/.test(name)) return;
  throw insforgeError(
    400,
    'DATABASE_VALIDATION_ERROR',
    'The name in the path is blank or has a quote or control character.',
  );
}

/** The body as text, read no further than the limit. */
async function readBody(request: Request): Promise<string> {
  const tooLarge = (): RefusedRequest =>
    insforgeError(413, 'PAYLOAD_TOO_LARGE', `The body is larger than ${BODY_LIMIT_BYTES} bytes.`);
  if (Number(request.headers.get('content-length') ?? 0) > BODY_LIMIT_BYTES) throw tooLarge();
  if (request.body === null) return '';
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for await (const chunk of request.body as ReadableStream<Uint8Array>) {
    size += chunk.byteLength;
    if (size > BODY_LIMIT_BYTES) throw tooLarge();
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
