/** After a pause of everything the backlog comes back slowly: five a day, the oldest first, in open windows, plans in order. */
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { minutesAfter, NOON, openDispatcher } from './dispatcher.ts';
import type { Dispatcher } from './dispatcher.ts';

let dispatcher: Dispatcher;
beforeAll(async () => {
  dispatcher = await openDispatcher();
});
afterAll(() => dispatcher.drop());
beforeEach(() => dispatcher.reset());

const PERSON = 100;
const DAY = 24 * 60;
const HOURS = { zone: 'Europe/Berlin', quiet_from: '21:00', quiet_to: '08:00' };

interface Open {
  id: number;
  due_at: string;
  wanted_at: string;
  due_reason: string;
  step_id: number | null;
}

/** Sets the end of the pause as the person does it; null = resume now. */
async function pauseUntil(until: string | null): Promise<void> {
  const { database } = dispatcher.database.userClient(PERSON);
  const { error } = await database.rpc('update_settings', {
    p_action_id: crypto.randomUUID(),
    p_settings: { paused_until: until },
  });
  expect(error).toBeNull();
}

/** Open rows, the next one first. */
const open = () =>
  dispatcher.json<Open>(
    `select id, due_at, wanted_at, due_reason, step_id from scheduled_reminders
     where status in ('pending', 'sent') order by due_at, id`,
  );

/** Local dates and how many rows come on each. */
function byDate(rows: readonly Open[], zone: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { due_at: dueAt } of rows) {
    const date = Temporal.Instant.from(dueAt).toZonedDateTimeISO(zone).toPlainDate().toString();
    counts.set(date, (counts.get(date) ?? 0) + 1);
  }
  return counts;
}

function expectFair(rows: readonly Open[], from: string, zone: string): void {
  expect(Math.max(...byDate(rows, zone).values())).toBeLessThanOrEqual(5);
  const wanted = rows.map((row) => row.wanted_at);
  expect(wanted).toEqual(wanted.toSorted());
  for (const row of rows) {
    expect(Date.parse(row.due_at)).toBeGreaterThanOrEqual(Date.parse(from));
    expect(row.due_reason).toBe('parked');
  }
}

