/** The HTTP server over a test database, put together as main.ts does it: real stores, real gateway, real tokens. */
import { join } from 'node:path';
import { Registry } from 'prom-client';
import { checkInitData } from '../../bot/http/init-data.ts';
import { createServer } from '../../bot/http/create-server.ts';
import type { ServerParts } from '../../bot/http/create-server.ts';
import { mintPersonToken } from '../../bot/http/tokens.ts';
import { createStores } from '../../bot/store/create-stores.ts';
import { GATEWAY_URL, TEST_KEYS } from './database.ts';
import type { TestDatabase } from './database.ts';
import { quietLog } from './quiet-log.ts';

export const TEST_BOT_TOKEN = '4242:a-token-of-the-tests';
export const TEST_EVENTS_SECRET = 'a secret between two programs';

/** All parts of the server; `parts` replace some. */
export function serverParts(database: TestDatabase, parts: Partial<ServerParts> = {}): ServerParts {
  const stores = createStores({
    url: GATEWAY_URL,
    apiKey: TEST_KEYS.apiKey,
    fetch: database.gateway.fetch,
    mintToken: (telegramId) =>
      mintPersonToken(telegramId, {
        secret: TEST_KEYS.jwtSecret,
        nowSeconds: Math.floor(Date.now() / 1000),
      }),
    machineNow: () => Date.now(),
    worker: 'test',
    soleReader: true,
  });
  return {
    checkInitData: (raw, freshness) => checkInitData(raw, { ...freshness, botToken: TEST_BOT_TOKEN }),
    jwtSecret: TEST_KEYS.jwtSecret,
    eventsSecret: TEST_EVENTS_SECRET,
    store: stores.admin,
    personStore: (telegramId) => stores.asPerson(telegramId),
    jobsOf: (telegramId) => stores.jobsOf(telegramId),
    planner: {
      isConfigured: false,
      of: (telegramId) => stores.planningOf(telegramId),
      wake: () => undefined,
    },
    timeModel: null,
    sendFile: () => Promise.resolve('sent'),
    databaseUrl: () => 'http://nudge.test',
    machineNow: () => Temporal.Now.instant(),
    readiness: [],
    metrics: new Registry(),
    miniApp: {
      folder: join(import.meta.dirname, '../../dist/tma'),
      frameAncestors: ["'self'"],
      botUrl: () => 'https://t.me/nudge_test_bot',
    },
    gateway: database.gateway,
    log: quietLog,
    ...parts,
  };
}

/** The server as a function from request to response; nothing listens. */
export function testServer(
  database: TestDatabase,
  parts: Partial<ServerParts> = {},
): (path: string, init?: RequestInit) => Promise<Response> {
  const app = createServer(serverParts(database, parts));
  return async (path, init) => app.request(`http://nudge.test${path}`, init);
}

/** `POST` of a JSON body. */
export function jsonPost(body: unknown, headers: Record<string, string> = {}): RequestInit {
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  };
}
