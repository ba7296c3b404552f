import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createGateway } from '../../../bot/gateway/create-gateway.ts';
import { GATEWAY_URL, signToken, TEST_KEYS } from '../../support/database.ts';
import type { TestDatabase } from '../../support/database.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { createFixture, send } from './fixture.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createFixture();
});
afterAll(async () => db.drop());

interface WhoAmI {
  readonly user: string;
  readonly claims: Record<string, unknown>;
  readonly search_path: string;
  readonly application: string;
}

/** Calls with exactly these headers; answers the status with who PostgreSQL says we are, or the error's name. */
async function whoAmI(
  headers: Record<string, string>,
): Promise<{ status: number; body: WhoAmI & { error?: string; message?: string } }> {
  const url = `${GATEWAY_URL}/api/database/rpc/whoami`;
  const response = await db.gateway.fetch(url, { method: 'POST', headers, body: '{}' });
  return { status: response.status, body: (await response.json()) as WhoAmI };
}
const bearer = (token: string): Record<string, string> => ({
  authorization: `Bearer ${token}`,
  'content-type': 'application/json',
});
const json = { 'content-type': 'application/json' };
const now = (): number => Math.floor(Date.now() / 1000);

describe('who is let in, and as whom', () => {
  test('the API key, as a bearer or in x-api-key, is project_admin without a sub', async () => {
    for (const headers of [bearer(TEST_KEYS.apiKey), { ...json, 'x-api-key': TEST_KEYS.apiKey }]) {
      const { status, body } = await whoAmI(headers);
      expect([status, body.user, body.claims]).toEqual([200, 'project_admin', { role: 'project_admin' }]);
    }
  });

  test('the anonymous key is anon', async () => {
    const { status, body } = await whoAmI(bearer(TEST_KEYS.anonKey));
    expect([status, body.user, body.claims]).toEqual([200, 'anon', { role: 'anon' }]);
  });

  test('a token is its role; only sub, email, role and new times reach PostgreSQL', async () => {
    const { body } = await whoAmI(
      bearer(signToken({ sub: '7', email: 'a@b.c', telegram_id: 7, platform: 'x', admin: true })),
    );
    expect(body.user).toBe('authenticated');
    expect(Object.keys(body.claims).sort()).toEqual(['email', 'exp', 'iat', 'role', 'sub']);
    expect(body.claims).toMatchObject({ sub: '7', email: 'a@b.c', role: 'authenticated' });
    expect(body.search_path).toBe('public');
  });

  test('a missing role is authenticated, a numeric sub the same as its text', async () => {
    const { body } = await whoAmI(bearer(signToken({ sub: 7, role: undefined })));
    expect([body.user, body.claims['sub']]).toEqual(['authenticated', '7']);
  });

  test('a token may be anon or project_admin, because only the secret can have signed it', async () => {
    expect((await whoAmI(bearer(signToken({ sub: '7', role: 'anon' })))).body.user).toBe('anon');
    expect((await whoAmI(bearer(signToken({ sub: '7', role: 'project_admin' })))).body.user).toBe(
      'project_admin',
    );
  });

  test('role and claims end with the request: the next one on the same connection is its own', async () => {
    const callers = ['7', '8', 'anon', '9', 'anon'].map((who) =>
      whoAmI(bearer(who === 'anon' ? TEST_KEYS.anonKey : signToken({ sub: who }))),
    );
    const seen = (await Promise.all(callers)).map(({ body }) => [body.user, body.claims['sub']]);
    expect(seen).toEqual([
      ['authenticated', '7'],
      ['authenticated', '8'],
      ['anon', undefined],
      ['authenticated', '9'],
      ['anon', undefined],
    ]);
  });

  test('the sessions that are project_admin from connect serve the API key and nobody else', async () => {
    const application = async (headers: Record<string, string>): Promise<string> =>
      (await whoAmI(headers)).body.application;
    expect(await application(bearer(TEST_KEYS.apiKey))).toBe('nudge server');
    expect(await application({ ...json, 'x-api-key': TEST_KEYS.apiKey })).toBe('nudge server');
    const others = [
      {},
      { role: undefined },
      { role: 'anon' },
      { role: 'project_admin' },
      { email: 'ik_x' },
    ].map((claims) => signToken({ sub: '7', ...claims }));
    for (const token of [...others, TEST_KEYS.anonKey]) {
      expect(await application(bearer(token))).toBe('nudge users');
    }
  });
});

