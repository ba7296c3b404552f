import { once } from 'node:events';
import { createServer as createTcpServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Hono } from 'hono';
import { Counter, Registry } from 'prom-client';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createServer } from '../../../bot/http/create-server.ts';
import type { ServerParts } from '../../../bot/http/create-server.ts';
import { listen } from '../../../bot/http/listen.ts';
import { createTestDatabase } from '../../support/database.ts';
import type { TestDatabase } from '../../support/database.ts';
import { jsonPost, serverParts, TEST_BOT_TOKEN, testServer } from '../../support/http-server.ts';
import { signLaunchData } from '../../support/launch-data.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const server = (parts: Partial<ServerParts> = {}) => testServer(database, parts);

describe('operating the server', () => {
  test('it is alive as long as it answers', async () => {
    const response = await server()('/healthz');
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ status: 'ok' });
  });

  test('it is ready when every check says so', async () => {
    const response = await server({ readiness: [{ name: 'database', check: async () => null }] })('/readyz');
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      status: 'ready',
      checks: [{ name: 'database', ready: true, reason: null }],
    });
  });

  test('it says why it is not ready: a reason, an error or silence', async () => {
    vi.useFakeTimers();
    try {
      const waiting = server({
        readiness: [
          { name: 'schema', check: async () => 'The schema is older than the code. Run "npm run migrate".' },
          { name: 'database', check: () => Promise.reject(new Error('connection refused')) },
          { name: 'telegram', check: () => new Promise(() => undefined) },
        ],
      })('/readyz');
      await vi.advanceTimersByTimeAsync(3_000);
      const response = await waiting;
      expect(response.status).toBe(503);
      const body = (await response.json()) as { checks: { reason: string }[] };
      expect(body.checks.map((check) => check.reason)).toEqual([
        'The schema is older than the code. Run "npm run migrate".',
        'connection refused',
        'No answer within 3 seconds.',
      ]);
    } finally {
      vi.useRealTimers();
    }
  });

  test('it hands out the metrics of its registry', async () => {
    const metrics = new Registry();
    new Counter({ name: 'nudge_sent_total', help: 'Sent.', registers: [metrics] }).inc(3);
    const response = await server({ metrics })('/metrics');
    expect(response.headers.get('content-type')).toContain('text/plain');
    expect(await response.text()).toContain('nudge_sent_total 3');
  });

  test('an unexpected error is one sentence with a request id; the log gets neither body nor token', async () => {
    const error = vi.fn();
    const log = { info: () => undefined, warn: () => undefined, error };
    const store = { ...serverParts(database).store, now: () => Promise.reject(new Error('database away')) };
    const initData = signLaunchData(TEST_BOT_TOKEN, { id: 7201, first_name: 'Mara' });
    const response = await server({ log, store })('/api/auth/telegram', jsonPost({ init_data: initData }));
    expect(response.status).toBe(500);
    const id = response.headers.get('x-request-id')!;
    expect(await response.json()).toEqual({
      error: { code: 'INTERNAL', message: `Something went wrong here. Try again; the request was ${id}.` },
    });
    expect(error).toHaveBeenCalledOnce();
    expect(error.mock.calls[0]![0]).toMatchObject({
      event: 'http.failed',
      request_id: id,
      path: '/api/auth/telegram',
    });
    const logged = JSON.stringify(error.mock.calls, (_, value: unknown) =>
      value instanceof Error ? `${value.message} ${String(value.stack)}` : value,
    );
    expect(logged).toContain('database away');
    expect(logged).not.toContain('hash');
    expect(logged).not.toContain('Mara');
  });

  test('an unknown path is a 404 in the shape of every error', async () => {
    const response = await server()('/api/nothing');
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({
      error: { code: 'NOT_FOUND', message: 'There is no /api/nothing here.' },
    });
  });
});

describe('the OpenAPI document', () => {
  interface Document {
    openapi: string;
    paths: Record<string, Record<string, { responses: Record<string, unknown> }>>;
  }
  const read = async (): Promise<Document> =>
    (await server()('/api/openapi.json')).json() as Promise<Document>;

  test('describes every JSON route of the server and no other', async () => {
    const { paths } = await read();
    const described = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const notJson = new Set(['/metrics', '/', '/assets/*', '/api/openapi.json', '/api/database/*', '/*']);
    const routes = createServer(serverParts(database)).routes.filter(({ path }) => !notJson.has(path));
    // Hono writes ":id" where OpenAPI writes "{id}".
    const named = ({ method, path }: (typeof routes)[number]): string =>
      `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`;
    expect(new Set(described)).toEqual(new Set(routes.map(named)));
  });

  test('resolves every reference and says what each route answers', async () => {
    const document = await read();
    expect(document.openapi).toBe('3.1.0');
    const text = JSON.stringify(document);
    for (const [, pointer] of text.matchAll(/"\$ref":"#\/([^"]+)"/g)) {
      const target = pointer!
        .split('/')
        .reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], document);
      expect(target, pointer).toBeDefined();
    }
    for (const methods of Object.values(document.paths)) {
      for (const { responses } of Object.values(methods)) expect(responses).toHaveProperty('200');
    }
    expect(document.paths['/api/auth/telegram']!['post']!.responses).toHaveProperty('401');
    expect(text).toContain('access_token');
  });
});

