import { decodeJwt, decodeProtectedHeader } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkInitDataSignature, TELEGRAM_PUBLIC_KEYS } from '../../../bot/http/init-data.ts';
import { mintPersonToken, TOKEN_LIFE_SECONDS } from '../../../bot/http/tokens.ts';
import { apiErrorSchema, signInAnswerSchema } from '../../../shared/contracts/auth.ts';
import type { SignInAnswer } from '../../../shared/contracts/auth.ts';
import { createTestDatabase, signToken, TEST_KEYS } from '../../support/database.ts';
import type { TestDatabase } from '../../support/database.ts';
import { jsonPost, TEST_BOT_TOKEN, testServer } from '../../support/http-server.ts';
import { signLaunchData } from '../../support/launch-data.ts';

const MARA = { id: 7001, first_name: 'Mara', language_code: 'ru' };
const HOUR = 3_600;

let database: TestDatabase;
let request: ReturnType<typeof testServer>;
beforeAll(async () => {
  database = await createTestDatabase();
  request = testServer(database);
});
afterAll(() => database.drop());

const nowSeconds = (): number => Math.floor(Date.now() / 1000);
const aged = (seconds: number): string =>
  signLaunchData(TEST_BOT_TOKEN, MARA, { auth_date: String(nowSeconds() - seconds) });

async function signIn(initData: string, bearer?: string): Promise<{ status: number; code: string | null }> {
  const headers = bearer === undefined ? {} : { authorization: `Bearer ${bearer}` };
  const response = await request('/api/auth/telegram', jsonPost({ init_data: initData }, headers));
  const body: unknown = await response.json();
  return {
    status: response.status,
    code: response.ok ? null : apiErrorSchema.parse(body).error.code,
  };
}

async function signedIn(): Promise<SignInAnswer> {
  const response = await request('/api/auth/telegram', jsonPost({ init_data: aged(0) }));
  return signInAnswerSchema.parse(await response.json());
}

const OK = { status: 200, code: null };
const refused = (code: string) => ({ status: 401, code });

describe('signing in with launch data', () => {
  test('answers the token, the person, the database and product time, kept by no cache', async () => {
    const response = await request('/api/auth/telegram', jsonPost({ init_data: aged(10) }));
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-store');
    const answer = signInAnswerSchema.parse(await response.json());
    expect(answer).toMatchObject({
      token_type: 'Bearer',
      expires_in: TOKEN_LIFE_SECONDS,
      database_url: 'http://nudge.test',
      user: { telegram_id: MARA.id, first_name: 'Mara', language: 'ru', zone_source: null },
    });
    const { rows } = await database.admin.query<{ now: Date }>('select public.app_now() as now');
    expect(Math.abs(Date.parse(answer.now) - rows[0]!.now.getTime())).toBeLessThan(10_000);
  });

  test('opening the mini-app is a sign of life', async () => {
    await database.admin.query('update public.users set last_seen_at = null, unreachable_since = now()');
    await signedIn();
    const { rows } = await database.admin.query<{ seen: boolean; reachable: boolean }>(
      'select last_seen_at is not null as seen, unreachable_since is null as reachable from public.users where telegram_id = $1',
      [MARA.id],
    );
    expect(rows).toEqual([{ seen: true, reachable: true }]);
  });

  test('the token claims exactly what InsForge and the policies read', async () => {
    const { access_token: token } = await signedIn();
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'HS256', typ: 'JWT' });
    const claims = decodeJwt(token);
    expect(claims).toEqual({
      sub: String(MARA.id),
      telegram_id: MARA.id,
      role: 'authenticated',
      iat: claims.iat,
      exp: claims.exp,
    });
    expect(claims.exp! - claims.iat!).toBe(TOKEN_LIFE_SECONDS + 5);
    expect(claims.iat).toBeLessThanOrEqual(nowSeconds() - 5);
  });

  test('the token opens the person’s own row at the gateway', async () => {
    const { access_token: token } = await signedIn();
    const response = await request('/api/database/records/users?select=telegram_id', {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(await response.json()).toEqual([{ telegram_id: MARA.id }]);
  });
});

