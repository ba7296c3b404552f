/**
 * The sandbox page's server: its API (contract.ts) and its static files. Meant for one person on one machine: there is
 * no sign-in, so whatever changes something insists on having been asked by the sandbox's own page.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { csrf } from 'hono/csrf';
import { secureHeaders } from 'hono/secure-headers';
import { streamSSE } from 'hono/streaming';
import { validator } from 'hono/validator';
import { z } from 'zod';
import type { SandboxClock } from './clock.ts';
import {
  blockSchema,
  moveClockSchema,
  openMiniAppSchema,
  sendContentSchema,
  sendLocationSchema,
  sendTextSchema,
  planFaultsSchema,
  setFaultsSchema,
  tapSchema,
  type SandboxState,
} from './contract.ts';
import type { SandboxDatabase } from './database.ts';
import { createLiveFeed, type LiveFeed } from './live-feed.ts';
import { miniAppLaunchUrl } from './mini-app-frame.ts';
import { describeRows } from './rows.ts';
import { describeTranscript } from './transcript.ts';
import type { Emulator } from './telegram/emulator.ts';

/** The part of the emulated Telegram that plays the people's own clients. */
type EmulatedClients = Pick<
  Emulator,
  | 'state'
  | 'sendText'
  | 'sendContent'
  | 'transcript'
  | 'tap'
  | 'sendLocation'
  | 'setBlocked'
  | 'setFaults'
  | 'planFaults'
  | 'subscribe'
  | 'signInitData'
  | 'reset'
>;

export interface SandboxRouteParts {
  emulator: EmulatedClients;
  database: SandboxDatabase;
  clock: SandboxClock;
  /** Where the mini-app is served; its origin is the only one the phone's frame may show. */
  miniAppUrl: string;
  /** Folder of the built page. */
  pageFolder: string;
  /** Wakes everything that sleeps until a due time. Called after the clock moved and after a reset. */
  onClockMoved: () => void;
}

/** Keeps proxies and browsers from closing a quiet stream, in milliseconds. */
const HEARTBEAT_MS = 15_000;
/** The longest thing a person types is a message of 4,096 characters. */
const TYPED_BYTES = 64 * 1024;
/** A file of 6 MB, as base64 in JSON. */
const ATTACHED_BYTES = 9 * 1024 * 1024;

const personSchema = z.object({ person: z.coerce.number().int() });

/** Makes the routes below `/sandbox`: the page, its files, its API. */
export function createSandboxRoutes(parts: SandboxRouteParts): Hono {
  const app = new Hono();
  const feed = createLiveFeed(parts.clock, (listener) => parts.emulator.subscribe(listener));
  app.use('/sandbox/*', pageHeaders(parts.miniAppUrl));
  const typed = bodyLimit({ maxSize: TYPED_BYTES });
  const attached = bodyLimit({ maxSize: ATTACHED_BYTES });
  app.use('/sandbox/api/*', csrf(), (context, next) =>
    context.req.path.endsWith('/contents') ? attached(context, next) : typed(context, next),
  );
  addChatRoutes(app, parts);
  addBenchRoutes(app, parts, feed);
  addPage(app, parts);
  return app;
}

/** What a person does in Telegram. */
function addChatRoutes(app: Hono, { emulator, clock, miniAppUrl }: SandboxRouteParts): void {
  app.get('/sandbox/api/state', async (context) => {
    const { clock: shown } = await clock.refresh();
    return context.json({ ...emulator.state(), clock: shown } satisfies SandboxState);
  });
  app.post('/sandbox/api/messages', body(sendTextSchema), (context) =>
    answer(context, emulator.sendText(context.req.valid('json'))),
  );
  app.post('/sandbox/api/taps', body(tapSchema), async (context) =>
    answer(context, await emulator.tap(context.req.valid('json'))),
  );
  app.post('/sandbox/api/locations', body(sendLocationSchema), (context) =>
    answer(context, emulator.sendLocation(context.req.valid('json'))),
  );
  app.post('/sandbox/api/contents', body(sendContentSchema), (context) =>
    answer(context, emulator.sendContent(context.req.valid('json'))),
  );
  app.post('/sandbox/api/blocks', body(blockSchema), (context) => {
    const { personId, blocked } = context.req.valid('json');
    return answer(context, emulator.setBlocked(personId, blocked));
  });
  app.post('/sandbox/api/mini-app', body(openMiniAppSchema), (context) => {
    const { personId, startParam, theme, url } = context.req.valid('json');
    if (!emulator.state().people.some(({ id }) => id === personId)) {
      return answer(context, { ok: false, reason: `Nobody here has the id ${personId}.` });
    }
    const initData = emulator.signInitData(personId, startParam === undefined ? {} : { startParam });
    return answer(context, miniAppLaunchUrl({ miniAppUrl, url, startParam, theme, initData }));
  });
}

