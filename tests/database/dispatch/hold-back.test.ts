/**
 * What may not go now gets its next possible instant in the same claim: a row that a claim looked at and left both unsent and
 * due would come first in every later claim, and one blocked person's rows would hide everybody else's for ever.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { minutesAfter, NOON, openDispatcher } from './dispatcher.ts';
import type { Dispatcher } from './dispatcher.ts';

let dispatcher: Dispatcher;
beforeAll(async () => {
  dispatcher = await openDispatcher();
});
afterAll(() => dispatcher.drop());
beforeEach(() => dispatcher.reset());

const DAY = 24 * 60;

/** Claims and expects that nothing goes, that nothing stays due, and gives the row back. */
async function heldBack(id: number) {
  expect((await dispatcher.claim()).ids).toEqual([]);
  expect(await dispatcher.leftDue()).toEqual([]);
  return dispatcher.row(id);
}

describe('people who cannot be written to now', () => {
  test('paused: the row waits until the pause ends', async () => {
    await dispatcher.person(100, { paused_until: minutesAfter(NOON, 3 * DAY) });
    const id = await dispatcher.reminder({ dueIn: -10 });
    expect(await heldBack(id)).toMatchObject({
      status: 'pending',
      due_at: minutesAfter(NOON, 3 * DAY),
      wanted_at: minutesAfter(NOON, -10),
      due_reason: 'parked',
      due_rev: 1,
    });
  });

  test('a pause that is over holds nothing back', async () => {
    await dispatcher.person(100, { paused_until: NOON });
    const id = await dispatcher.reminder();
    expect((await dispatcher.claim()).ids).toEqual([id]);
  });

  test.each([
    ['unreachable', { unreachable_since: NOON }],
    ['opted out', { opted_out: true }],
  ])('%s: the row is parked for thirty days, and looked at again', async (_, columns) => {
    await dispatcher.person(100, columns);
    const id = await dispatcher.reminder();
    expect(await heldBack(id)).toMatchObject({
      status: 'pending',
      due_at: minutesAfter(NOON, 30 * DAY),
      wanted_at: minutesAfter(NOON, 0),
      due_reason: 'parked',
    });
  });

  test('hundreds of rows of one blocked person do not hide the one of somebody else', async () => {
    await dispatcher.person(100, { unreachable_since: NOON });
    await dispatcher.reminders(Array.from({ length: 300 }, () => ({ telegramId: 100, dueIn: -60 })));
    const other = await dispatcher.reminder({ telegramId: 200, dueIn: -1 });
    const seen: number[] = [];
    // At most 2 × 10 rows are looked at in a claim, plus what the person of a full window still has due.
    for (let claims = 0; claims < 2; claims += 1) seen.push(...(await dispatcher.claim({ limit: 10 })).ids);
    expect(seen).toEqual([other]);
    expect(await dispatcher.leftDue()).toEqual([]);
  });
});

