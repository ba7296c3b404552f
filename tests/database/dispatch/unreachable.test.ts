/** A person who blocked the bot is left alone, and gets everything back when they write again. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { minutesAfter, NOON, openDispatcher } from './dispatcher.ts';
import type { Dispatcher } from './dispatcher.ts';

let dispatcher: Dispatcher;
beforeAll(async () => {
  dispatcher = await openDispatcher();
});
afterAll(() => dispatcher.drop());
beforeEach(() => dispatcher.reset());

const DAY = 24 * 60;
const BLOCKED = {
  outcome: 'failed',
  error: '403 Forbidden: bot was blocked by the user',
  error_code: 403,
  unreachable: true,
};
const touch = (telegramId = 100) =>
  dispatcher.call<{ unreachable_since: string | null }>('touch_person($1, $2)', [
    telegramId,
    '{"first_name": "Mara"}',
  ]);

test('a blocked send makes the person unreachable, and their other rows are parked', async () => {
  await dispatcher.person(100);
  const [now, later] = await dispatcher.reminders([{ dueIn: 0 }, { dueIn: 60 }]);
  await dispatcher.deliver(BLOCKED);
  expect(await dispatcher.row(now!)).toMatchObject({ status: 'failed' });
  expect(await dispatcher.json('select unreachable_since from users')).toEqual([
    { unreachable_since: minutesAfter(NOON, 0) },
  ]);
  await dispatcher.freeze(minutesAfter(NOON, 60));
  expect((await dispatcher.claim()).ids).toEqual([]);
  expect(await dispatcher.row(later!)).toMatchObject({
    status: 'pending',
    due_reason: 'parked',
    due_at: minutesAfter(NOON, 60 + 30 * DAY),
    wanted_at: minutesAfter(NOON, 60),
  });
});

test('somebody nobody knew becomes known as unreachable', async () => {
  await dispatcher.reminder({ telegramId: 4242 });
  await dispatcher.deliver(BLOCKED);
  expect(await dispatcher.json('select telegram_id from users where unreachable_since is not null')).toEqual([
    { telegram_id: 4242 },
  ]);
});

test('the first refusal counts: a later one does not move "unreachable since"', async () => {
  await dispatcher.person(100);
  await dispatcher.reminders([{ dueIn: 0 }, { dueIn: 0 }]);
  const { token, ids } = await dispatcher.claim();
  await dispatcher.settle(token, [{ id: ids[0]!, ...BLOCKED }]);
  await dispatcher.freeze(minutesAfter(NOON, 5));
  await dispatcher.settle(token, [{ id: ids[1]!, ...BLOCKED }]);
  expect(await dispatcher.json('select unreachable_since from users')).toEqual([
    { unreachable_since: minutesAfter(NOON, 0) },
  ]);
});

test('when they write, refused rows are pending and parked rows due again, each no earlier than wanted', async () => {
  await dispatcher.person(100);
  const [refused, parked, future] = await dispatcher.reminders([
    { dueIn: 0 },
    { dueIn: 60 },
    { dueIn: 9 * DAY },
  ]);
  await dispatcher.deliver(BLOCKED);
  await dispatcher.freeze(minutesAfter(NOON, 60));
  await dispatcher.claim();
  await dispatcher.freeze(minutesAfter(NOON, DAY));
  expect(await touch()).toMatchObject({ unreachable_since: null });
  expect(await dispatcher.row(refused!)).toMatchObject({
    status: 'pending',
    due_at: minutesAfter(NOON, DAY),
    retries: 0,
  });
  expect(await dispatcher.row(parked!)).toMatchObject({ status: 'pending', due_at: minutesAfter(NOON, DAY) });
  expect(await dispatcher.row(future!)).toMatchObject({ due_at: minutesAfter(NOON, 9 * DAY), due_rev: 0 });
  expect((await dispatcher.claim()).ids.toSorted()).toEqual([refused, parked].toSorted());
});

test('a pile that comes back is one list and no flood', async () => {
  await dispatcher.person(100, { unreachable_since: NOON });
  const ids = await dispatcher.reminders(Array.from({ length: 40 }, (_, nth) => ({ dueIn: -nth })));
  await dispatcher.claim();
  await dispatcher.freeze(minutesAfter(NOON, 7 * DAY));
  await touch();
  const { rows } = await dispatcher.claim();
  expect(rows).toHaveLength(ids.length);
  expect(new Set(rows.map(({ position, kind }) => `${kind} ${position}`))).toEqual(new Set(['list 1']));
});

test('a sign of life of somebody reachable moves nothing', async () => {
  await dispatcher.person(100);
  const id = await dispatcher.reminder({ dueIn: -5 });
  const before = await dispatcher.row(id);
  await touch();
  expect(await dispatcher.row(id)).toEqual(before);
  expect(await dispatcher.json('select last_seen_at from users')).toEqual([
    { last_seen_at: minutesAfter(NOON, 0) },
  ]);
});

test('a row that was refused for another reason comes back by Retry, and is sent again', async () => {
  await dispatcher.person(100);
  const id = await dispatcher.reminder();
  await dispatcher.deliver({ outcome: 'failed', error: '400', error_code: 400, unreachable: false });
  expect((await dispatcher.claim()).ids).toEqual([]);
  await dispatcher.asPerson(100, `update public.scheduled_reminders set status = 'pending' where id = ${id}`);
  expect((await dispatcher.claim()).ids).toEqual([id]);
});

test('a refused row whose step lives on in another row stays refused, and the person is let in', async () => {
  await dispatcher.person(100);
  const failed = await dispatcher.reminder({ leadId: 9, stepId: 1, dueIn: 0 });
  await dispatcher.deliver({ ...BLOCKED, unreachable: false, error: '400 Bad Request' });
  const live = await dispatcher.reminder({ leadId: 9, stepId: 1, dueIn: 60 });
  expect(await touch()).toMatchObject({ telegram_id: 100 });
  expect(await dispatcher.row(failed)).toMatchObject({ status: 'failed' });
  expect(await dispatcher.row(live)).toMatchObject({ status: 'pending' });
});

test('whatever a row was refused for, it comes back when the person writes again', async () => {
  await dispatcher.person(100);
  const failed = await dispatcher.reminder({ leadId: 9, stepId: 1, dueIn: 0 });
  await dispatcher.deliver({ ...BLOCKED, unreachable: false, error: '400 Bad Request' });
  await touch();
  expect(await dispatcher.row(failed)).toMatchObject({ status: 'pending' });
});
