import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, signToken } from '../../support/database.ts';
import type { TestDatabase } from '../../support/database.ts';
import { jsonPost, TEST_EVENTS_SECRET, testServer } from '../../support/http-server.ts';
import { acceptedPlan } from '../../support/leads.ts';

const MARA = 7101;
const STRANGER = 7102;

let database: TestDatabase;
let request: ReturnType<typeof testServer>;
let leadId: number;
beforeAll(async () => {
  database = await createTestDatabase();
  request = testServer(database);
  ({ leadId } = await acceptedPlan(database, MARA));
});
afterAll(() => database.drop());

let keys = 0;
const event = (fields: object = {}) => ({
  type: 'engagement',
  telegram_id: MARA,
  lead_id: leadId,
  trigger: 'interested_reply',
  idempotency_key: `key-${(keys += 1)}`,
  ...fields,
});
const signature = (body: string, secret = TEST_EVENTS_SECRET): Record<string, string> => ({
  'x-nudge-signature': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
});

async function answerOf(body: unknown, headers: Record<string, string>) {
  const response = await request('/api/events', jsonPost(body, headers));
  const answer = (await response.json()) as {
    error?: { code: string };
    step_id?: number;
    replayed?: boolean;
  };
  return {
    status: response.status,
    code: answer.error?.code,
    step: answer.step_id,
    replayed: answer.replayed,
  };
}
const signed = async (fields: object = {}, secret?: string) => {
  const body = JSON.stringify(event(fields));
  return answerOf(body, signature(body, secret));
};
const asPerson = (fields: object, sub = MARA) =>
  answerOf(event(fields), { authorization: `Bearer ${signToken({ sub: String(sub) })}` });

async function readySteps(): Promise<{ step_id: number; triggered_by: string }[]> {
  const { rows } = await database.admin.query<{ step_id: number; triggered_by: string }>(
    'select step_id, triggered_by from public.outreach_steps where next_step_ready_at is not null',
  );
  return rows;
}

describe('an engagement event', () => {
  test('signed by a program makes the lead’s next unsent step ready', async () => {
    expect(await signed()).toEqual({ status: 200, code: undefined, step: 1, replayed: false });
    expect(await readySteps()).toEqual([{ step_id: 1, triggered_by: 'interested_reply' }]);
  });
  test('sent twice with one key changes nothing the second time', async () => {
    const again = { idempotency_key: 'same' };
    expect(await signed(again)).toMatchObject({ status: 200, replayed: false });
    await database.admin.query('update public.outreach_steps set next_step_ready_at = null');
    expect(await signed(again)).toMatchObject({ status: 200, step: 1, replayed: true });
    expect(await readySteps()).toEqual([]);
  });
  test('of a person’s own token needs no telegram_id', async () => {
    expect(await asPerson({ telegram_id: undefined })).toMatchObject({ status: 200, step: 1 });
  });
});

describe('nobody moves somebody else’s lead', () => {
  test('another person’s lead and a lead that does not exist answer alike', async () => {
    const others = await asPerson({ telegram_id: STRANGER }, STRANGER);
    const missing = await asPerson({ telegram_id: STRANGER, lead_id: 999_999 }, STRANGER);
    expect(others).toEqual({ status: 404, code: 'LEAD_NOT_FOUND', step: undefined, replayed: undefined });
    expect(missing).toEqual(others);
  });
  test('a person cannot speak for another one', async () => {
    expect(await asPerson({ telegram_id: MARA }, STRANGER)).toMatchObject({
      status: 403,
      code: 'NOT_YOUR_ID',
    });
  });
  test('a signed event for the wrong person finds no lead', async () => {
    expect(await signed({ telegram_id: STRANGER })).toMatchObject({ status: 404, code: 'LEAD_NOT_FOUND' });
  });
});

describe('an event is refused', () => {
  test('when nothing proves who sent it', async () => {
    expect(await answerOf(event(), {})).toMatchObject({ status: 401, code: 'NOT_SIGNED_IN' });
  });
  test('when the signature was made with another secret or over another body', async () => {
    expect(await signed({}, 'another secret')).toMatchObject({ status: 401, code: 'SIGNATURE_REFUSED' });
    const other = signature(JSON.stringify(event()));
    expect(await answerOf(event(), other)).toMatchObject({ status: 401, code: 'SIGNATURE_REFUSED' });
  });
  test('when the signature is wrong, even beside a good token', async () => {
    const token = { authorization: `Bearer ${signToken({ sub: String(MARA) })}` };
    const answer = await answerOf(event(), { ...token, 'x-nudge-signature': 'sha256=00' });
    expect(answer).toMatchObject({ status: 401, code: 'SIGNATURE_REFUSED' });
  });
  test('when this server has no secret for signatures', async () => {
    const closed = testServer(database, { eventsSecret: null });
    const body = JSON.stringify(event());
    expect((await closed('/api/events', jsonPost(body, signature(body, '')))).status).toBe(401);
  });
  test.each([
    ['expired', { exp: Math.floor(Date.now() / 1000) - 1 }],
    ['of another role', { role: 'project_admin' }],
    ['for somebody who is no Telegram person', { sub: '5f0c1f6e-8f0e-4a6e-9a3a-111111111111' }],
    ['at odds with itself', { telegram_id: 1 }],
    // An hour: the table is read long before its tests run.
    [
      'from the future',
      { iat: Math.floor(Date.now() / 1000) + 3600, exp: Math.floor(Date.now() / 1000) + 7200 },
    ],
  ])('when the token is %s', async (_, claims) => {
    const headers = { authorization: `Bearer ${signToken({ sub: String(MARA), ...claims })}` };
    expect(await answerOf(event(), headers)).toMatchObject({ status: 401, code: 'TOKEN_REFUSED' });
  });
  test('when the token is unsigned', async () => {
    const [, payload] = signToken({ sub: String(MARA) }).split('.');
    const header = Buffer.from('{"alg":"none"}').toString('base64url');
    const headers = { authorization: `Bearer ${header}.${payload!}.` };
    expect(await answerOf(event(), headers)).toMatchObject({ status: 401, code: 'TOKEN_REFUSED' });
  });
  test('when its type is unknown', async () => {
    expect(await signed({ type: 'party' })).toMatchObject({ status: 422, code: 'EVENT_TYPE_UNKNOWN' });
  });
  test('when it is signed but does not say whose lead it is', async () => {
    expect(await signed({ telegram_id: undefined })).toMatchObject({
      status: 422,
      code: 'TELEGRAM_ID_MISSING',
    });
  });
  test.each([
    ['has no lead', { lead_id: undefined }],
    ['has an exotic trigger', { trigger: 'Drop Table' }],
    ['has no key', { idempotency_key: '' }],
  ])('when it %s', async (_, fields) => {
    expect(await signed(fields)).toMatchObject({ status: 422, code: 'REQUEST_INVALID' });
  });
  test('when it is far too long', async () => {
    expect(await answerOf('x'.repeat(20_000), {})).toMatchObject({ status: 413, code: 'BODY_TOO_LARGE' });
  });
});
