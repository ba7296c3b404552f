/** Undo of what changes leads and plans: exactly back, or refused in words. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTestDatabase } from '../../support/database.ts';
import type { TestDatabase } from '../../support/database.ts';
import { createActor, deliver, inHours, type Actor } from '../actions/actor.ts';
import { dates, draftOf, letters, readPlan, runningOf, undo } from './plan-desk.ts';

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
  person.must('move_step', { p_plan_id: planId, p_step_id, p_to });

describe('changes of a plan', () => {
  test('are taken back one by one, the newest first', async () => {
    const { planId } = await runningOf(person);
    const first = await move(planId, 1, 2);
    const second = await person.must('remove_step', { p_plan_id: planId, p_step_id: 3 });
    expect(await undo(person, first)).toBe('UNDO_SUPERSEDED');
    expect([await undo(person, second), await undo(person, first)]).toEqual([null, null]);
    const plan = await readPlan(db, planId);
    expect([letters(plan), dates(plan).includes(null)]).toEqual(['ABCD', false]);
    expect(await undo(person, first)).toBeNull();
    expect(letters(await readPlan(db, planId))).toBe('ABCD');
  });

  test('of a draft are not taken back once it was accepted', async () => {
    const { planId } = await draftOf(person);
    const change = await move(planId, 1, 2);
    const accepted = await person.must('accept_plan', {
      p_plan_id: planId,
      p_schedule: [1, 2, 3, 4].map((step_id) => ({ step_id, wanted_at: inHours(step_id) })),
    });
    expect(await undo(person, change)).toBe('UNDO_SUPERSEDED');
    expect([await undo(person, accepted), await undo(person, change)]).toEqual([null, null]);
    expect(letters(await readPlan(db, planId))).toBe('ABCD');
  });

  test('stand in the way of taking the acceptance back', async () => {
    const { planId } = await draftOf(person);
    const accepted = await person.must('accept_plan', {
      p_plan_id: planId,
      p_schedule: [1, 2, 3, 4].map((step_id) => ({ step_id, wanted_at: inHours(step_id) })),
    });
    const change = await person.must('add_step', {
      p_plan_id: planId,
      p_after: 4,
      p_step: { description: 'X' },
    });
    expect(await undo(person, accepted)).toBe('UNDO_SUPERSEDED');
    expect([await undo(person, change), await undo(person, accepted)]).toEqual([null, null]);
  });

  test('are refused when the new words were sent since; a rewritten text alone is not', async () => {
    const { planId, ids } = await runningOf(person);
    const words = await person.must('edit_step', {
      p_plan_id: planId,
      p_step_id: 1,
      p_change: { description: 'X' },
    });
    await deliver(db, ids[0]!);
    expect(await undo(person, words)).toBeNull();
    expect(await person.row(ids[0]!)).toMatchObject({ status: 'sent', reminder_count: 1 });
    const moved = await move(planId, 2, 3);
    await deliver(db, ids[1]!);
    expect(await undo(person, moved)).toBe('UNDO_SUPERSEDED');
  });

  test('are refused when a step was begun since, the plan replaced or the lead closed', async () => {
    const { leadId, planId } = await runningOf(person);
    const change = await move(planId, 3, 4);
    const draft = await person.draft(leadId);
    const replan = await person.must('accept_plan', {
      p_plan_id: draft,
      p_schedule: [1, 2, 3].map((step_id) => ({ step_id, wanted_at: inHours(step_id) })),
    });
    expect(await undo(person, change)).toBe('PLAN_REPLACED');
    await undo(person, replan);
    const closed = await person.must('set_lead_status', { p_lead_id: leadId, p_status: 'closed_lost' });
    expect(await undo(person, change)).toBe('LEAD_CLOSED');
    await undo(person, closed);
    expect(await undo(person, change)).toBeNull();
  });

  test('leave a draft alone that was rewritten in the app since', async () => {
    const { planId, ids } = await runningOf(person);
    const change = await move(planId, 1, 2);
    await person.patch(ids[3]!, { draft_text: 'My own words' });
    expect(await undo(person, change)).toBeNull();
    const plan = await readPlan(db, planId);
    expect(plan.steps.map(({ reminder }) => reminder!.draft_text)).toEqual([
      'Draft A',
      'Draft B',
      'Draft C',
      'My own words',
    ]);
  });

  test('an action on a reminder is not taken back once its step was taken out of the plan', async () => {
    const { planId, ids } = await runningOf(person);
    const snoozed = await person.must('snooze_reminder', { p_id: ids[1], p_until: inHours(50) });
    const removed = await person.must('remove_step', { p_plan_id: planId, p_step_id: 2 });
    expect(await undo(person, snoozed)).toBe('UNDO_SUPERSEDED');
    expect([await undo(person, removed), await undo(person, snoozed)]).toEqual([null, null]);
  });
});

describe('changes of a lead', () => {
  const leadOf = async (id: number): Promise<Record<string, unknown>> =>
    (
      await db.admin.query<Record<string, unknown>>(
        'select name, company, title, contacts, notes, zone, language, deleted_at from public.leads where id = $1',
        [id],
      )
    ).rows[0]!;
  const update = async (p_lead_id: number, p_change: object) =>
    person.must('update_lead', { p_lead_id, p_change });

  test('are taken back to exactly what was there, other columns untouched', async () => {
    const { leadId } = await draftOf(person);
    const before = await leadOf(leadId);
    const first = await update(leadId, {
      name: 'Anna',
      company: 'Baltic',
      contacts: { emails: ['a@b.example'] },
      zone: 'Europe/Berlin',
    });
    const second = await update(leadId, { title: 'CFO' });
    expect(await undo(person, first)).toBeNull();
    expect(await leadOf(leadId)).toEqual({ ...before, title: 'CFO' });
    expect(await undo(person, second)).toBeNull();
    expect(await leadOf(leadId)).toEqual(before);
  });

  test('are refused when the same field was changed again since', async () => {
    const { leadId } = await draftOf(person);
    const note = await person.must('add_note', { p_lead_id: leadId, p_text: 'Called' });
    const newer = await update(leadId, { notes: 'Rewritten' });
    expect(await undo(person, note)).toBe('UNDO_SUPERSEDED');
    expect([await undo(person, newer), await undo(person, note)]).toEqual([null, null]);
    expect((await leadOf(leadId))['notes']).toBeNull();
  });

  test('a deletion comes back with its reminders, and a restored lead goes back into the bin', async () => {
    const { leadId, ids } = await runningOf(person);
    const before = await person.row(ids[0]!);
    const deleted = await person.must('delete_lead', { p_lead_id: leadId });
    expect(await undo(person, deleted)).toBeNull();
    expect((await leadOf(leadId))['deleted_at']).toBeNull();
    expect((await person.row(ids[0]!)).status).toBe(before.status);
    await person.must('delete_lead', { p_lead_id: leadId });
    const restored = await person.must('restore_lead', { p_lead_id: leadId });
    expect(await undo(person, restored)).toBeNull();
    expect((await leadOf(leadId))['deleted_at']).not.toBeNull();
    expect((await person.row(ids[0]!)).status).toBe('cancelled');
  });
});