/** An outcome as JSON: what came of it, or 400 with the reason in words. */
function answer(
  context: Context,
  outcome: ({ ok: true } & object) | { ok: false; reason: string },
): Response {
  return outcome.ok ? context.json(outcome) : context.json(refusal('NOT_POSSIBLE', outcome.reason), 400);
}

/** What a test bench does: clock, faults, rows, live events, a fresh start. */
function addBenchRoutes(app: Hono, parts: SandboxRouteParts, feed: LiveFeed): void {
  const { emulator, database, clock, onClockMoved } = parts;
  app.put('/sandbox/api/faults', body(setFaultsSchema), (context) => {
    emulator.setFaults(context.req.valid('json').faults);
    return context.json({ ok: true });
  });
  app.put('/sandbox/api/planned-faults', body(planFaultsSchema), (context) => {
    emulator.planFaults(context.req.valid('json').plannedFaults);
    return context.json({ ok: true });
  });
  app.post('/sandbox/api/clock', body(moveClockSchema), async (context) => {
    const asked = context.req.valid('json');
    const moved = await clock.move('to' in asked ? { to: Temporal.Instant.from(asked.to) } : asked);
    if (!moved.ok) return context.json(refusal('CLOCK_REFUSED', moved.reason), 400);
    onClockMoved();
    feed.emit({ type: 'clock', clock: moved.clock });
    return context.json({ clock: moved.clock });
  });
  app.get('/sandbox/api/rows', query(personSchema), async (context) =>
    context.json(describeRows(await database.rows(context.req.valid('query').person))),
  );
  app.get('/sandbox/api/transcript', query(personSchema), async (context) => {
    const { person } = context.req.valid('query');
    const { zone } = await database.rows(person);
    return context.text(describeTranscript(emulator.transcript(person), zone ?? 'UTC'));
  });
  app.post('/sandbox/api/reset', async (context) => {
    // First the database: a reminder sent in between would otherwise stand alone in an empty chat.
    await database.reset();
    emulator.reset();
    await clock.refresh();
    onClockMoved();
    return context.json({ ok: true });
  });
  app.get('/sandbox/api/events', (context) =>
    streamSSE(context, async (stream) => {
      const leave = feed.subscribe((event) => void stream.writeSSE({ data: JSON.stringify(event) }));
      const heartbeat = setInterval(() => void stream.write(': still here\n\n'), HEARTBEAT_MS);
      await new Promise<void>((resolve) => {
        stream.onAbort(resolve);
      });
      clearInterval(heartbeat);
      leave();
    }),
  );
}

/** The built page. Files with a hash in their name never change; the page itself is asked for again each time. */
function addPage(app: Hono, { pageFolder }: SandboxRouteParts): void {
  app.use('/sandbox/assets/*', async (context, next) => {
    await next();
    if (context.res.ok) context.header('cache-control', 'public, max-age=31536000, immutable');
  });
  const page = serveStatic({
    root: pageFolder,
    rewriteRequestPath: (path) => path.replace(/^\/sandbox\/?/, '/'),
  });
  app.get('/sandbox', page);
  app.get('/sandbox/*', page);
  app.get('/sandbox', (context) =>
    existsSync(join(pageFolder, 'index.html'))
      ? context.notFound()
      : context.text(
          'The sandbox page is not built yet. Stop the program and run npm start again: it builds it.',
          503,
        ),
  );
}

/** Only the page's own files and the mini-app's frame; nothing inline, nothing from elsewhere. */
function pageHeaders(miniAppUrl: string) {
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'"],
      connectSrc: ["'self'"],
      frameSrc: ["'self'", new URL(miniAppUrl).origin],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
    },
    // The sandbox is plain http on this machine: telling browsers to insist on https would lock people out.
    strictTransportSecurity: false,
  });
}

function refusal(code: string, message: string): { error: { code: string; message: string } } {
  return { error: { code, message } };
}

function body<Schema extends z.ZodType>(schema: Schema) {
  return validator('json', (value, context) => {
    const parsed = schema.safeParse(value);
    return parsed.success
      ? parsed.data
      : context.json(refusal('BAD_REQUEST', z.prettifyError(parsed.error)), 400);
  });
}

function query<Schema extends z.ZodType>(schema: Schema) {
  return validator('query', (value, context) => {
    const parsed = schema.safeParse(value);
    return parsed.success
      ? parsed.data
      : context.json(refusal('BAD_REQUEST', z.prettifyError(parsed.error)), 400);
  });
}