describe('launch data is refused', () => {
  test('when one byte of it was changed', async () => {
    expect(await signIn(aged(0).replace('Mara', 'Nora'))).toEqual(refused('INIT_DATA_FORGED'));
  });
  test('when its hash was changed', async () => {
    const changed = aged(0).replace(/hash=(.)/, (_, digit) => `hash=${digit === '0' ? '1' : '0'}`);
    expect(await signIn(changed)).toEqual(refused('INIT_DATA_FORGED'));
  });
  test('when another bot signed it', async () => {
    expect(await signIn(signLaunchData('4343:another-bot', MARA))).toEqual(refused('INIT_DATA_FORGED'));
  });
  test('when the signature field was taken out, because the hash covers it', async () => {
    expect(await signIn(aged(0).replace(/&signature=[^&]+/, ''))).toEqual(refused('INIT_DATA_FORGED'));
  });
  test('when a field was added', async () => {
    expect(await signIn(`${aged(0)}&start_param=r1`)).toEqual(refused('INIT_DATA_FORGED'));
  });
  test('when it is older than an hour, but not before', async () => {
    expect(await signIn(aged(HOUR - 60))).toEqual(OK);
    expect(await signIn(aged(HOUR + 60))).toEqual(refused('INIT_DATA_STALE'));
  });
  test('when it is dated more than 30 seconds ahead, but not before', async () => {
    expect(await signIn(aged(-20))).toEqual(OK);
    expect(await signIn(aged(-60))).toEqual(refused('INIT_DATA_FUTURE'));
  });
  test.each([
    ['it has no hash', aged(0).replace(/&hash=[^&]+/, '')],
    ['its hash is not a hash', aged(0).replace(/hash=[^&]+/, 'hash=00')],
    ['a field comes twice', `${aged(0)}&user=%7B%22id%22%3A1%7D`],
    ['it has no date', signLaunchData(TEST_BOT_TOKEN, MARA, { auth_date: undefined })],
    ['its date is no number', signLaunchData(TEST_BOT_TOKEN, MARA, { auth_date: '1e99' })],
    ['it names no user', signLaunchData(TEST_BOT_TOKEN, MARA, { user: undefined })],
    ['its user is no JSON', signLaunchData(TEST_BOT_TOKEN, MARA, { user: '{' })],
    ['its user has no usable id', signLaunchData(TEST_BOT_TOKEN, { ...MARA, id: -1 })],
    [
      'its user is a bot',
      signLaunchData(TEST_BOT_TOKEN, MARA, { user: '{"id":5,"is_bot":true,"first_name":"B"}' }),
    ],
    ['it is not launch data at all', 'hello'],
  ])('when %s', async (_, initData) => {
    expect(await signIn(initData)).toEqual(refused('INIT_DATA_INVALID'));
  });

  test('a request of the wrong form is 422, one that is too long 413, and neither repeats what was sent', async () => {
    for (const body of [{}, { init_data: '' }, { init_data: 7 }, { init_data: 'x'.repeat(9_000) }]) {
      const response = await request('/api/auth/telegram', jsonPost(body));
      expect(response.status).toBe(422);
      expect(await response.text()).not.toContain('xxx');
    }
    expect((await request('/api/auth/telegram', jsonPost('{nonsense'))).status).toBe(400);
    expect((await request('/api/auth/telegram', jsonPost('x'.repeat(40_000)))).status).toBe(413);
  });
});

describe('renewing a session', () => {
  const token = async (age: number, id = MARA.id): Promise<string> =>
    (await mintPersonToken(id, { secret: TEST_KEYS.jwtSecret, nowSeconds: nowSeconds() - age })).token;

  test('a mini-app left open for hours renews with its launch data and its last token, even an ended one', async () => {
    expect(await signIn(aged(5 * HOUR), await token(60))).toEqual(OK);
    expect(await signIn(aged(5 * HOUR), await token(3 * HOUR))).toEqual(OK);
  });
  test('after a day the mini-app has to be opened again', async () => {
    expect(await signIn(aged(25 * HOUR), await token(60))).toEqual(refused('INIT_DATA_STALE'));
  });
  test('stale launch data stays stale with a token that is somebody else’s, forged or long over', async () => {
    for (const bearer of [
      await token(60, 7002),
      signToken({ sub: String(MARA.id) }, { secret: 'another secret, long enough to sign with it' }),
      await token(26 * HOUR),
      'nonsense',
    ]) {
      expect(await signIn(aged(5 * HOUR), bearer)).toEqual(refused('INIT_DATA_STALE'));
    }
  });
});

describe('Telegram’s own signature', () => {
  /** Published by Telegram's test environment; the bot's token is known to nobody here. */
  const RAW =
    'user=%7B%22id%22%3A5001146408%2C%22first_name%22%3A%22H%22%2C%22last_name%22%3A%22Test%22%2C%22language_code%22%3A%22en%22%2C%22allows_write_to_pm%22%3Atrue%2C%22photo_url%22%3A%22https%3A%5C%2F%5C%2Fa-ttgme.stel.com%5C%2Fi%5C%2Fuserpic%5C%2F320%5C%2FOhOF3_f4QY8PWlRZI2aG2sy66VMZw_ys9efvhvle_eCWj2zP8Vbb6pLs5d1Lij1w.svg%22%7D&chat_instance=3909909964740758046&chat_type=sender&auth_date=1759930604&signature=i8jsEp2yuO2tlldICxBscMG3xX-zUPznGZVsDNy0tz9GRVx9vxBWjTEt4BSMSa42TaOO0r2yGWBN0a1v9bVRAg&hash=1582635705fd71ffb8bee16062f38965550b5d9a4f85f387b2ea72067c57d45a';
  const at = (seconds: number) => Temporal.Instant.fromEpochMilliseconds((1_759_930_604 + seconds) * 1000);
  const options = {
    botId: 2_201_403_107,
    publicKey: TELEGRAM_PUBLIC_KEYS.test as string,
    now: at(5),
    maxAgeSeconds: HOUR,
  };
  const code = (raw: string, changed: Partial<typeof options> = {}) => {
    const check = checkInitDataSignature(raw, { ...options, ...changed });
    return check.ok ? check.user.id : check.code;
  };

  test('proves launch data without the bot’s token', () => {
    expect(code(RAW)).toBe(5_001_146_408);
  });
  test('does not count for another bot, another environment or changed data', () => {
    expect(code(RAW, { botId: 2_201_403_108 })).toBe('INIT_DATA_FORGED');
    expect(code(RAW, { publicKey: TELEGRAM_PUBLIC_KEYS.production })).toBe('INIT_DATA_FORGED');
    expect(code(RAW.replace('5001146408', '5001146409'))).toBe('INIT_DATA_FORGED');
  });
  test('keeps the same hours as the hash', () => {
    expect(code(RAW, { now: at(HOUR + 1) })).toBe('INIT_DATA_STALE');
    expect(code(RAW, { now: at(-31) })).toBe('INIT_DATA_FUTURE');
  });
  test('must be there and whole', () => {
    expect(code(RAW.replace(/&signature=[^&]+/, ''))).toBe('INIT_DATA_INVALID');
    expect(code(RAW.replace('signature=i8js', 'signature='))).toBe('INIT_DATA_INVALID');
    expect(code(`${RAW}&signature=again`)).toBe('INIT_DATA_INVALID');
  });
});
