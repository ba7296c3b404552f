/**
 * The HTTP entrance: one Hono app with every route, built from what main.ts hands over. It opens nothing by itself;
 * `listen` (listen.ts) puts it on a port. Gateway, webhook and sandbox are mounted only when they are given.
 */
import { OpenAPIHono } from '@hono/zod-openapi';
import type { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { requestId } from 'hono/request-id';
import { formError, refuse } from './answer.ts';
import type { HttpEnv, Log } from './answer.ts';
import { addEvents } from './routes/events.ts';
import type { EventsParts } from './routes/events.ts';
import { addExport } from './routes/export.ts';
import type { ExportParts } from './routes/export.ts';
import { addHealth } from './routes/health.ts';
import type { HealthParts } from './routes/health.ts';
import { addJobActions } from './routes/job-actions.ts';
import { addJobs } from './routes/jobs.ts';
import type { JobsParts } from './routes/jobs.ts';
import { addLeadTable } from './routes/lead-table.ts';
import { addLeads } from './routes/leads.ts';
import type { LeadsParts } from './routes/leads.ts';
import { addMiniApp } from './routes/mini-app.ts';
import type { MiniAppParts } from './routes/mini-app.ts';
import { addSignIn } from './routes/sign-in.ts';
import type { SignInParts } from './routes/sign-in.ts';
import { addTimes } from './routes/times.ts';
import type { TimesParts } from './routes/times.ts';
import { addWebhook } from './routes/webhook.ts';
import type { WebhookParts } from './routes/webhook.ts';

export interface ServerParts
  extends
    HealthParts,
    JobsParts,
    Omit<EventsParts, 'store'>,
    Omit<LeadsParts, 'store'>,
    Omit<ExportParts, 'store' | 'personStore'>,
    Omit<SignInParts, 'store'>,
    Omit<TimesParts, 'store' | 'personStore'> {
  readonly store: EventsParts['store'] & SignInParts['store'] & TimesParts['store'];
  readonly miniApp: Omit<MiniAppParts, 'databaseUrl'>;
  /** Absent = the bot polls. */
  readonly webhook?: WebhookParts;
  /** The InsForge-compatible gateway; absent = the database is an InsForge project elsewhere. */
  readonly gateway?: { readonly fetch: (request: Request) => Promise<Response> };
  /** Everything below `/sandbox`. */
  readonly sandbox?: Hono;
  readonly log: Log;
}

/** Builds the app. Its `fetch` answers requests; give it to `listen`. */
export function createServer(parts: ServerParts): OpenAPIHono<HttpEnv> {
  const { gateway, sandbox, webhook, log } = parts;
  const app = new OpenAPIHono<HttpEnv>({
    defaultHook: (result, context) =>
      result.success ? undefined : context.json(formError(result.error), 422),
  });
  app.use(requestId());

  addSignIn(app, parts);
  addEvents(app, parts);
  addTimes(app, parts);
  addLeads(app, parts);
  addLeadTable(app, parts);
  addExport(app, parts);
  addJobs(app, parts);
  addJobActions(app, parts);
  addHealth(app, parts);
  addMiniApp(app, { ...parts.miniApp, databaseUrl: parts.databaseUrl });
  if (webhook) addWebhook(app, webhook);
  if (gateway) app.all('/api/database/*', (context) => gateway.fetch(context.req.raw));
  if (sandbox) app.route('/', sandbox);
  addDescription(app);

  app.notFound((context) => refuse(context, 404, 'NOT_FOUND', `There is no ${context.req.path} here.`));
  app.onError((error, context) => {
    if (error instanceof HTTPException && error.status < 500) {
      return refuse(context, error.status, 'REQUEST_INVALID', error.message);
    }
    const id = context.get('requestId');
    // The path without its query; bodies and headers may hold tokens and are not looked at.
    const facts = {
      event: 'http.failed',
      request_id: id,
      method: context.req.method,
      path: context.req.path,
    };
    log.error({ ...facts, err: error }, 'request failed');
    return refuse(context, 500, 'INTERNAL', `Something went wrong here. Try again; the request was ${id}.`);
  });
  return app;
}

function addDescription(app: OpenAPIHono<HttpEnv>): void {
  app.openAPIRegistry.registerComponent('securitySchemes', 'person', {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'The token of POST /api/auth/telegram.',
  });
  app.openAPIRegistry.registerComponent('securitySchemes', 'signature', {
    type: 'apiKey',
    in: 'header',
    name: 'X-Nudge-Signature',
    description: '`sha256=` and the hex HMAC-SHA256 of the body with EVENTS_SECRET.',
  });
  app.doc31('/api/openapi.json', {
    openapi: '3.1.0',
    info: {
      title: 'Nudge',
      version: '1',
      description: 'A follow-up assistant that never lets a lead go cold.',
    },
  });
}
