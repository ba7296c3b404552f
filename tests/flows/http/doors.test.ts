/**
 * Every route of the HTTP entrance, as the server itself lists them: what is not named as public here asks for a person's
 * token, and takes it from the header alone.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createServer } from '../../../bot/http/create-server.ts';
import { createTestDatabase, signToken } from '../../support/database.ts';
import type { TestDatabase } from '../../support/database.ts';
import { serverParts } from '../../support/http-server.ts';

/** Open to everybody; each for its reason. */
const PUBLIC: Readonly<Record<string, string>> = {
  'POST /api/auth/telegram': 'the launch data in its body is the proof',
  'GET /api/about': 'where the bot is, for visitors without Telegram',
  'GET /api/openapi.json': 'the description of this surface',
  'GET /healthz': 'for whoever watches the process',
  'GET /readyz': 'for whoever watches the process',
  'GET /metrics': 'counts, and nobody’s data',
  'GET /': 'the page itself',
  'GET /assets/*': 'the page itself',
};
/** Not routes of ours: the gateway has its own tests (tests/database/access). */
const GATEWAY = '/api/database/*';

const MARA = 7201;
const SECONDS = Math.floor(Date.now() / 1000);
const TOKENS: readonly (readonly [string, string])[] = [
  ['no token', ''],
  ['an empty token', 'Bearer '],
  ['no token but a word', 'Bearer open-sesame'],
  ['a token of another secret', `Bearer ${signToken({ sub: String(MARA) }, { secret: 'x'.repeat(32) })}`],
  ['a token that has ended', `Bearer ${signToken({ sub: String(MARA), exp: SECONDS - 120 })}`],
  ['the server’s own role', `Bearer ${signToken({ sub: String(MARA), role: 'project_admin' })}`],
  ['the role anon', `Bearer ${signToken({ sub: String(MARA), role: 'anon' })}`],
  ['a user of InsForge', `Bearer ${signToken({ sub: '6f1c2b1e-5a64-4f0e-9d0c-3b8f6e1a2c3d' })}`],
  ['two ids that disagree', `Bearer ${signToken({ sub: String(MARA), telegram_id: 7202 })}`],
  ['no id', `Bearer ${signToken({ sub: undefined })}`],
  ['a token not called Bearer', `Basic ${signToken({ sub: String(MARA) })}`],
];

let database: TestDatabase;
let app: ReturnType<typeof createServer>;
beforeAll(async () => {
  database = await createTestDatabase();
  app = createServer(serverParts(database));
});
afterAll(() => database.drop());

/** `METHOD /path` of every route; middleware is listed by Hono as `ALL`. */
function routes(server: ReturnType<typeof createServer>): string[] {
  const listed = server.routes.filter(({ method, path }) => method !== 'ALL' || !path.endsWith('*'));
  return [...new Set(listed.map(({ method, path }) => `${method} ${path}`))].sort();
}

const closed = (server: ReturnType<typeof createServer>): string[] =>
  routes(server).filter((route) => !(route in PUBLIC));

/** The answers' statuses to that request of every closed route. */
async function knock(headers: Record<string, string>, query = ''): Promise<Record<string, number>> {
  const answers = closed(app).map(async (route) => {
    const [method = '', path = ''] = route.split(' ');
    const body = method === 'GET' ? {} : { body: '{}' };
    const url = `http://nudge.test${path.replaceAll(/:\w+/g, '1')}${query}`;
    const response = await app.request(url, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...body,
    });
    return [route, response.status] as const;
  });
  return Object.fromEntries(await Promise.all(answers));
}

const allRefused = () => Object.fromEntries(closed(app).map((route) => [route, 401]));

describe('every route that is not public', () => {
  test('is found, and every public one exists', () => {
    expect(closed(app)).toContain('POST /api/events');
    expect(Object.keys(PUBLIC).filter((route) => !routes(app).includes(route))).toEqual([]);
    expect(routes(app).filter((route) => route.includes(GATEWAY))).toEqual([]);
  });

  test.each(TOKENS)('refuses %s', async (_what, authorization) => {
    expect(await knock(authorization === '' ? {} : { authorization })).toEqual(allRefused());
  });

  test('does not take a good token from the address or a cookie', async () => {
    const token = signToken({ sub: String(MARA) });
    const address = `?token=${token}&access_token=${token}&authorization=Bearer%20${token}`;
    expect(await knock({ cookie: `token=${token}; access_token=${token}` }, address)).toEqual(allRefused());
  });

  test('lets a person’s own token through to the question itself', async () => {
    const statuses = Object.values(
      await knock({ authorization: `Bearer ${signToken({ sub: String(MARA) })}` }),
    );
    expect(statuses.filter((status) => [401, 403].includes(status) || status >= 500)).toEqual([]);
  });

  test('is refused in one shape that repeats nothing of the token', async () => {
    const token = signToken({ sub: String(MARA), role: 'project_admin' });
    const response = await app.request('http://nudge.test/api/events', {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: '{}',
    });
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({ error: { code: expect.any(String) as string } });
    for (const part of token.split('.')) expect(text).not.toContain(part);
  });
});

test('a new route without a guard would be found', async () => {
  const open = createServer(serverParts(database));
  open.get('/api/open', (context) => context.text('everything'));
  expect(closed(open)).toContain('GET /api/open');
  expect((await open.request('http://nudge.test/api/open')).status).not.toBe(401);
});
