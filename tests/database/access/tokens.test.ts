/** Forged, broken and foreign tokens: refused with 401 or 403, or they see nothing. */
import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GATEWAY_URL, signToken, TEST_KEYS } from '../../support/database.ts';
import { createScene, INSFORGE_USER, OWNER, STRANGER, storedState } from './scene.ts';
import type { Scene } from './scene.ts';

let scene: Scene;
let before: Record<string, string>;
beforeAll(async () => {
  scene = await createScene();
  before = await storedState(scene.db);
});
afterAll(async () => scene.db.drop());

async function ask(path: string, authorization: string | null, body?: object): Promise<[number, unknown]> {
  const response = await scene.db.gateway.fetch(`${GATEWAY_URL}/api/database/${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      ...(authorization !== null && { authorization }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return [response.status, await response.json()];
}

const READ = 'records/scheduled_reminders?select=id';
const completing = (): [string, object] => [
  'rpc/complete_reminder',
  { p_action_id: 'forged', p_id: scene.reminderId },
];

const SECONDS = Math.floor(Date.now() / 1000);
const mine = { sub: String(OWNER) };
const encode = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString('base64url');
const unsigned = (header: object, claims: object = {}): string =>
  `${encode(header)}.${encode({ ...mine, role: 'authenticated', iat: SECONDS - 5, exp: SECONDS + 900, ...claims })}.`;

/** Signed rightly, but by another algorithm than ours. */
function byAlgorithm(alg: 'HS512' | 'RS256'): string {
  const body = unsigned({ alg, typ: 'JWT' }).slice(0, -1);
  if (alg === 'HS512')
    return `${body}.${createHmac('sha512', TEST_KEYS.jwtSecret).update(body).digest('base64url')}`;
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return `${body}.${sign('sha256', Buffer.from(body), privateKey).toString('base64url')}`;
}

function tampered(): string {
  const [header, , signature] = signToken({ sub: String(STRANGER) }).split('.');
  const payload = encode({ ...mine, role: 'authenticated', iat: SECONDS - 5, exp: SECONDS + 900 });
  return `${header}.${payload}.${signature}`;
}

test('the owner’s own token reads and acts, so that the refusals below mean something', async () => {
  const [status, rows] = await ask(READ, `Bearer ${signToken(mine)}`);
  expect([status, (rows as unknown[]).length]).toEqual([200, 4]);
});

describe.each([
  ['no token at all', null, 401],
  ['an empty token', 'Bearer ', 401],
  ['no token but a word', 'Bearer owner', 401],
  ['a token signed with another secret', `Bearer ${signToken(mine, { secret: 'x'.repeat(40) })}`, 401],
  ['a token signed with an empty secret', `Bearer ${signToken(mine, { secret: '' })}`, 401],
  ['a token that ended a second ago', `Bearer ${signToken({ ...mine, exp: SECONDS - 1 })}`, 401],
  ['an unsigned token', `Bearer ${unsigned({ alg: 'HS256', typ: 'JWT' })}`, 401],
  ['alg: none', `Bearer ${unsigned({ alg: 'none', typ: 'JWT' })}`, 401],
  ['alg: None, in another spelling', `Bearer ${unsigned({ alg: 'None' })}`, 401],
  ['another HMAC', `Bearer ${byAlgorithm('HS512')}`, 401],
  ['somebody’s RSA key', `Bearer ${byAlgorithm('RS256')}`, 401],
  ['a stranger’s token with the owner’s id put in', `Bearer ${tampered()}`, 401],
  ['a token from the future', `Bearer ${signToken({ ...mine, iat: SECONDS + 3600 })}`, 401],
  ['a token not valid yet', `Bearer ${signToken({ ...mine, nbf: SECONDS + 3600 })}`, 401],
  ['no sub', `Bearer ${signToken({ sub: undefined })}`, 401],
  ['an empty sub', `Bearer ${signToken({ sub: '' })}`, 401],
  [
    'a self-made project_admin',
    `Bearer ${signToken({ ...mine, role: 'project_admin' }, { secret: 'guessed secret, 32 characters long' })}`,
    401,
  ],
  ['an unsigned project_admin', `Bearer ${unsigned({ alg: 'none' }, { role: 'project_admin' })}`, 401],
  ['a role of PostgreSQL', `Bearer ${signToken({ ...mine, role: 'postgres' })}`, 403],
  ['an unknown role', `Bearer ${signToken({ ...mine, role: 'admin' })}`, 403],
  ['a list of roles', `Bearer ${signToken({ ...mine, role: ['authenticated'] })}`, 403],
  ['a telegram_id that is not the sub', `Bearer ${signToken({ ...mine, telegram_id: STRANGER })}`, 401],
  [
    'the sub of another than telegram_id',
    `Bearer ${signToken({ sub: String(STRANGER), telegram_id: OWNER })}`,
    401,
  ],
  ['a guessed API key', `Bearer ik_${'0'.repeat(32)}`, 401],
  ['a guessed anonymous key', `Bearer anon_${'0'.repeat(32)}`, 401],
  ['the anonymous key', `Bearer ${TEST_KEYS.anonKey}`, 401],
  ['the role anon in a token', `Bearer ${signToken({ ...mine, role: 'anon' })}`, 401],
])('%s', (_what, authorization, status) => {
  test(`is refused with ${status}, for reading and for acting`, async () => {
    expect((await ask(READ, authorization))[0]).toBe(status);
    expect((await ask(completing()[0], authorization, completing()[1]))[0]).toBe(status);
    expect(await storedState(scene.db)).toEqual(before);
  });
});

describe.each([
  ['a stranger', String(STRANGER)],
  ['one of InsForge’s own users', INSFORGE_USER],
  ['the id with a zero in front', `0${OWNER}`],
  ['the id with a blank', ` ${OWNER}`],
  ['the id with a line break', `${OWNER}\n`],
  ['a negative id', `-${OWNER}`],
  ['the id with a plus', `+${OWNER}`],
  ['a decimal fraction', `${OWNER}.0`],
  ['another way to write the number', '7.001e3'],
  ['hexadecimal', '0x1b59'],
  ['digits of another script', '٧٠٠١'],
  ['zero', '0'],
  ['more digits than an id has', '70010000000000000'],
  ['SQL', `${OWNER} or true`],
  ['a list', '{7001}'],
])('a rightly signed token whose sub is %s', (what, sub) => {
  const authorization = `Bearer ${signToken({ sub })}`;

  test('sees nothing of the owner’s and changes nothing', async () => {
    expect(await ask(READ, authorization)).toEqual([200, []]);
    const [status, answer] = await ask(completing()[0], authorization, completing()[1]);
    expect([status, (answer as { hint: string }).hint]).toEqual(
      what === 'a stranger' ? [400, 'REMINDER_NOT_FOUND'] : [403, 'NOT_A_PERSON'],
    );
    expect(await storedState(scene.db)).toEqual(before);
  });
});

describe('requesting_telegram_id, whatever the gateway lets through', () => {
  test.each([
    ['a person', '{"sub": "7001", "role": "authenticated"}', '7001'],
    ['a person whose claims agree', '{"sub": "7001", "role": "authenticated", "telegram_id": 7001}', '7001'],
    ['a sub that is a number', '{"sub": 7001, "role": "authenticated"}', '7001'],
    ['claims that disagree', '{"sub": "7001", "role": "authenticated", "telegram_id": 7002}', null],
    ['another role', '{"sub": "7001", "role": "anon"}', null],
    ['the server', '{"sub": "7001", "role": "project_admin"}', null],
    ['no role', '{"sub": "7001"}', null],
    ['only a telegram_id', '{"telegram_id": 7001, "role": "authenticated"}', null],
    ['a list of ids', '{"sub": ["7001"], "role": "authenticated"}', null],
    ['no claims', '', null],
    ['an empty object', '{}', null],
  ])('%s', async (_what, claims, id) => {
    const client = await scene.db.admin.connect();
    try {
      await client.query('begin');
      await client.query(`select set_config('request.jwt.claims', $1, true)`, [claims]);
      const { rows } = await client.query('select public.requesting_telegram_id() as id');
      expect(rows).toEqual([{ id }]);
    } finally {
      await client.query('rollback');
      client.release();
    }
  });
});
