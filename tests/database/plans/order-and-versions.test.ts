/** Moving steps, the pace, and the versions a plan goes through. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTestDatabase } from '../../support/database.ts';
import type { TestDatabase } from '../../support/database.ts';
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

const move = async (planId: number, p_step_id: number, p_to: number) =>
  person.act('move_step', { p_plan_id: planId, p_step_id, p_to });
const drafts = (plan: Awaited<ReturnType<typeof readPlan>>) =>
  plan.steps.map(({ reminder }) => reminder?.draft_text);

/** The steps that are ready now get their reminders. */
async function sweep(): Promise<void> {
  await operate(
    db,
    `update outreach_steps set next_step_ready_at = now() where next_step_ready_at is not null`,
  );
  const { error } = await db.server.database.rpc('promote_steps', { p_limit: 100 });
  expect(error).toBeNull();
}

describe('moving a step', () => {
  test('moves the words; days and dates stay where they are', async () => {
    const { planId } = await runningOf(person);
    const before = await readPlan(db, planId);
    await person.must('move_step', { p_plan_id: planId, p_step_id: 4, p_to: 1 });
    const after = await readPlan(db, planId);
    expect([letters(after), delays(after), dates(after)]).toEqual(['DABC', delays(before), dates(before)]);
    expect(drafts(after)).toEqual(['Draft D', 'Draft A', 'Draft B', 'Draft C']);
    expect(after.steps.map(({ reminder }) => reminder!.title)).toEqual(['D', 'A', 'B', 'C']);
  });

  test('takes a draft along that was rewritten in the app', async () => {
    const { planId, ids } = await runningOf(person);
    await person.patch(ids[2]!, { draft_text: 'My own words' });
    await move(planId, 3, 2);
    expect(drafts(await readPlan(db, planId))).toEqual(['Draft A', 'My own words', 'Draft B', 'Draft D']);
  });

  test('leaves what was sent, done or picked in its place, and passes over it', async () => {
    const { planId, ids } = await runningOf(person, 'ABCDE');
    await person.must('complete_reminder', { p_id: ids[0] });
    await person.must('edit_step', { p_plan_id: planId, p_step_id: 3, p_change: { wanted_at: inHours(73) } });
    const before = await readPlan(db, planId);
    expect([(await move(planId, 5, 1)).refusal, (await move(planId, 5, 3)).refusal]).toEqual([
      'STEP_FIXED',
      'STEP_FIXED',
    ]);
    await person.must('move_step', { p_plan_id: planId, p_step_id: 5, p_to: 2 });
    const after = await readPlan(db, planId);
    expect([letters(after), dates(after)]).toEqual(['AECBD', dates(before)]);
    await deliver(db, ids[1]!);
    expect((await move(planId, 2, 4)).refusal).toBe('STEP_FIXED');
    expect((await move(planId, 1, 4)).refusal).toBe('STEP_CLOSED');
  });

  test('gives up the time the person picked for it', async () => {
    const { planId } = await runningOf(person);
    await person.must('edit_step', { p_plan_id: planId, p_step_id: 2, p_change: { wanted_at: inHours(50) } });
    await person.must('move_step', { p_plan_id: planId, p_step_id: 2, p_to: 3 });
    const plan = await readPlan(db, planId);
    expect([letters(plan), plan.steps.some(({ reminder }) => reminder!.exact)]).toEqual(['ACBD', false]);
  });

  test('to where it is, is no change; to no place is refused', async () => {
    const { planId } = await draftOf(person);
    expect(
      (await person.must('move_step', { p_plan_id: planId, p_step_id: 2, p_to: 2 })).data['already'],
    ).toBe(true);
    expect([(await move(planId, 2, 0)).refusal, (await move(planId, 2, 5)).refusal]).toEqual([
      'STEP_NOT_FOUND',
      'STEP_NOT_FOUND',
    ]);
  });

  test('a plan moved about behind a finished step goes on to the next open one', async () => {
    const { planId, ids } = await runningOf(person);
    await person.must('complete_reminder', { p_id: ids[1] });
    await person.must('set_plan_pace', { p_plan_id: planId, p_pace: 'after_previous' });
    await person.must('complete_reminder', { p_id: ids[0] });
    await sweep();
    const plan = await readPlan(db, planId);
    expect(plan.steps.map(({ reminder }) => reminder?.status ?? null)).toEqual([
      'completed',
      'completed',
      'pending',
      null,
    ]);
  });
});

