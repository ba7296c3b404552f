/** What each outcome of a send does to its reminder, and that saying it twice changes nothing. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { minutesAfter, NOON, openDispatcher } from './dispatcher.ts';
import type { Dispatcher } from './dispatcher.ts';
import type { Settlement } from './rows.ts';

let dispatcher: Dispatcher;
beforeAll(async () => {
  dispatcher = await openDispatcher();
});
afterAll(() => dispatcher.drop());
beforeEach(() => dispatcher.reset());

/** Everything a settlement may touch, for comparing before and after. */
async function everything(): Promise<unknown> {
  const tables = [
    'scheduled_reminders',
    'users',
    'outreach_steps',
    'reminder_events',
    'delivery_attempts',
    'open_attempts',
    'claim_batches',
    'dispatch_limiter',
  ];
  return Promise.all(
    tables.map((table) => dispatcher.json(`select * from ${table} as t order by to_jsonb(t)::text`)),
  );
}

const OUTCOMES: readonly [string, Omit<Settlement, 'id'>][] = [
  ['sent', { outcome: 'sent', message_id: 7 }],
  ['bundled', { outcome: 'bundled', message_id: 7 }],
  ['retry', { outcome: 'retry', retry_in_ms: 4000, error: '500 Internal', error_code: 500 }],
  ['flood', { outcome: 'retry', retry_in_ms: 4000, error: '429', error_code: 429, block_ms: 4000 }],
  ['failed', { outcome: 'failed', error: '400 Bad Request', error_code: 400, unreachable: false }],
  ['blocked', { outcome: 'failed', error: '403 Forbidden', error_code: 403, unreachable: true }],
  ['deferred', { outcome: 'deferred', retry_in_ms: 60_000 }],
  ['in doubt', { outcome: 'in_doubt', retry_in_ms: 4000, error: 'timeout' }],
  ['released', { outcome: 'released' }],
];

describe('an outcome', () => {
  test('sent: the card’s message is known, the row is sent, and comes up again after four hours', async () => {
    await dispatcher.person(100);
    const id = await dispatcher.reminder({ dueIn: -5, retries: 3 });
    await dispatcher.sql(`update scheduled_reminders set last_error = '500', in_doubt = true where id = $1`, [
      id,
    ]);
    await dispatcher.deliver({ outcome: 'sent', message_id: 7001 });
    expect(await dispatcher.row(id)).toMatchObject({
      status: 'sent',
      message_id: 7001,
      level: 1,
      reminder_count: 1,
      last_reminded_at: minutesAfter(NOON, 0),
      due_at: minutesAfter(NOON, 240),
      due_reason: 'escalation',
      // when the person expected it does not move with a delivery
      wanted_at: minutesAfter(NOON, -5),
      first_due_at: minutesAfter(NOON, -5),
      snooze_count: 0,
      retries: 0,
      last_error: null,
      in_doubt: false,
    });
    expect(await dispatcher.attempts(id)).toMatchObject([
      { outcome: 'sent', message_id: 7001, kind: 'card', level: 0 },
    ]);
  });

  test('retry: the row waits as long as asked and counts the failure', async () => {
    const id = await dispatcher.reminder({ retries: 2 });
    await dispatcher.deliver({
      outcome: 'retry',
      retry_in_ms: 90_000,
      error: '500 Internal',
      error_code: 500,
    });
    expect(await dispatcher.row(id)).toMatchObject({
      status: 'pending',
      level: 0,
      due_at: minutesAfter(NOON, 1.5),
      wanted_at: minutesAfter(NOON, 0),
      due_reason: 'retry',
      retries: 3,
      last_error: '500 Internal',
      reminder_count: 0,
    });
    expect(await dispatcher.attempts(id)).toMatchObject([
      { outcome: 'retry', error_code: 500, error: '500 Internal', message_id: null },
    ]);
  });

  test('failed for good: the row is failed, stays where it was, and an event says why', async () => {
    const id = await dispatcher.reminder({ dueIn: -1 });
    await dispatcher.deliver({ outcome: 'failed', error: '400 Bad Request: chat is gone', error_code: 400 });
    expect(await dispatcher.row(id)).toMatchObject({ status: 'failed', due_at: minutesAfter(NOON, -1) });
    expect(await dispatcher.json('select * from reminder_events')).toMatchObject([
      { reminder_id: id, action: 'failed', actor: 'dispatcher', note: '400 Bad Request: chat is gone' },
    ]);
    expect(await dispatcher.json('select * from users')).toEqual([]);
  });

  test('in doubt: the row is tried again with the same level and says that the first may have arrived', async () => {
    const id = await dispatcher.reminder({ status: 'sent', level: 1, lastRemindedIn: -240 });
    await dispatcher.deliver({ outcome: 'in_doubt', retry_in_ms: 0, error: 'timeout' });
    expect(await dispatcher.row(id)).toMatchObject({
      status: 'sent',
      level: 1,
      in_doubt: true,
      due_reason: 'retry',
    });
    const again = await dispatcher.claim();
    expect(again.rows).toMatchObject([{ id, level: 1, in_doubt: true, retries: 1 }]);
    await dispatcher.settle(again.token, [{ id, outcome: 'sent', message_id: 8 }]);
    expect(await dispatcher.row(id)).toMatchObject({ level: 2, in_doubt: false });
    expect((await dispatcher.attempts(id)).map(({ outcome }) => outcome)).toEqual(['in_doubt', 'sent']);
  });

  test('a doubt stays until the message is known to have arrived, whatever happens in between', async () => {
    const id = await dispatcher.reminder();
    await dispatcher.deliver({ outcome: 'in_doubt', retry_in_ms: 0, error: 'timeout' });
    await dispatcher.deliver({ outcome: 'retry', retry_in_ms: 0, error: '500', error_code: 500 });
    await dispatcher.deliver({ outcome: 'deferred', retry_in_ms: 0 });
    expect((await dispatcher.claim()).rows).toMatchObject([{ id, in_doubt: true }]);
  });

  test('released: nothing happened; the row is due as before and no attempt is on record', async () => {
    const id = await dispatcher.reminder({ dueIn: -3 });
    const before = await dispatcher.row(id);
    await dispatcher.deliver({ outcome: 'released' });
    expect(await dispatcher.row(id)).toEqual(before);
    expect(await dispatcher.attempts(id)).toEqual([]);
    expect((await dispatcher.claim()).rows).toMatchObject([{ id, in_doubt: false }]);
  });

  test('deferred: the row waits for its window', async () => {
    const id = await dispatcher.reminder();
    await dispatcher.deliver({ outcome: 'deferred', retry_in_ms: 3_600_000 });
    expect(await dispatcher.row(id)).toMatchObject({ due_at: minutesAfter(NOON, 60), due_reason: 'window' });
  });

  test('bundled: each row of a list has its own attempt and the one message', async () => {
    const ids = await dispatcher.reminders([1, 2, 3, 4].map(() => ({ dueIn: -1 })));
    await dispatcher.deliver({ outcome: 'bundled', message_id: 55 });
    for (const id of ids) {
      expect(await dispatcher.row(id)).toMatchObject({ status: 'sent', level: 1, message_id: 55 });
      expect(await dispatcher.attempts(id)).toMatchObject([
        { outcome: 'bundled', kind: 'list', message_id: 55 },
      ]);
    }
  });

  test('429: no worker gets a slot before Telegram’s time is over', async () => {
    await dispatcher.reminders([{ telegramId: 100 }, { telegramId: 101 }]);
    const first = await dispatcher.claim({ limit: 1 });
    await dispatcher.settle(first.token, [
      { id: first.ids[0]!, outcome: 'retry', retry_in_ms: 0, block_ms: 50_000, error_code: 429 },
    ]);
    expect((await dispatcher.claim({ worker: 'w2' })).ids).toEqual([]);
    expect(await dispatcher.call<number>('next_wake_ms()')).toBeGreaterThan(25_000);
  });

  test('a later 429 with a shorter time does not end an earlier longer one', async () => {
    await dispatcher.reminders([{ telegramId: 100 }, { telegramId: 101 }]);
    const { token, ids } = await dispatcher.claim();
    const flood = (id: number, ms: number) =>
      dispatcher.settle(token, [{ id, outcome: 'retry', retry_in_ms: 0, block_ms: ms }]);
    await flood(ids[0]!, 60_000);
    await flood(ids[1]!, 1_000);
    expect(await dispatcher.call<number>('next_wake_ms()')).toBeGreaterThan(50_000);
  });
});

