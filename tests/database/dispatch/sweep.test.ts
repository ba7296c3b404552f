/** Only the sweep takes rows from a dead worker: once, flagged as in doubt, never from a living one. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { minutesAfter, NOON, openDispatcher } from './dispatcher.ts';
import type { Dispatcher } from './dispatcher.ts';

let dispatcher: Dispatcher;
beforeAll(async () => {
  dispatcher = await openDispatcher();
});
afterAll(() => dispatcher.drop());
beforeEach(() => dispatcher.reset());

const sweep = () => dispatcher.call<number>('sweep_reminders()');
const extend = (token: string, seconds = 30) =>
  dispatcher.call<boolean>('extend_claims($1, $2)', [token, seconds]);

describe('the sweep', () => {
  test('leaves a living worker’s rows alone', async () => {
    await dispatcher.reminder();
    await dispatcher.claim();
    expect(await sweep()).toBe(0);
    expect(await dispatcher.sql('select from open_attempts')).toHaveLength(1);
  });

  test('re-queues a dead worker’s rows at once, in doubt, with their level and instants', async () => {
    const id = await dispatcher.reminder({ dueIn: -30, status: 'sent', level: 1, lastRemindedIn: -270 });
    const { token } = await dispatcher.claim();
    await dispatcher.expireLeases();
    expect(await sweep()).toBe(1);
    expect(await dispatcher.row(id)).toMatchObject({
      status: 'sent',
      level: 1,
      in_doubt: true,
      due_at: minutesAfter(NOON, -30),
      wanted_at: minutesAfter(NOON, -30),
      due_reason: 'retry',
      due_rev: 1,
    });
    expect(await dispatcher.attempts(id)).toMatchObject([
      { token, outcome: 'in_doubt', level: 1, message_id: null },
    ]);
    expect((await dispatcher.claim({ worker: 'w2' })).rows).toMatchObject([{ id, in_doubt: true, level: 1 }]);
  });

  test('ends one worker’s lease and not another’s', async () => {
    const [dead, alive] = await dispatcher.reminders([{ telegramId: 100 }, { telegramId: 101 }]);
    await dispatcher.claim({ worker: 'dead', limit: 1 });
    await dispatcher.expireLeases();
    await dispatcher.claim({ worker: 'alive', limit: 1 });
    expect(await sweep()).toBe(1);
    expect(await dispatcher.attempts(dead!)).toHaveLength(1);
    expect(await dispatcher.attempts(alive!)).toHaveLength(0);
  });

  test('takes only what a half-finished batch had not settled', async () => {
    const ids = await dispatcher.reminders([{ telegramId: 100 }, { telegramId: 101 }, { telegramId: 102 }]);
    const { token } = await dispatcher.claim();
    await dispatcher.settle(token, [{ id: ids[0]!, outcome: 'sent', message_id: 1 }]);
    await dispatcher.expireLeases();
    expect(await sweep()).toBe(2);
    expect(await dispatcher.row(ids[0]!)).toMatchObject({ in_doubt: false, status: 'sent' });
    expect(await dispatcher.sql('select from claim_batches')).toHaveLength(0);
  });

  test('does not bring back what the person finished while the worker was dead', async () => {
    await dispatcher.person(100);
    const id = await dispatcher.reminder();
    await dispatcher.claim();
    await dispatcher.asPerson(100, `select public.complete_reminder('a', ${id})`);
    await dispatcher.expireLeases();
    expect(await sweep()).toBe(1);
    expect(await dispatcher.row(id)).toMatchObject({ status: 'completed', in_doubt: false });
    expect(await dispatcher.attempts(id)).toMatchObject([{ outcome: 'in_doubt' }]);
  });

  test('run by several workers at once counts each row once', async () => {
    await dispatcher.reminders(Array.from({ length: 60 }, (_, nth) => ({ telegramId: 100 + nth })));
    await dispatcher.claim();
    await dispatcher.expireLeases();
    const swept = await Promise.all([1, 2, 3, 4].map(sweep));
    expect(swept.toSorted((a, b) => a - b)).toEqual([0, 0, 0, 60]);
    expect(await dispatcher.sql('select from delivery_attempts')).toHaveLength(60);
  });
});

describe('extending a lease', () => {
  test('keeps the sweep away', async () => {
    await dispatcher.reminder();
    const { token } = await dispatcher.claim();
    await dispatcher.expireLeases();
    expect(await extend(token)).toBe(true);
    expect(await sweep()).toBe(0);
  });

  test('comes too late after the sweep: the worker learns that it has lost the batch', async () => {
    await dispatcher.reminder();
    const { token } = await dispatcher.claim();
    await dispatcher.expireLeases();
    await sweep();
    expect(await extend(token)).toBe(false);
  });
});