describe('the pace', () => {
  test('“after the previous step” leaves the first open step its reminder, and what the person gave a time', async () => {
    const { planId } = await runningOf(person, 'ABCDE');
    await person.must('edit_step', { p_plan_id: planId, p_step_id: 3, p_change: { wanted_at: inHours(73) } });
    const { data } = await person.must('set_plan_pace', { p_plan_id: planId, p_pace: 'after_previous' });
    const plan = await readPlan(db, planId);
    expect([data['ended'], plan.pace]).toEqual([2, 'after_previous']);
    expect(dates(plan).map((date) => date !== null)).toEqual([true, true, true, false, false]);
  });

  test('back to fixed dates gives every step its date again, with the gaps of the plan', async () => {
    const { planId } = await runningOf(person, 'ABCD', 'after_previous');
    const { data } = await person.must('set_plan_pace', { p_plan_id: planId, p_pace: 'fixed_dates' });
    const wanted = dates(await readPlan(db, planId));
    expect([data['created'], wanted.includes(null)]).toEqual([3, false]);
    const gaps = wanted.slice(1).map((date, index) => Math.round((date! - wanted[index]!) / 86_400_000));
    expect(gaps.every((days) => days >= 0 && days <= 2)).toBe(true);
  });

  test('a plan that waits for its turn goes on with the step that is first now', async () => {
    const { planId, ids } = await runningOf(person, 'ABCD', 'after_previous');
    await person.must('complete_reminder', { p_id: ids[0] });
    await person.must('move_step', { p_plan_id: planId, p_step_id: 4, p_to: 2 });
    await sweep();
    const plan = await readPlan(db, planId);
    expect(plan.steps.map(({ description, reminder }) => [description, reminder?.title ?? null])).toEqual([
      ['A', 'A'],
      ['D', 'D'],
      ['B', null],
      ['C', null],
    ]);
  });

  test('removing the step whose turn it is gives the turn to the next', async () => {
    const { planId } = await runningOf(person, 'ABCD', 'after_previous');
    await person.must('remove_step', { p_plan_id: planId, p_step_id: 1 });
    await sweep();
    const plan = await readPlan(db, planId);
    expect(plan.steps.map(({ reminder }) => reminder?.title ?? null)).toEqual(['B', null, null]);
  });

  test('a step that waits has no date to be picked', async () => {
    const { planId } = await runningOf(person, 'ABC', 'after_previous');
    const answer = await person.act('edit_step', {
      p_plan_id: planId,
      p_step_id: 2,
      p_change: { wanted_at: inHours(90) },
    });
    expect(answer.refusal).toBe('STEP_WITHOUT_DATE');
    expect((await person.act('set_plan_pace', { p_plan_id: planId, p_pace: 'fast' })).refusal).toBe(
      'STEP_INVALID',
    );
  });
});

