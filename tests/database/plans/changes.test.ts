/** One change of a plan at a time: what moves with it, what stays, what is refused. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTestDatabase } from '../../support/database.ts';
import type { TestDatabase } from '../../support/database.ts';
import { storedState } from '../access/scene.ts';
import { createActor, deliver, inHours, operate, type Actor } from '../actions/actor.ts';
import { dates, delays, draftOf, letters, readPlan, runningOf } from './plan-desk.ts';

let db: TestDatabase;
let person: Actor;
beforeAll(async () => {
  db = await createTestDatabase();
});
beforeEach(() => {
  person = createActor(db);
});
afterAll(async () => db.drop());

const DAY = 24 * 3_600_000;

describe('changing a step', () => {
  test('of a draft changes its words, and its day raises later ones only as far as they must go', async () => {
    const { planId } = await draftOf(person);
    const p_change = { description: 'X', suggested_text: '', action_type: 'email_outreach', delay_days: 7 };
    const { data } = await person.must('edit_step', { p_plan_id: planId, p_step_id: 2, p_change });
    const plan = await readPlan(db, planId);
    expect([letters(plan), delays(plan)]).toEqual(['AXCD', [0, 7, 7, 9]]);
    expect([plan.steps[1]!.suggested_text, plan.steps[1]!.action_type]).toEqual([null, 'email_outreach']);
    expect(data['delays']).toEqual([
      { step_id: 2, from: 2, to: 7 },
      { step_id: 3, from: 5, to: 7 },
    ]);
  });

  test('to a day before the step in front of it puts it on that step’s day', async () => {
    const { planId } = await draftOf(person);
    await person.must('edit_step', { p_plan_id: planId, p_step_id: 3, p_change: { delay_days: 1 } });
    expect(delays(await readPlan(db, planId))).toEqual([0, 2, 2, 9]);
  });

  test('of a running plan changes the reminder’s words, and moves it by as many days as its day moved', async () => {
    const { planId } = await runningOf(person);
    const before = await readPlan(db, planId);
    const p_change = { description: 'X', suggested_text: 'New', delay_days: 3 };
    await person.must('edit_step', { p_plan_id: planId, p_step_id: 2, p_change });
    const after = await readPlan(db, planId);
    expect(after.steps[1]!.reminder).toMatchObject({ title: 'X', draft_text: 'New', delay_days: 3 });
    expect(dates(after)[1]).toBe(dates(before)[1]! + DAY);
    expect([dates(after)[0], dates(after)[3]]).toEqual([dates(before)[0], dates(before)[3]]);
    expect(dates(after)[2]! - dates(after)[1]!).toBe(0);
  });

  test('to a picked instant keeps the minute; a later step that would come first follows', async () => {
    const { planId } = await runningOf(person);
    const wanted_at = inHours(80);
    const { data } = await person.must('edit_step', {
      p_plan_id: planId,
      p_step_id: 2,
      p_change: { wanted_at },
    });
    const plan = await readPlan(db, planId);
    expect(plan.steps[1]!.reminder).toMatchObject({ exact: true, status: 'pending' });
    expect(dates(plan)[1]).toBe(Temporal.Instant.from(wanted_at).epochMilliseconds);
    expect(dates(plan)[2]!).toBeGreaterThanOrEqual(dates(plan)[1]!);
    expect((data['moved'] as { step_id: number }[]).map(({ step_id }) => step_id)).toEqual([2, 3]);
  });

  test('to an instant in front of the step before it waits for that one', async () => {
    const { planId } = await runningOf(person);
    await person.must('edit_step', { p_plan_id: planId, p_step_id: 3, p_change: { wanted_at: inHours(1) } });
    const plan = await readPlan(db, planId);
    expect(dates(plan)[2]).toBe(dates(plan)[1]);
  });

  test('past a step whose time the person picked is refused, and names it', async () => {
    const { planId } = await runningOf(person);
    await person.must('edit_step', { p_plan_id: planId, p_step_id: 3, p_change: { wanted_at: inHours(73) } });
    const before = await storedState(db);
    const answer = await person.act('edit_step', {
      p_plan_id: planId,
      p_step_id: 2,
      p_change: { wanted_at: inHours(90) },
    });
    expect(answer.refusal).toBe('STEP_IN_THE_WAY');
    expect(answer.message).toContain('Step 3 stays at');
    expect(await storedState(db)).toEqual(before);
  });

  test('that was sent brings it back at the new time, without its reminders so far', async () => {
    const { planId, ids } = await runningOf(person);
    await deliver(db, ids[0]!);
    await person.must('edit_step', { p_plan_id: planId, p_step_id: 1, p_change: { wanted_at: inHours(30) } });
    expect(await person.row(ids[0]!)).toMatchObject({ status: 'pending', level: 0, exact: true });
  });

  test('to what it already is changes nothing and makes no version', async () => {
    const { planId } = await draftOf(person);
    const { data } = await person.must('edit_step', {
      p_plan_id: planId,
      p_step_id: 1,
      p_change: { description: 'A' },
    });
    expect([data['already'], data['version']]).toEqual([true, 1]);
  });

  test('of a draft to an instant takes its day', async () => {
    const { planId } = await draftOf(person);
    await person.must('edit_step', { p_plan_id: planId, p_step_id: 2, p_change: { wanted_at: inHours(72) } });
    expect(delays(await readPlan(db, planId))).toEqual([0, 3, 5, 9]);
  });

  test.each([
    ['no text', { description: '  ' }, 'STEP_INVALID'],
    ['a text of 1,001 characters', { description: 'x'.repeat(1001) }, 'STEP_INVALID'],
    ['a draft of 4,001 characters', { suggested_text: 'x'.repeat(4001) }, 'STEP_INVALID'],
    ['an unknown channel', { action_type: 'fax' }, 'STEP_INVALID'],
    ['a day beyond a year', { delay_days: 366 }, 'STEP_INVALID'],
    ['a day before the start', { delay_days: -1 }, 'STEP_INVALID'],
    ['half a day', { delay_days: 1.5 }, 'STEP_INVALID'],
    ['a word for a day', { delay_days: 'soon' }, 'STEP_INVALID'],
    ['something unknown', { telegram_id: 1 }, 'STEP_INVALID'],
    ['nothing', null, 'STEP_INVALID'],
    ['a list', [], 'STEP_INVALID'],
    ['an instant that has passed', { wanted_at: '2020-01-01T00:00:00Z' }, 'INSTANT_OUT_OF_RANGE'],
    ['no instant', { wanted_at: 'tomorrow-ish' }, 'INSTANT_OUT_OF_RANGE'],
    ['the end of all days', { wanted_at: 'infinity' }, 'INSTANT_OUT_OF_RANGE'],
    [
      'an invitation of 200 characters',
      { action_type: 'linkedin_connect', suggested_text: 'x'.repeat(200) },
      'INVITATION_TOO_LONG',
    ],
  ])('to %s is refused in words and stores nothing', async (_what, p_change, refusal) => {
    const { planId } = await runningOf(person);
    const before = await storedState(db);
    const answer = await person.act('edit_step', { p_plan_id: planId, p_step_id: 2, p_change });
    expect([answer.refusal, await storedState(db)]).toEqual([refusal, before]);
  });
});

describe('adding a step', () => {
  test('to a draft puts it three days after the one in front, but not after the next', async () => {
    const { planId } = await draftOf(person);
    await person.must('add_step', { p_plan_id: planId, p_after: 1, p_step: { description: 'X' } });
    await person.must('add_step', { p_plan_id: planId, p_after: 5, p_step: { description: 'Y' } });
    await person.must('add_step', { p_plan_id: planId, p_after: 0, p_step: { description: 'Z' } });
    const plan = await readPlan(db, planId);
    expect([letters(plan), delays(plan)]).toEqual(['ZAXBCDY', [0, 0, 2, 2, 5, 9, 12]]);
  });

  test('to a running plan gives it a reminder between its neighbours, as far along as the plan has moved', async () => {
    const { planId, ids } = await runningOf(person);
    // Everything is ten days later than the plan once said.
    await person.must('rebase_plan', {
      p_plan_id: planId,
      p_schedule: ids.map((id, index) => ({ id, wanted_at: inHours(24 * (index * 4 + 11)) })),
    });
    await person.must('add_step', {
      p_plan_id: planId,
      p_after: 2,
      p_step: { description: 'X', suggested_text: 'Hi', delay_days: 3 },
    });
    const plan = await readPlan(db, planId);
    expect([letters(plan), delays(plan)]).toEqual(['ABXCD', [1, 2, 3, 3, 4]]);
    expect(plan.steps[2]!.reminder).toMatchObject({ title: 'X', draft_text: 'Hi', delay_days: 3 });
    expect(dates(plan)[2]!).toBeGreaterThan(dates(plan)[1]!);
    expect(dates(plan)[2]!).toBeLessThan(dates(plan)[3]!);
  });

  test('with a picked instant keeps the minute', async () => {
    const { planId } = await runningOf(person);
    const before = await readPlan(db, planId);
    const wanted_at = inHours(60);
    await person.must('add_step', {
      p_plan_id: planId,
      p_after: 2,
      p_step: { description: 'X', wanted_at, exact: true },
    });
    const plan = await readPlan(db, planId);
    expect([plan.steps[2]!.reminder!.exact, dates(plan)[2]]).toEqual([
      true,
      Temporal.Instant.from(wanted_at).epochMilliseconds,
    ]);
    const others = dates(plan).filter((_, index) => index !== 2);
    expect(others).toEqual(dates(before));
  });

  test('in front of what happened is refused', async () => {
    const { planId, ids } = await runningOf(person);
    await person.must('complete_reminder', { p_id: ids[0] });
    await deliver(db, ids[1]!);
    const add = async (p_after: number) =>
      (await person.act('add_step', { p_plan_id: planId, p_after, p_step: { description: 'X' } })).refusal;
    expect([await add(0), await add(1), await add(2)]).toEqual(['STEP_FIXED', 'STEP_FIXED', null]);
  });

  test('beyond ten is refused, and so is a place the plan does not have', async () => {
    const { planId } = await draftOf(person, 'ABCDEFGHIJ');
    const add = async (p_after: number | null) =>
      (await person.act('add_step', { p_plan_id: planId, p_after, p_step: { description: 'X' } })).refusal;
    expect([await add(10), await add(11), await add(-1), await add(null)]).toEqual([
      'PLAN_SIZE',
      'STEP_NOT_FOUND',
      'STEP_NOT_FOUND',
      'STEP_NOT_FOUND',
    ]);
  });

  test('counts among the 200 new reminders of a day', async () => {
    const { planId } = await runningOf(person);
    await operate(
      db,
      `insert into scheduled_reminders (telegram_id, due_at, created_at)
       select ${person.id}, now() + interval '1 day', now() from generate_series(1, 196)`,
    );
    const answer = await person.act('add_step', {
      p_plan_id: planId,
      p_after: 4,
      p_step: { description: 'X' },
    });
    expect(answer.refusal).toBe('REMINDER_LIMIT');
  });
});

describe('removing a step', () => {
  test('of a running plan ends its reminder; the others keep theirs and close ranks', async () => {
    const { planId, ids } = await runningOf(person);
    const before = await readPlan(db, planId);
    const { data } = await person.must('remove_step', { p_plan_id: planId, p_step_id: 2 });
    const plan = await readPlan(db, planId);
    expect([letters(plan), data['ended']]).toEqual(['ACD', 1]);
    expect(dates(plan)).toEqual(dates(before).filter((_, index) => index !== 1));
    expect((await person.row(ids[1]!)).status).toBe('cancelled');
  });

  test('that is done, or the fourth of three, is refused', async () => {
    const { planId, ids } = await runningOf(person, 'ABCD');
    await person.must('complete_reminder', { p_id: ids[0] });
    const remove = async (p_step_id: number) =>
      (await person.act('remove_step', { p_plan_id: planId, p_step_id })).refusal;
    expect([await remove(1), await remove(5), await remove(4), await remove(3)]).toEqual([
      'STEP_CLOSED',
      'STEP_NOT_FOUND',
      null,
      'PLAN_SIZE',
    ]);
  });
});