describe('the webhook', () => {
  const webhook = (handle: (request: Request) => Promise<Response>) =>
    server({ webhook: { secret: 'only-telegram-knows', handle } });
  const update = { update_id: 1, message: { text: 'hello' } };

  test('hands updates with the secret to the bot and returns its answer', async () => {
    const seen: unknown[] = [];
    const request = webhook(async (given) => {
      seen.push(await given.json());
      return new Response(null, { status: 202 });
    });
    const headers = { 'x-telegram-bot-api-secret-token': 'only-telegram-knows' };
    expect((await request('/telegram/webhook', jsonPost(update, headers))).status).toBe(202);
    expect(seen).toEqual([update]);
  });
  test('refuses everybody without the secret before the bot sees anything', async () => {
    const handle = vi.fn(async () => new Response());
    const request = webhook(handle);
    expect((await request('/telegram/webhook', jsonPost(update))).status).toBe(401);
    const wrong = { 'x-telegram-bot-api-secret-token': 'only-telegram-know' };
    expect((await request('/telegram/webhook', jsonPost(update, wrong))).status).toBe(401);
    expect(handle).not.toHaveBeenCalled();
  });
  test('refuses a body no update has', async () => {
    const headers = { 'x-telegram-bot-api-secret-token': 'only-telegram-knows' };
    const request = webhook(async () => new Response());
    expect((await request('/telegram/webhook', jsonPost('x'.repeat(1_100_000), headers))).status).toBe(413);
  });
  test('does not exist when the bot polls', async () => {
    expect((await server()('/telegram/webhook', jsonPost(update))).status).toBe(404);
  });
});

describe('the mini-app’s files', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nudge-mini-app-'));
    await mkdir(join(folder, 'assets'));
    await writeFile(join(folder, 'index.html'), '<!doctype html><title>Nudge</title>');
    await writeFile(join(folder, 'assets', 'app-1a2b.js'), `export {};${' '.repeat(2_000)}`);
    await writeFile(join(folder, 'secret.txt'), 'not below /assets');
  });
  afterAll(() => rm(folder, { recursive: true }));
  const files = () =>
    server({
      databaseUrl: () => 'https://project.insforge.app',
      miniApp: { folder, frameAncestors: ['http://127.0.0.1:3000'], botUrl: () => null },
    });

  test('the page is asked for anew each time, its hashed assets never again', async () => {
    const page = await files()('/');
    expect(page.status).toBe(200);
    expect(page.headers.get('cache-control')).toBe('no-cache');
    const asset = await files()('/assets/app-1a2b.js');
    expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(asset.headers.get('content-type')).toContain('javascript');
    const missing = await files()('/assets/app-of-tomorrow.js');
    expect([missing.status, missing.headers.get('cache-control')]).toEqual([404, 'no-store']);
  });
  test('assets travel compressed', async () => {
    const headers = { 'accept-encoding': 'gzip' };
    expect((await files()('/assets/app-1a2b.js', { headers })).headers.get('content-encoding')).toBe('gzip');
  });
  test('only Telegram and the sandbox may frame it; scripts come from here, calls go here and to the database', async () => {
    const page = await files()('/');
    expect(page.headers.get('x-frame-options')).toBeNull();
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
    const policy = new Map(
      page.headers
        .get('content-security-policy')!
        .split('; ')
        .map((directive) => [directive.split(' ')[0]!, directive.split(' ').slice(1).join(' ')]),
    );
    expect(Object.fromEntries(policy)).toMatchObject({
      'default-src': "'none'",
      'script-src': "'self'",
      'connect-src': "'self' https://project.insforge.app",
      'frame-ancestors': 'https://web.telegram.org http://127.0.0.1:3000',
      'base-uri': "'none'",
    });
    expect([...policy.values()].join(' ')).not.toMatch(/unsafe-/);
  });
  test('nothing else of the disk is reachable', async () => {
    for (const path of [
      '/secret.txt',
      '/assets/../secret.txt',
      '/assets/%2e%2e/secret.txt',
      '/assets/..%2fsecret.txt',
    ]) {
      expect((await files()(path)).status, path).toBe(404);
    }
  });
  test('a mini-app that was not built says so instead of failing', async () => {
    const request = server({ miniApp: { folder: '/nowhere', frameAncestors: [], botUrl: () => null } });
    const response = await request('/');
    expect(response.status).toBe(503);
    expect(await response.text()).toContain('not built yet');
  });
  test('a visitor without Telegram is told where the bot is', async () => {
    expect(await (await server()('/api/about')).json()).toEqual({ bot_url: 'https://t.me/nudge_test_bot' });
  });
});

test('the sandbox’s routes are there only when they are given', async () => {
  expect((await server()('/sandbox')).status).toBe(404);
  const sandbox = new Hono();
  sandbox.get('/sandbox', (context) => context.text('the chat page'));
  expect(await (await server({ sandbox })('/sandbox')).text()).toBe('the chat page');
});

describe('listening', () => {
  test('a free port is taken, answers, and is free again after closing', async () => {
    const app = createServer(serverParts(database));
    const first = await listen({ fetch: app.fetch, host: '127.0.0.1', port: 0 });
    if (!first.ok) throw new Error(first.message);
    expect((await fetch(`${first.url}/healthz`)).status).toBe(200);
    await first.close();
    const second = await listen({ fetch: app.fetch, host: '127.0.0.1', port: first.port });
    expect(second.ok).toBe(true);
    if (second.ok) await second.close();
  });
  test('a taken port is an answer with the way out', async () => {
    const other = createTcpServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const answer = await listen({ fetch: () => new Response(), host: '127.0.0.1', port });
    expect(answer).toEqual({
      ok: false,
      reason: 'port_taken',
      message: `Port ${port} is taken by another program. Stop it, or choose another port with PORT.`,
    });
    other.close();
  });
  test('an address this machine does not have is an answer too', async () => {
    const answer = await listen({ fetch: () => new Response(), host: '192.0.2.1', port: 0 });
    expect(answer).toMatchObject({ ok: false, reason: 'no_such_host' });
  });
});