describe('the versions', () => {
  const versionsOf = async (planId: number) => {
    const { data } = await db
      .userClient(person.id)
      .database.from('plan_versions')
      .select('version,reason,pace,steps')
      .eq('plan_id', planId)
      .order('version');
    return data as { version: number; reason: string; pace: string; steps: { description: string }[] }[];
  };

  test('keep the plan as it was made and as each change left it, for its owner', async () => {
    const { planId } = await draftOf(person);
    expect(await versionsOf(planId)).toEqual([]);
    await person.must('remove_step', { p_plan_id: planId, p_step_id: 2 });
    await person.must('set_plan_pace', { p_plan_id: planId, p_pace: 'after_previous' });
    const versions = await versionsOf(planId);
    expect(
      versions.map(({ version, reason, pace, steps }) => [
        version,
        reason,
        pace,
        steps.map(({ description }) => description).join(''),
      ]),
    ).toEqual([
      [1, 'created', 'fixed_dates', 'ABCD'],
      [2, 'remove_step', 'fixed_dates', 'ACD'],
      [3, 'set_plan_pace', 'after_previous', 'ACD'],
    ]);
  });

  test('a revert brings removed steps back and takes added ones out, as a new version', async () => {
    const { planId } = await runningOf(person);
    const before = await readPlan(db, planId);
    await person.must('remove_step', { p_plan_id: planId, p_step_id: 2 });
    await person.must('add_step', { p_plan_id: planId, p_after: 3, p_step: { description: 'X' } });
    await person.must('edit_step', { p_plan_id: planId, p_step_id: 1, p_change: { description: 'Y' } });
    const { data } = await person.must('revert_plan', { p_plan_id: planId, p_version: 1 });
    const after = await readPlan(db, planId);
    expect([letters(after), delays(after), data['version']]).toEqual(['ABCD', delays(before), 5]);
    expect(after.steps.map(({ id }) => id)).toEqual(before.steps.map(({ id }) => id));
    expect(dates(after).includes(null)).toBe(false);
    expect([dates(after)[0], dates(after)[2], dates(after)[3]]).toEqual([
      dates(before)[0],
      dates(before)[2],
      dates(before)[3],
    ]);
  });

  test('a revert leaves what happened as it is, in front of the rest', async () => {
    const { planId, ids } = await runningOf(person);
    await person.must('move_step', { p_plan_id: planId, p_step_id: 4, p_to: 1 });
    await person.must('complete_reminder', { p_id: ids[0] });
    await person.must('revert_plan', { p_plan_id: planId, p_version: 1 });
    const plan = await readPlan(db, planId);
    expect(letters(plan)).toBe('DABC');
    expect(plan.steps[0]!.reminder!.status).toBe('completed');
  });

  test('a version that is not kept is refused; the present one is no change', async () => {
    const { planId } = await draftOf(person);
    await person.must('move_step', { p_plan_id: planId, p_step_id: 1, p_to: 2 });
    const revert = async (p_version: number) => person.act('revert_plan', { p_plan_id: planId, p_version });
    expect([(await revert(7)).refusal, (await revert(2)).data['already']]).toEqual([
      'VERSION_NOT_FOUND',
      true,
    ]);
  });

  test('fifty are kept, and the first', async () => {
    const { planId } = await draftOf(person);
    for (let turn = 0; turn < 55; turn += 1) await move(planId, 1, 2);
    const versions = (await versionsOf(planId)).map(({ version }) => version);
    expect([versions.length, versions[0], versions[1], versions.at(-1)]).toEqual([51, 1, 7, 56]);
  });

  test('a change made on another version than the person saw is refused, whatever it is', async () => {
    const { planId } = await draftOf(person);
    await move(planId, 1, 2);
    const seen = { p_plan_id: planId, p_expected: 1 };
    const refusals = await Promise.all([
      person.act('edit_step', { ...seen, p_step_id: 1, p_change: { description: 'X' } }),
      person.act('add_step', { ...seen, p_after: 1, p_step: { description: 'X' } }),
      person.act('remove_step', { ...seen, p_step_id: 1 }),
      person.act('move_step', { ...seen, p_step_id: 1, p_to: 2 }),
      person.act('set_plan_pace', { ...seen, p_pace: 'after_previous' }),
      person.act('revert_plan', { ...seen, p_version: 1 }),
    ]);
    expect(new Set(refusals.map(({ refusal }) => refusal))).toEqual(new Set(['PLAN_CHANGED']));
  });
});

describe('a plan that is over', () => {
  test('is not changed any more, nor one whose lead is closed or deleted', async () => {
    const edit = async (planId: number) => (await move(planId, 1, 2)).refusal;
    const { leadId, planId } = await runningOf(person);
    const discarded = await person.draft(leadId);
    await person.must('discard_plan', { p_plan_id: discarded });
    const next = await person.draft(leadId);
    await person.must('accept_plan', {
      p_plan_id: next,
      p_schedule: [1, 2, 3].map((step_id) => ({ step_id, wanted_at: inHours(step_id) })),
    });
    expect([await edit(discarded), await edit(planId), await edit(next)]).toEqual([
      'PLAN_ENDED',
      'PLAN_ENDED',
      null,
    ]);
    await person.must('set_lead_status', { p_lead_id: leadId, p_status: 'closed_lost' });
    expect(await edit(next)).toBe('LEAD_CLOSED');
    await person.must('delete_lead', { p_lead_id: leadId });
    expect(await edit(next)).toBe('LEAD_NOT_FOUND');
  });
});
