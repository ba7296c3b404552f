/** One clock sends: a promotion stamps a step, pulls its reminder earlier or creates it, and never moves it later. */
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { minutesAfter, NOON, openDispatcher } from './dispatcher.ts';
import type { Dispatcher } from './dispatcher.ts';
import { activePlan } from './plans.ts';

let dispatcher: Dispatcher;
beforeAll(async () => {
  dispatcher = await openDispatcher();
});
afterAll(() => dispatcher.drop());
beforeEach(async () => {
  await dispatcher.reset();
  await dispatcher.person(100);
});

const DAY = 24 * 60;
const promote = (limit = 100) => dispatcher.call<number>('promote_steps($1)', [limit]);
const trigger = (leadId: number, why = 'interested_reply', key = 'event-1') =>
  dispatcher.call<{ step_id: number | null; replayed: boolean }>('trigger_next_step($1, 100, $2, $3)', [
    key,
    leadId,
    why,
  ]);

describe('a plan with dates', () => {
  test('keeps its dates when a step is done: the next one is only stamped, on its day', async () => {
    const plan = await activePlan(dispatcher, 100, [{ wantedIn: -5 }, { wantedIn: 2 * DAY }]);
    await dispatcher.asPerson(100, `select public.complete_reminder('a', ${plan.reminderIds[0]})`);
    expect(await plan.step(2)).toMatchObject({
      next_step_ready_at: minutesAfter(NOON, 2 * DAY),
      scheduled_at: null,
    });
    expect(await promote()).toBe(0);
    const before = await plan.remindersOf(2);
    await dispatcher.freeze(minutesAfter(NOON, 2 * DAY));
    expect(await promote()).toBe(1);
    expect(await plan.step(2)).toMatchObject({
      next_step_ready_at: null,
      triggered_by: 'cadence',
      scheduled_at: minutesAfter(NOON, 2 * DAY),
    });
    expect(await plan.remindersOf(2)).toEqual(before);
  });

  test.each(['completed', 'skipped'])(
    'asks for the next step also when a plain UPDATE made it %s',
    async (status) => {
      const plan = await activePlan(dispatcher, 100, [{ wantedIn: -5 }, { wantedIn: -1 }]);
      await dispatcher.asPerson(
        100,
        `update public.scheduled_reminders set status = '${status}' where id = ${plan.reminderIds[0]}`,
      );
      expect(await plan.step(2)).toMatchObject({ next_step_ready_at: null, scheduled_at: null });
      // First the follow-up of the UPDATE, and with it the step, which is ready by now.
      expect(await promote()).toBe(1);
      expect(await plan.step(2)).toMatchObject({
        triggered_by: 'cadence',
        scheduled_at: minutesAfter(NOON, 0),
      });
      expect(await dispatcher.json('select id from reminder_events where follow_up')).toEqual([]);
      expect(await promote()).toBe(0);
    },
  );

  test('asks for the next step when one is sent for the first time', async () => {
    const plan = await activePlan(dispatcher, 100, [{ wantedIn: 0 }, { wantedIn: DAY }]);
    await dispatcher.deliver();
    expect(await plan.step(2)).toMatchObject({
      next_step_ready_at: minutesAfter(NOON, DAY),
      triggered_by: 'cadence',
    });
  });

  test('keeps the date the person gave the next step after the one before was done', async () => {
    const plan = await activePlan(dispatcher, 100, [{ wantedIn: -5 }, { wantedIn: DAY }]);
    await dispatcher.asPerson(100, `select public.complete_reminder('a', ${plan.reminderIds[0]})`);
    const later = minutesAfter(NOON, 5 * DAY);
    await dispatcher.asPerson(100, `select public.snooze_reminder('b', $1, $2)`, [
      plan.reminderIds[1],
      later,
    ]);
    await dispatcher.freeze(minutesAfter(NOON, DAY));
    await promote();
    expect(await plan.remindersOf(2)).toMatchObject([{ wanted_at: later, due_at: later }]);
  });

  test('stamps a step whose card is already out, without touching the reminder', async () => {
    const plan = await activePlan(dispatcher, 100, [{ wantedIn: -5, status: 'sent' }]);
    await plan.ready(1, -1);
    const before = await plan.remindersOf(1);
    expect(await promote()).toBe(1);
    expect(await plan.remindersOf(1)).toEqual(before);
  });
});