describe('a vacation', () => {
  test('gives 200 held reminders forty days of five, oldest first, across a change of clocks', async () => {
    await dispatcher.freeze('2026-03-10T12:00:00.000Z');
    await dispatcher.person(PERSON, HOURS);
    await dispatcher.reminders(Array.from({ length: 200 }, (_, nth) => ({ dueIn: 30 + nth * 60 })));
    const wanted = (await open()).map((row) => row.wanted_at);
    // Clocks go forward on 29 March.
    const until = '2026-03-26T07:00:00+00:00';
    await pauseUntil(until);
    const rows = await open();
    expectFair(rows, until, HOURS.zone);
    expect(rows.map((row) => row.wanted_at)).toEqual(wanted);
    expect([...byDate(rows, HOURS.zone).values()]).toEqual(Array.from({ length: 40 }, () => 5));
    const mornings = rows
      .filter((_, nth) => nth % 5 === 0)
      .map((row) =>
        Temporal.Instant.from(row.due_at).toZonedDateTimeISO(HOURS.zone).toPlainTime().toString(),
      );
    // The pause ends at eight; every later day begins at the preferred hour, before and after the change.
    expect(new Set(mornings.slice(1))).toEqual(new Set(['09:30:00']));
  });

  test('holds nothing that comes after it', async () => {
    await dispatcher.person(PERSON);
    await dispatcher.reminders([{ dueIn: 10 }, { dueIn: 5 * DAY }]);
    await pauseUntil(minutesAfter(NOON, 3 * DAY));
    expect(await open()).toMatchObject([
      { due_at: minutesAfter(NOON, 3 * DAY), wanted_at: minutesAfter(NOON, 10), due_reason: 'parked' },
      { due_at: minutesAfter(NOON, 5 * DAY), due_reason: 'plan' },
    ]);
  });

  test('moved twice spreads anew each time, as if the last date had been the first', async () => {
    await dispatcher.person(PERSON, HOURS);
    await dispatcher.reminders(Array.from({ length: 12 }, (_, nth) => ({ dueIn: 30 + nth * DAY })));
    await pauseUntil(minutesAfter(NOON, 6 * DAY));
    const once = await open();
    await pauseUntil(minutesAfter(NOON, 20 * DAY));
    await pauseUntil(minutesAfter(NOON, 2 * DAY));
    await pauseUntil(minutesAfter(NOON, 6 * DAY));
    expect(await open()).toEqual(once);
  });

  test('resumed early brings what was missed slowly, and the rest at its own time', async () => {
    await dispatcher.person(PERSON, HOURS);
    const list = Array.from({ length: 20 }, (_, nth) => ({ dueIn: 30 + nth * 12 * 60 }));
    await dispatcher.reminders(list);
    const own = new Map((await open()).map((row) => [row.id, row.due_at]));
    await pauseUntil(minutesAfter(NOON, 14 * DAY));
    const now = minutesAfter(NOON, 4 * DAY);
    await dispatcher.freeze(now);
    await pauseUntil(null);
    const rows = await open();
    const missed = rows.filter((row) => Date.parse(row.wanted_at) < Date.parse(now));
    expectFair(missed, now, HOURS.zone);
    expect(missed).toHaveLength(8);
    for (const row of rows.filter((one) => !missed.includes(one))) {
      expect(row).toMatchObject({ due_at: own.get(row.id), due_reason: 'plan' });
    }
    expect((await dispatcher.claim()).ids).toEqual([missed[0]!.id]);
  });

  test('set again while the backlog is being paid back holds the rest again', async () => {
    await dispatcher.person(PERSON, HOURS);
    await dispatcher.reminders(Array.from({ length: 20 }, (_, nth) => ({ dueIn: 30 + nth })));
    await pauseUntil(minutesAfter(NOON, 3 * DAY));
    await dispatcher.freeze(minutesAfter(NOON, 4 * DAY));
    const until = minutesAfter(NOON, 10 * DAY);
    await pauseUntil(until);
    const rows = await open();
    expect(rows).toHaveLength(20);
    expectFair(rows, until, HOURS.zone);
    expect((await dispatcher.claim()).ids).toEqual([]);
    expect(await dispatcher.leftDue()).toEqual([]);
  });

  test('keeps the order of a plan: a later step does not pass one that waits for its day', async () => {
    await dispatcher.person(PERSON, HOURS);
    const leadId = await dispatcher.lead(PERSON);
    const planId = await dispatcher.sql<{ id: string }>(
      `insert into engagement_plans (telegram_id, lead_id, status, accepted_at) values ($1, $2, 'active', app_now()) returning id`,
      [PERSON, leadId],
    );
    const plan = { leadId, planId: Number(planId[0]!.id) };
    await dispatcher.reminders([
      ...Array.from({ length: 9 }, (_, nth) => ({ dueIn: 30 + nth })),
      { ...plan, stepId: 1, dueIn: DAY },
      { ...plan, stepId: 2, dueIn: 2 * DAY },
      { ...plan, stepId: 3, dueIn: 3 * DAY + 60 },
      { ...plan, stepId: 4, dueIn: 30 * DAY },
    ]);
    await pauseUntil(minutesAfter(NOON, 3 * DAY));
    const rows = await open();
    expect(rows.map((row) => row.step_id).filter((step) => step !== null)).toEqual([1, 2, 3, 4]);
    expect(Math.max(...byDate(rows, HOURS.zone).values())).toBeLessThanOrEqual(5);
    expect(rows.at(-1)).toMatchObject({ due_reason: 'plan', due_at: minutesAfter(NOON, 30 * DAY) });
  });

  test('what comes to fall into it later gets the next free places at the claim that looks at it', async () => {
    await dispatcher.person(PERSON, HOURS);
    await dispatcher.reminders(Array.from({ length: 7 }, (_, nth) => ({ dueIn: 30 + nth })));
    const until = minutesAfter(NOON, 3 * DAY);
    await pauseUntil(until);
    await dispatcher.reminders(Array.from({ length: 6 }, (_, nth) => ({ dueIn: 120 + nth })));
    await dispatcher.freeze(minutesAfter(NOON, 180));
    expect((await dispatcher.claim()).ids).toEqual([]);
    expect(await dispatcher.leftDue()).toEqual([]);
    const rows = await open();
    expect(rows).toHaveLength(13);
    expectFair(rows, until, HOURS.zone);
    expect(new Set(rows.map((row) => row.due_at)).size).toBe(13);
  });

  test('is paid back as before when the person writes after a message was refused', async () => {
    await dispatcher.person(PERSON, HOURS);
    await dispatcher.reminders(Array.from({ length: 20 }, (_, nth) => ({ dueIn: 30 + nth })));
    await pauseUntil(minutesAfter(NOON, 3 * DAY));
    await dispatcher.reminder({ dueIn: 10, status: 'failed' });
    const now = minutesAfter(NOON, 4 * DAY);
    await dispatcher.freeze(now);
    await dispatcher.sql('select touch_person($1, $2)', [PERSON, { first_name: 'Mara' }]);
    const waiting = (await open()).filter((row) => row.due_reason === 'parked');
    expect(waiting).toHaveLength(20);
    expectFair(waiting, now, HOURS.zone);
  });

  test('leaves what waits for a paused lead where it is', async () => {
    await dispatcher.person(PERSON, HOURS);
    const leadId = await dispatcher.lead(PERSON);
    await dispatcher.reminders([{ leadId, dueIn: 60 }]);
    await dispatcher.sql(`update leads set paused_at = now() + interval '10 years'`);
    const before = await open();
    await pauseUntil(minutesAfter(NOON, 3 * DAY));
    expect(await open()).toEqual(before);
  });
});

