/**
 * Between claim and settle the person acts, or the lease is lost. What they did is never overwritten; what was sent is
 * always on record.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { minutesAfter, NOON, openDispatcher } from './dispatcher.ts';
import type { Dispatcher } from './dispatcher.ts';

let dispatcher: Dispatcher;
beforeAll(async () => {
  dispatcher = await openDispatcher();
});
afterAll(() => dispatcher.drop());
beforeEach(async () => {
  await dispatcher.reset();
  await dispatcher.person(100);
});

const TOMORROW = minutesAfter(NOON, 24 * 60);

/** What people and operators can do to a row, and what must still be true after the settling. */
const MOVES: readonly [string, string, Record<string, unknown>][] = [
  ['Done', `select public.complete_reminder('a', ID)`, { status: 'completed' }],
  ['Skip', `select public.skip_reminder('a', ID)`, { status: 'skipped' }],
  ['Cancel', `select public.cancel_reminder('a', ID)`, { status: 'cancelled' }],
  [
    'Snooze',
    `select public.snooze_reminder('a', ID, '${TOMORROW}')`,
    { status: 'pending', due_at: TOMORROW, wanted_at: TOMORROW, level: 0, snooze_count: 1 },
  ],
  [
    'a new date over REST',
    `update public.scheduled_reminders set due_at = '${TOMORROW}' where id = ID`,
    { status: 'pending', due_at: TOMORROW, wanted_at: TOMORROW, level: 0, snooze_count: 1 },
  ],
  [
    'Done over REST',
    `update public.scheduled_reminders set status = 'completed' where id = ID`,
    { status: 'completed' },
  ],
];
const OUTCOMES = [
  { outcome: 'sent', message_id: 9 },
  { outcome: 'bundled', message_id: 9 },
  { outcome: 'retry', retry_in_ms: 1000 },
  { outcome: 'failed', error: '400' },
  { outcome: 'in_doubt', retry_in_ms: 1000 },
] as const;

describe.each(MOVES)('%s while the card is on its way', (_, statement, kept) => {
  test.each(OUTCOMES)('stands when the send ends as $outcome', async (outcome) => {
    const id = await dispatcher.reminder({ dueIn: -1 });
    const { token } = await dispatcher.claim();
    await dispatcher.asPerson(100, statement.replace('ID', String(id)));
    const before = await dispatcher.row(id);
    expect(before).toMatchObject(kept);
    await dispatcher.settle(token, [{ id, ...outcome }]);
    const wentOut = outcome.outcome === 'sent' || outcome.outcome === 'bundled';
    expect(await dispatcher.row(id)).toEqual({
      ...before,
      ...(wentOut && { message_id: 9, reminder_count: 1, last_reminded_at: minutesAfter(NOON, 0) }),
    });
    expect(await dispatcher.attempts(id)).toMatchObject([{ outcome: outcome.outcome }]);
    expect(await dispatcher.sql('select from open_attempts')).toHaveLength(0);
  });
});

test('Done, taken back by Undo while the card is on its way, is not sent on top of it', async () => {
  const id = await dispatcher.reminder({ dueIn: -1 });
  const { token } = await dispatcher.claim();
  await dispatcher.asPerson(100, `select public.complete_reminder('a', ${id})`);
  await dispatcher.asPerson(100, `select public.undo_action('a')`);
  const before = await dispatcher.row(id);
  await dispatcher.settle(token, [{ id, outcome: 'sent', message_id: 9 }]);
  const { status, due_at: dueAt, level } = await dispatcher.row(id);
  expect({ status, dueAt, level }).toEqual({
    status: before.status,
    dueAt: before.due_at,
    level: before.level,
  });
});

test('a draft edited while the card is on its way keeps the edit', async () => {
  const id = await dispatcher.reminder({ dueIn: -1 });
  const { token } = await dispatcher.claim();
  await dispatcher.asPerson(
    100,
    `update public.scheduled_reminders set draft_text = 'Better' where id = ${id}`,
  );
  await dispatcher.settle(token, [{ id, outcome: 'sent', message_id: 9 }]);
  expect(await dispatcher.row(id)).toMatchObject({ draft_text: 'Better', status: 'sent', message_id: 9 });
});

describe('a lost lease', () => {
  test('the late result corrects the attempt and leaves the row alone', async () => {
    const id = await dispatcher.reminder({ dueIn: -1 });
    const { token } = await dispatcher.claim();
    await dispatcher.expireLeases();
    await dispatcher.call('sweep_reminders()');
    const swept = await dispatcher.row(id);
    expect(await dispatcher.settle(token, [{ id, outcome: 'sent', message_id: 12 }])).toBe(0);
    expect(await dispatcher.row(id)).toEqual(swept);
    expect(await dispatcher.attempts(id)).toMatchObject([{ outcome: 'sent', message_id: 12 }]);
  });

  test('a late "released" does not hide that the attempt was in doubt', async () => {
    const id = await dispatcher.reminder({ dueIn: -1 });
    const { token } = await dispatcher.claim();
    await dispatcher.expireLeases();
    await dispatcher.call('sweep_reminders()');
    await dispatcher.settle(token, [{ id, outcome: 'released' }]);
    expect(await dispatcher.attempts(id)).toMatchObject([{ outcome: 'in_doubt' }]);
  });

  test('the late result of the first worker does not end the lease of the second', async () => {
    const id = await dispatcher.reminder({ dueIn: -1 });
    const first = await dispatcher.claim();
    await dispatcher.expireLeases();
    await dispatcher.call('sweep_reminders()');
    const second = await dispatcher.claim({ worker: 'w2' });
    expect(second.rows).toMatchObject([{ id, in_doubt: true, level: 0 }]);
    await dispatcher.settle(first.token, [{ id, outcome: 'failed', error: 'late', unreachable: true }]);
    expect(await dispatcher.row(id)).toMatchObject({ status: 'pending' });
    expect(await dispatcher.settle(second.token, [{ id, outcome: 'sent', message_id: 2 }])).toBe(1);
    expect(await dispatcher.row(id)).toMatchObject({
      status: 'sent',
      message_id: 2,
      level: 1,
      in_doubt: false,
    });
    expect((await dispatcher.attempts(id)).map(({ outcome }) => outcome).toSorted()).toEqual([
      'failed',
      'sent',
    ]);
  });

  test('the reminder deleted meanwhile: the send is on record, nothing else happens', async () => {
    const id = await dispatcher.reminder({ dueIn: -1 });
    const { token } = await dispatcher.claim();
    await dispatcher.sql('delete from scheduled_reminders where id = $1', [id]);
    await dispatcher.settle(token, [{ id, outcome: 'sent', message_id: 3 }]);
    expect(await dispatcher.attempts(id)).toMatchObject([{ outcome: 'sent', message_id: 3 }]);
    expect(await dispatcher.sql('select from claim_batches')).toHaveLength(0);
  });
});