describe('a plan paced "after I finish the previous step"', () => {
  test('gets the next step’s reminder when the step before it is done, counted from then', async () => {
    const steps = [{ wantedIn: -5 }, { wantedIn: null, delayDays: 2 }];
    const plan = await activePlan(dispatcher, 100, steps, 'after_previous');
    await dispatcher.asPerson(100, `select public.complete_reminder('a', ${plan.reminderIds[0]})`);
    const ready = (await plan.step(2)).next_step_ready_at!;
    expect(ready).toBe('2026-11-20T09:30:00+00:00');
    await dispatcher.freeze(ready);
    expect(await promote()).toBe(1);
    expect(await plan.remindersOf(2)).toMatchObject([
      {
        status: 'pending',
        due_at: ready,
        wanted_at: ready,
        draft_text: 'Draft 2',
        title: 'Step 2',
        level: 0,
      },
    ]);
    expect(await promote()).toBe(0);
  });

  test('does not go on because of a mere delivery', async () => {
    const plan = await activePlan(dispatcher, 100, [{ wantedIn: 0 }, { wantedIn: null }], 'after_previous');
    await dispatcher.deliver();
    expect(await plan.step(2)).toMatchObject({ next_step_ready_at: null });
  });

  test('promoted by many workers at once gets one reminder a step', async () => {
    const plans = [];
    for (let nth = 0; nth < 15; nth += 1) {
      const plan = await activePlan(dispatcher, 100, [{ wantedIn: null }], 'after_previous');
      await plan.ready(1, -1);
      plans.push(plan);
    }
    const promoted = await Promise.all(Array.from({ length: 6 }, () => promote(5)));
    const rest = await promote();
    expect(promoted.reduce((sum, count) => sum + count, rest)).toBe(15);
    for (const plan of plans) expect(await plan.remindersOf(1)).toHaveLength(1);
  });
});

describe('an engagement trigger', () => {
  test('pulls the next unsent step to now', async () => {
    const plan = await activePlan(dispatcher, 100, [{ wantedIn: -9, status: 'sent' }, { wantedIn: 3 * DAY }]);
    await dispatcher.sql('update scheduled_reminders set reminder_count = 1 where id = $1', [
      plan.reminderIds[0],
    ]);
    await trigger(plan.leadId);
    expect(await plan.step(2)).toMatchObject({
      next_step_ready_at: minutesAfter(NOON, 0),
      triggered_by: 'interested_reply',
    });
    expect(await promote()).toBe(1);
    expect(await plan.step(2)).toMatchObject({
      next_step_ready_at: null,
      triggered_by: 'interested_reply',
      scheduled_at: minutesAfter(NOON, 0),
    });
    expect(await plan.remindersOf(2)).toMatchObject([
      {
        due_at: minutesAfter(NOON, 0),
        wanted_at: minutesAfter(NOON, 0),
        first_due_at: minutesAfter(NOON, 3 * DAY),
        due_reason: 'trigger',
      },
    ]);
    expect(await dispatcher.json(`select * from reminder_events where action = 'promote'`)).toMatchObject([
      { actor: 'dispatcher', note: 'interested_reply', before: { wanted_at: minutesAfter(NOON, 3 * DAY) } },
    ]);
  });

  test('in the night pulls it to the end of the quiet hours', async () => {
    await dispatcher.freeze('2026-11-18T23:00:00Z');
    await dispatcher.sql(`update users set quiet_from = '21:00', quiet_to = '08:00'`);
    const plan = await activePlan(dispatcher, 100, [{ wantedIn: 3 * DAY }]);
    await trigger(plan.leadId);
    await promote();
    expect(await plan.remindersOf(1)).toMatchObject([{ wanted_at: '2026-11-19T08:00:00+00:00' }]);
  });

  test('sent twice with one key counts once', async () => {
    const plan = await activePlan(dispatcher, 100, [{ wantedIn: DAY }, { wantedIn: 2 * DAY }]);
    expect(await trigger(plan.leadId)).toMatchObject({ step_id: 1, replayed: false });
    await promote();
    expect(await trigger(plan.leadId)).toMatchObject({ step_id: 1, replayed: true });
    expect(await promote()).toBe(0);
  });

  test('is not lost when the step before is sent before the sweep comes round', async () => {
    const plan = await activePlan(dispatcher, 100, [{ wantedIn: 0 }, { wantedIn: 3 * DAY }]);
    const batch = await dispatcher.claim();
    await plan.ready(2, 0, 'interested_reply');
    await dispatcher.settle(batch.token, [{ id: batch.ids[0]!, outcome: 'sent', message_id: 1 }]);
    await promote();
    expect(await plan.step(2)).toMatchObject({ triggered_by: 'interested_reply', next_step_ready_at: null });
    expect(await plan.remindersOf(2)).toMatchObject([{ wanted_at: minutesAfter(NOON, 0) }]);
  });

  test('for somebody else’s lead is refused', async () => {
    const plan = await activePlan(dispatcher, 200, [{ wantedIn: DAY }]);
    await expect(trigger(plan.leadId)).rejects.toMatchObject({ code: 'P0001', hint: 'LEAD_NOT_FOUND' });
  });
});