describe('who is not', () => {
  const encode = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString('base64url');
  const claims = (): Record<string, unknown> => ({
    sub: '7',
    role: 'authenticated',
    iat: now() - 5,
    exp: now() + 900,
  });
  const valid = (): string => signToken({ sub: '7' });
  const hs512 = (): string => {
    const head = `${encode({ alg: 'HS512' })}.${encode(claims())}`;
    return `${head}.${createHmac('sha512', TEST_KEYS.jwtSecret).update(head).digest('base64url')}`;
  };

  test.each<[string, () => string]>([
    ['an unsigned token', () => `${encode({ alg: 'none' })}.${encode(claims())}.`],
    ['alg none with a signature', () => signToken({ sub: '7' }, { header: { alg: 'none' } })],
    ['another algorithm', hs512],
    ['RS256 signed with the secret', () => signToken({ sub: '7' }, { header: { alg: 'RS256' } })],
    ['another secret', () => signToken({ sub: '7' }, { secret: 'x'.repeat(40) })],
    ['a changed payload', () => valid().replace(/\.[^.]+\./, `.${encode({ ...claims(), sub: '8' })}.`)],
    ['one second past its end', () => signToken({ sub: '7', exp: now() - 1 })],
    ['not valid yet', () => signToken({ sub: '7', nbf: now() + 60 })],
    ['issued in the future', () => signToken({ sub: '7', iat: now() + 30 })],
    ['issued at a word', () => signToken({ sub: '7', iat: 'now' })],
    ['no sub', () => signToken({})],
    ['an empty sub', () => signToken({ sub: '' })],
    ['a sub that is an object', () => signToken({ sub: { id: 7 } })],
    ['a telegram_id that is somebody else', () => signToken({ sub: '7', telegram_id: 8 })],
    ['a critical header nobody knows', () => signToken({ sub: '7' }, { header: { crit: ['x'], x: 1 } })],
    ['no token at all', () => 'nonsense'],
    ['a wrong API key', () => 'ik_ffffffffffffffffffffffffffffffff'],
    ['a wrong anonymous key', () => 'anon_ffffffffffffffffffffffffffffff'],
  ])('%s is 401', async (_, token) => {
    const { status, body } = await whoAmI(bearer(token()));
    expect([status, body.error]).toEqual([401, 'AUTH_UNAUTHORIZED']);
    expect(body).toEqual({
      error: 'AUTH_UNAUTHORIZED',
      message: expect.any(String) as string,
      statusCode: 401,
    });
  });

  test('nothing sent is 401, and so is another scheme', async () => {
    for (const headers of [
      json,
      { ...json, authorization: 'Basic abc' },
      { ...json, authorization: 'Bearer ' },
    ]) {
      const { status, body } = await whoAmI(headers);
      expect([status, body.error]).toEqual([401, 'AUTH_INVALID_CREDENTIALS']);
    }
  });

  test.each(['postgres', 'pg_read_all_data', 'Authenticated', '', 'none', 5, null])(
    'the role %j is 403',
    async (role) => {
      const { status, body } = await whoAmI(bearer(signToken({ sub: '7', role })));
      // A role that is null counts as missing.
      expect([status, body.message]).toEqual(
        role === null ? [200, undefined] : [403, 'Invalid user role claim'],
      );
    },
  );

  test('a wrong x-api-key is 401 even beside a good token', async () => {
    expect((await whoAmI({ ...bearer(valid()), 'x-api-key': 'wrong' })).status).toBe(401);
    expect((await whoAmI({ ...bearer(valid()), 'x-api-key': TEST_KEYS.apiKey })).body.user).toBe(
      'project_admin',
    );
  });

  test('the refusal comes before anything is looked up', async () => {
    expect((await send(db, 'records/nothing', { as: null })).status).toBe(401);
    expect((await send(db, 'rpc/nothing', { as: 'bad' })).status).toBe(401);
  });
});

describe('settings', () => {
  test.each([
    ['apiKey', 'secret', 'must start with "ik_"'],
    ['anonKey', 'public', 'must start with "anon_"'],
    ['jwtSecret', 'short', 'at least 32 characters'],
  ])('a bad %s stops the start with a sentence', (name, value, sentence) => {
    const settings = { connectionString: db.url, log: quietLog, ...TEST_KEYS, [name]: value };
    expect(() => createGateway(settings)).toThrow(sentence);
  });
});
