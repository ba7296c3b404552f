/** When Undo comes too late it is refused in words, and nothing is half undone. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTestDatabase } from '../../support/database.ts';
import type { TestDatabase } from '../../support/database.ts';
import { storedState } from '../access/scene.ts';
import { createActor, inHours, operate, shiftClock, STEPS } from './actor.ts';
import type { Actor, Answer } from './actor.ts';

let db: TestDatabase;
let person: Actor;
beforeAll(async () => {
  db = await createTestDatabase();
});
beforeEach(() => {
  person = createActor(db);
});
afterAll(async () => db.drop());

const undo = async (action: Answer): Promise<Answer> =>
  person.must('undo_action', { p_action_id: action.actionId });
const refusal = async (action: Answer): Promise<string | null> =>
  (await person.act('undo_action', { p_action_id: action.actionId })).refusal;
const dates = (...hours: number[]): object[] =>
  hours.map((hour, index) => ({ step_id: index + 1, wanted_at: inHours(hour) }));

async function statusOfLead(id: number): Promise<string | undefined> {
  const { rows } = await db.admin.query<{ status: string }>(`select status from public.leads where id = $1`, [
    id,
  ]);
  return rows[0]?.status;
}

describe('Undo is refused', () => {
  test('for an action that never was', async () => {
    const answer = await person.act('undo_action', { p_action_id: 'never' });
    expect([answer.refusal, answer.message]).toEqual([
      'ACTION_NOT_FOUND',
      'There is nothing to undo under "never".',
    ]);
  });

  test('after 24 hours, and not a minute before', async () => {
    const { ids } = await person.plan([90, 95, 99]);
    const [late, intime] = [
      await person.must('complete_reminder', { p_id: ids[0] }),
      await person.must('skip_reminder', { p_id: ids[1] }),
    ];
    await shiftClock(db, 23.98);
    const early = await refusal(intime);
    await shiftClock(db, 24.01);
    const answer = await person.act('undo_action', { p_action_id: late.actionId });
    await shiftClock(db, 0);
    expect([early, answer.refusal]).toEqual([null, 'UNDO_TOO_LATE']);
    expect(answer.message).toBe('Undo works for 24 hours; this was earlier.');
  });

  test('when the person changed the same reminder since, until that is undone', async () => {
    const { ids } = await person.plan();
    const first = await person.must('snooze_reminder', { p_id: ids[2], p_until: inHours(80) });
    const second = await person.must('complete_reminder', { p_id: ids[2] });
    expect(await refusal(first)).toBe('UNDO_SUPERSEDED');
    await undo(second);
    expect(await refusal(first)).toBeNull();
  });

  test('when the lead’s status changed again since, until that is undone', async () => {
    const { leadId, ids } = await person.plan();
    const first = await person.must('set_lead_status', { p_lead_id: leadId, p_status: 'closed_won' });
    const second = await person.must('set_lead_status', { p_lead_id: leadId, p_status: 'in_progress' });
    expect(await refusal(first)).toBe('UNDO_SUPERSEDED');
    expect([await statusOfLead(leadId), (await person.row(ids[0]!)).status]).toEqual([
      'in_progress',
      'cancelled',
    ]);
    await undo(second);
    expect(await refusal(first)).toBeNull();
    expect([await statusOfLead(leadId), (await person.row(ids[0]!)).status]).toEqual(['new', 'pending']);
  });

  test('when a PATCH or an operator changed the same reminder since', async () => {
    const { ids } = await person.plan();
    const action = await person.must('snooze_reminder', { p_id: ids[2], p_until: inHours(80) });
    await person.patch(ids[2]!, { due_at: inHours(90) });
    expect(await refusal(action)).toBe('UNDO_SUPERSEDED');
  });

  test('when the plan was replaced since', async () => {
    const { leadId, ids } = await person.plan();
    const action = await person.must('complete_reminder', { p_id: ids[0] });
    const draft = await person.draft(leadId);
    await person.must('accept_plan', { p_plan_id: draft, p_schedule: dates(1, 2, 3) });
    expect(await refusal(action)).toBe('PLAN_REPLACED');
  });

  test('when the lead was closed since', async () => {
    const { leadId, ids } = await person.plan();
    const action = await person.must('complete_reminder', { p_id: ids[0] });
    await person.must('set_lead_status', { p_lead_id: leadId, p_status: 'closed_lost' });
    expect(await refusal(action)).toBe('LEAD_CLOSED');
  });

  test('when another live row holds the step, and nothing is half undone', async () => {
    const { ids } = await person.plan();
    const action = await person.must('cancel_reminder', { p_id: ids[0] });
    await operate(
      db,
      `insert into scheduled_reminders (telegram_id, lead_id, plan_id, step_id, due_at)
       select telegram_id, lead_id, plan_id, step_id, due_at from scheduled_reminders where id = ${ids[0]}`,
    );
    const before = await storedState(db);
    expect(await refusal(action)).toBe('STEP_TAKEN');
    expect(await storedState(db)).toEqual(before);
  });

  test.each([
    ['create_lead', async () => person.must('create_lead', { p_lead: { name: 'K' } })],
    ['update_settings', async () => person.must('update_settings', { p_settings: { language: 'de' } })],
    [
      'propose_plan',
      async () =>
        person.must('propose_plan', { p_lead_id: (await person.plan()).leadId, p_plan: { steps: STEPS } }),
    ],
  ])('of %s, which has none', async (_name, act) => {
    expect(await refusal(await act())).toBe('UNDO_IMPOSSIBLE');
  });
});
