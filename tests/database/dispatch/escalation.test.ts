/** Levels: due, four awake hours later, the next awake morning, then a week of rest. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openDispatcher } from './dispatcher.ts';
import type { Dispatcher } from './dispatcher.ts';

let dispatcher: Dispatcher;
beforeAll(async () => {
  dispatcher = await openDispatcher();
});
afterAll(() => dispatcher.drop());
beforeEach(() => dispatcher.reset());

const berlin = { zone: 'Europe/Berlin', quiet_from: '21:00', quiet_to: '08:00', preferred_hour: '09:30' };

/** Delivers at that instant and says what the row became. */
async function deliverAt(instant: string, id: number) {
  await dispatcher.freeze(instant);
  const { ids } = await dispatcher.deliver();
  expect(ids).toEqual([id]);
  return dispatcher.row(id);
}

test('an unanswered reminder is brought up three times and then rests for a week', async () => {
  await dispatcher.person(100, berlin);
  const id = await dispatcher.reminder();
  expect(await deliverAt('2026-11-18T12:00:00Z', id)).toMatchObject({
    level: 1,
    status: 'sent',
    due_at: '2026-11-18T16:00:00+00:00',
    due_reason: 'escalation',
  });
  expect(await deliverAt('2026-11-18T16:00:00Z', id)).toMatchObject({
    level: 2,
    due_at: '2026-11-19T08:30:00+00:00',
    due_reason: 'escalation',
    snooze_count: 0,
  });
  expect(await deliverAt('2026-11-19T08:30:00Z', id)).toMatchObject({
    level: 0,
    status: 'sent',
    due_at: '2026-11-26T08:30:00+00:00',
    due_reason: 'snooze',
    snooze_count: 1,
    reminder_count: 3,
    wanted_at: '2026-11-18T12:00:00+00:00',
  });
  expect(await deliverAt('2026-11-26T08:30:00Z', id)).toMatchObject({ level: 1, reminder_count: 4 });
});

test('four awake hours skip the night', async () => {
  await dispatcher.person(100, berlin);
  const id = await dispatcher.reminder();
  // 19:30 in Berlin: an hour and a half until 21:00, the rest from 08:00 on
  const { due_at: dueAt } = await deliverAt('2026-11-18T18:30:00Z', id);
  expect(dueAt).toBe('2026-11-19T09:30:00+00:00');
});

test('four awake hours skip days off, and so does the next awake morning', async () => {
  await dispatcher.person(100, { ...berlin, working_days: [1, 2, 3, 4, 5] });
  const id = await dispatcher.reminder();
  // Friday 20:00 in Berlin: an hour until 21:00, the rest from Monday 08:00 on
  expect((await deliverAt('2026-11-20T19:00:00Z', id)).due_at).toBe('2026-11-23T10:00:00+00:00');
  await dispatcher.sql(
    `update scheduled_reminders set due_at = '2026-11-27T15:00:00Z', due_rev = due_rev + 1`,
  );
  expect((await deliverAt('2026-11-27T15:00:00Z', id)).due_at).toBe('2026-11-30T08:30:00+00:00');
});

test('a card that never got through does not count as one of the three', async () => {
  await dispatcher.person(100, berlin);
  const id = await dispatcher.reminder();
  await dispatcher.deliver({ outcome: 'retry', retry_in_ms: 0 });
  await dispatcher.deliver({ outcome: 'in_doubt', retry_in_ms: 0 });
  expect(await dispatcher.row(id)).toMatchObject({ level: 0, reminder_count: 0 });
});

test('a person nobody knows is reminded again after four hours of any day', async () => {
  const id = await dispatcher.reminder({ telegramId: 4242 });
  expect((await deliverAt('2026-11-18T22:00:00Z', id)).due_at).toBe('2026-11-19T02:00:00+00:00');
  expect((await deliverAt('2026-11-19T02:00:00Z', id)).due_at).toBe('2026-11-20T09:30:00+00:00');
  expect((await deliverAt('2026-11-20T09:30:00Z', id)).level).toBe(0);
});

describe('a sign of life', () => {
  /** A card of level 1, sent at noon and due again at 16:00; the person was seen at that instant. */
  async function seenAt(instant: string, level: number, dueAt: string): Promise<number> {
    await dispatcher.person(100, { ...berlin, last_seen_at: instant });
    const id = await dispatcher.reminder({ status: 'sent', level, lastRemindedIn: 0 });
    await dispatcher.freeze(dueAt);
    return id;
  }

  test('puts the second card off: its four awake hours count from there', async () => {
    const id = await seenAt('2026-11-18T13:15:00Z', 1, '2026-11-18T16:00:00Z');
    expect((await dispatcher.claim()).ids).toEqual([]);
    expect(await dispatcher.row(id)).toMatchObject({
      due_at: '2026-11-18T17:15:00+00:00',
      due_reason: 'window',
      level: 1,
    });
  });

  test('puts the third card off to the morning after it', async () => {
    const id = await seenAt('2026-11-19T08:00:00Z', 2, '2026-11-19T08:30:00Z');
    expect((await dispatcher.claim()).ids).toEqual([]);
    expect((await dispatcher.row(id)).due_at).toBe('2026-11-20T08:30:00+00:00');
  });

  test('before the last card changes nothing', async () => {
    const id = await seenAt('2026-11-18T11:59:00Z', 1, '2026-11-18T16:00:00Z');
    expect((await dispatcher.claim()).ids).toEqual([id]);
  });

  test('does not put off a first notice', async () => {
    const id = await seenAt('2026-11-18T15:59:00Z', 0, '2026-11-18T16:00:00Z');
    expect((await dispatcher.claim()).ids).toEqual([id]);
  });
});