describe('quiet hours and days off', () => {
  beforeEach(() => dispatcher.freeze('2026-11-18T23:30:00.000Z'));
  const quiet = { quiet_from: '21:00', quiet_to: '08:00' };

  test('a row of a plan waits for the end of the quiet hours', async () => {
    await dispatcher.person(100, quiet);
    const id = await dispatcher.reminder({ dueIn: -1 });
    expect(await heldBack(id)).toMatchObject({
      due_at: '2026-11-19T08:00:00+00:00',
      wanted_at: '2026-11-18T23:29:00+00:00',
      due_reason: 'window',
    });
  });

  test('quiet hours are those of the person’s own zone', async () => {
    await dispatcher.person(100, { ...quiet, zone: 'America/Los_Angeles' });
    await dispatcher.person(200, { ...quiet, zone: 'Asia/Tokyo' });
    await dispatcher.person(300, { ...quiet, zone: 'Asia/Kolkata' });
    const [losAngeles, tokyo, kolkata] = await dispatcher.reminders(
      [100, 200, 300].map((telegramId) => ({ telegramId, dueIn: -1 })),
    );
    // 15:30, 08:30 and 05:00 there.
    expect((await dispatcher.claim()).ids).toEqual([losAngeles, tokyo]);
    expect((await dispatcher.row(kolkata!)).due_at).toBe('2026-11-19T02:30:00+00:00');
  });

  test('on a day off a row waits for the preferred hour of the next working day', async () => {
    await dispatcher.freeze('2026-11-21T12:00:00.000Z');
    await dispatcher.person(100, { ...quiet, working_days: [1, 2, 3, 4, 5] });
    const id = await dispatcher.reminder();
    expect(await heldBack(id)).toMatchObject({ due_at: '2026-11-23T09:30:00+00:00', due_reason: 'window' });
  });

  test('an instant the person picked passes the quiet hours', async () => {
    await dispatcher.person(100, quiet);
    const id = await dispatcher.reminder({ exact: true });
    expect((await dispatcher.claim()).ids).toEqual([id]);
  });

  test('the escalation of such a row does not', async () => {
    await dispatcher.person(100, quiet);
    const id = await dispatcher.reminder({ exact: true, status: 'sent', level: 1, lastRemindedIn: -300 });
    expect(await heldBack(id)).toMatchObject({
      due_at: '2026-11-19T08:00:00+00:00',
      due_reason: 'window',
      level: 1,
    });
  });
});

describe('leads that are over', () => {
  test.each([
    ['won', { status: 'closed_won' }],
    ['lost', { status: 'closed_lost' }],
    ['in the bin', { deleted_at: NOON }],
  ])('the row of a lead that is %s is cancelled, and an event says so', async (_, columns) => {
    const leadId = await dispatcher.lead(100, columns);
    const id = await dispatcher.reminder({ leadId });
    expect(await heldBack(id)).toMatchObject({ status: 'cancelled', due_at: minutesAfter(NOON, 0) });
    const events = await dispatcher.json('select * from reminder_events where reminder_id = $1', [id]);
    expect(events).toMatchObject([
      {
        action: 'close_lead',
        actor: 'dispatcher',
        source: 'worker',
        after: { status: 'cancelled' },
        lead_id: leadId,
      },
    ]);
  });

  test('also when the person is paused: nothing of a closed lead comes back after the pause', async () => {
    await dispatcher.person(100, { paused_until: minutesAfter(NOON, DAY) });
    const id = await dispatcher.reminder({ leadId: await dispatcher.lead(100, { status: 'closed_lost' }) });
    expect(await heldBack(id)).toMatchObject({ status: 'cancelled' });
  });
});

describe('one message per chat per gap', () => {
  test('a second card of the same chat waits for the gap, the third for two', async () => {
    await dispatcher.limiter({ rate: 1000, chatGapMs: 1000 });
    const ids = await dispatcher.reminders([{ dueIn: -3 }, { dueIn: -2 }, { dueIn: -1 }]);
    expect((await dispatcher.claim()).ids).toEqual([ids[0]]);
    expect(await dispatcher.leftDue()).toEqual([]);
    expect(await dispatcher.row(ids[1]!)).toMatchObject({
      due_at: '2026-11-18T12:00:01+00:00',
      due_reason: 'window',
    });
    expect(await dispatcher.row(ids[2]!)).toMatchObject({
      due_at: '2026-11-18T12:00:02+00:00',
      due_reason: 'window',
    });
  });

  test('a chat that had a slot a moment ago is put off until the gap has passed', async () => {
    await dispatcher.limiter({ rate: 1000, chatGapMs: 60_000 });
    await dispatcher.reminder();
    await dispatcher.deliver();
    const next = await dispatcher.reminder();
    expect((await dispatcher.claim()).ids).toEqual([]);
    expect(await dispatcher.leftDue()).toEqual([]);
    const waits = Temporal.Instant.from((await dispatcher.row(next)).due_at)
      .since(NOON)
      .total('milliseconds');
    expect(waits).toBeGreaterThan(0);
    expect(waits).toBeLessThanOrEqual(60_000);
  });
});