test('places are always in open windows, at most five on a local date, each later than the one before', async () => {
  const minute = fc.integer({ min: 0, max: 24 * 60 - 1 });
  const clock = minute.map(
    (at) => `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`,
  );
  const hours = fc.record({
    zone: fc.constantFrom(
      'UTC',
      'Europe/Berlin',
      'America/St_Johns',
      'Pacific/Apia',
      'Australia/Lord_Howe',
      'Asia/Kolkata',
    ),
    preferred: clock,
    quietFrom: clock,
    awakeMinutes: fc.integer({ min: 60, max: 24 * 60 }),
    days: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
    from: fc.integer({ min: 1_767_225_600, max: 1_830_297_600 }),
    count: fc.integer({ min: 1, max: 30 }),
  });
  await fc.assert(
    fc.asyncProperty(hours, async ({ zone, preferred, quietFrom, awakeMinutes, days, from, count }) => {
      const rows = await dispatcher.sql<{ at: Date; is_open: boolean; day: string }>(
        `with hours as (select $2::time as quiet_from, ($2::time - make_interval(mins => $3::int))::time as quiet_to)
         select at, is_open(at, $1::text, quiet_from, quiet_to, $4::smallint[]) as is_open,
           (at at time zone $1::text)::date::text as day
         from hours, unnest(pay_back_slots(to_timestamp($5::int), 0, $6::int, $1::text, $7::time, quiet_from, quiet_to,
           $4::smallint[])) with ordinality as slot (at, nth) order by nth`,
        [zone, quietFrom, awakeMinutes, days, from, count, preferred],
      );
      expect(rows).toHaveLength(count);
      expect(rows.every((row) => row.is_open)).toBe(true);
      const instants = rows.map((row) => row.at.getTime());
      expect(instants[0]).toBeGreaterThanOrEqual(from * 1000);
      expect(new Set(instants).size).toBe(count);
      expect(instants).toEqual(instants.toSorted((a, b) => a - b));
      const perDay = Map.groupBy(rows, (row) => row.day);
      expect(Math.max(...[...perDay.values()].map((one) => one.length))).toBeLessThanOrEqual(5);
    }),
    { numRuns: 150 },
  );
});