describe('a replay', () => {
  test.each(OUTCOMES)('of "%s" changes nothing', async (_, outcome) => {
    await dispatcher.person(100);
    await dispatcher.reminder({ dueIn: -1 });
    const { token, ids } = await dispatcher.claim();
    const results = ids.map((id) => ({ id, ...outcome }));
    expect(await dispatcher.settle(token, results)).toBe(1);
    const after = await everything();
    expect(await dispatcher.settle(token, results)).toBe(0);
    expect(await everything()).toEqual(after);
  });

  test('of "blocked" does not make a person unreachable who has written since', async () => {
    await dispatcher.person(100);
    await dispatcher.reminder();
    const { token, ids } = await dispatcher.claim();
    const results = [{ id: ids[0]!, outcome: 'failed', error: '403', error_code: 403, unreachable: true }];
    await dispatcher.settle(token, results);
    await dispatcher.call(`touch_person(100, '{}')`);
    await dispatcher.settle(token, results);
    expect(await dispatcher.json('select unreachable_since from users')).toEqual([
      { unreachable_since: null },
    ]);
  });

  test('at the same moment on two connections is counted once', async () => {
    await dispatcher.reminders(Array.from({ length: 50 }, (_, nth) => ({ telegramId: 100 + nth })));
    const { token, ids } = await dispatcher.claim();
    const results = ids.map((id) => ({ id, outcome: 'sent', message_id: id }));
    const settled = await Promise.all([1, 2, 3].map(() => dispatcher.settle(token, results)));
    expect(settled.toSorted()).toEqual([0, 0, 50]);
    expect(await dispatcher.json('select distinct reminder_count, level from scheduled_reminders')).toEqual([
      { reminder_count: 1, level: 1 },
    ]);
  });
});

describe('a batch', () => {
  test('is closed when its last row is settled, in as many parts as the worker likes', async () => {
    await dispatcher.reminders([{ telegramId: 100 }, { telegramId: 101 }, { telegramId: 102 }]);
    const { token, ids } = await dispatcher.claim();
    for (const id of ids) {
      expect(await dispatcher.sql('select from claim_batches')).toHaveLength(1);
      await dispatcher.settle(token, [{ id, outcome: 'sent', message_id: 1 }]);
    }
    expect(await dispatcher.sql('select from claim_batches')).toHaveLength(0);
    expect(await dispatcher.sql('select from open_attempts')).toHaveLength(0);
  });

  test('is settled by its own token alone', async () => {
    const id = await dispatcher.reminder();
    await dispatcher.claim();
    const before = await dispatcher.row(id);
    expect(await dispatcher.settle(randomUUID(), [{ id, outcome: 'sent', message_id: 66 }])).toBe(0);
    expect(await dispatcher.row(id)).toEqual(before);
    expect(await dispatcher.attempts(id)).toEqual([]);
  });
});