test('a promotion never moves a reminder later and never before an earlier open step, whatever it finds', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 5 * DAY }), { minLength: 1, maxLength: 5 }),
      fc.nat(),
      fc.integer({ min: -2 * DAY, max: 0 }),
      fc.boolean(),
      async (minutes, pick, readyIn, sleeps) => {
        await dispatcher.reset();
        await dispatcher.person(100, sleeps ? { quiet_from: '11:00', quiet_to: '09:00' } : {});
        const wanted = minutes.toSorted((a, b) => a - b);
        const plan = await activePlan(
          dispatcher,
          100,
          wanted.map((wantedIn) => ({ wantedIn })),
        );
        const number = (pick % wanted.length) + 1;
        await plan.ready(number, readyIn);
        const before = (await plan.remindersOf(number))[0]!;
        await promote();
        const after = (await plan.remindersOf(number))[0]!;
        expect(Date.parse(after.wanted_at)).toBeLessThanOrEqual(Date.parse(before.wanted_at));
        expect(Date.parse(after.due_at)).toBeLessThanOrEqual(Date.parse(before.due_at));
        const order = await dispatcher.json<{ wanted_at: string }>(
          'select wanted_at from scheduled_reminders order by step_id',
        );
        const instants = order.map((row) => Date.parse(row.wanted_at));
        expect(instants).toEqual(instants.toSorted((a, b) => a - b));
        expect((await plan.step(number)).next_step_ready_at).toBeNull();
      },
    ),
    { numRuns: 40 },
  );
});

describe('nothing is promoted, and the request is cleared', () => {
  test.each([
    ['the lead is won', `update leads set status = 'closed_won'`],
    ['the lead is lost', `update leads set status = 'closed_lost'`],
    ['the lead is in the bin', `update leads set deleted_at = now()`],
    ['the plan was replaced', `update engagement_plans set status = 'replaced', ended_at = now()`],
    ['the row was cancelled', `update scheduled_reminders set status = 'cancelled', due_rev = due_rev + 1`],
    ['the row was skipped', `update scheduled_reminders set status = 'skipped', due_rev = due_rev + 1`],
  ])('when %s', async (_, statement) => {
    const plan = await activePlan(dispatcher, 100, [{ wantedIn: DAY }]);
    await plan.ready(1, -1);
    await dispatcher.sql(statement);
    const before = await plan.remindersOf(1);
    expect(await promote()).toBe(0);
    expect(await plan.step(1)).toMatchObject({ next_step_ready_at: null, scheduled_at: null });
    expect(await plan.remindersOf(1)).toEqual(before);
  });

  test('when the last step is done: there is no next one', async () => {
    const plan = await activePlan(dispatcher, 100, [{ wantedIn: -1 }]);
    await dispatcher.asPerson(100, `select public.complete_reminder('a', ${plan.reminderIds[0]})`);
    expect(await plan.step(1)).toMatchObject({ next_step_ready_at: null });
    expect(await promote()).toBe(0);
  });
});

test('a lead somebody is acting on is passed over and promoted the next time', async () => {
  const held = await activePlan(dispatcher, 100, [{ wantedIn: DAY }]);
  const free = await activePlan(dispatcher, 100, [{ wantedIn: DAY }]);
  await held.ready(1, -1);
  await free.ready(1, -1);
  const person = await dispatcher.pool.connect();
  try {
    await person.query('begin');
    await person.query('select from leads where id = $1 for update', [held.leadId]);
    expect(await promote()).toBe(1);
    expect((await free.step(1)).next_step_ready_at).toBeNull();
    expect((await held.step(1)).next_step_ready_at).not.toBeNull();
  } finally {
    await person.query('rollback');
    person.release();
  }
  expect(await promote()).toBe(1);
});
