/** The database as one person sees it. Runs on a real InsForge project too: see backend.ts. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Answer, PersonStore } from '../../../bot/usecases/ports.ts';
import { inHours, LEAD, newAction, openBackend, PLAN, schedule, someone } from './backend.ts';
import type { Backend } from './backend.ts';

let backend: Backend;
beforeAll(async () => {
  backend = await openBackend();
});
afterAll(() => backend.close());

function granted<Value>(answer: Answer<Value>): Value {
  if (!answer.ok) throw new Error(answer.refusal.message);
  return answer.value;
}

/** A person with a lead and an accepted plan. */
async function working() {
  const me = someone();
  const store = backend.stores.asPerson(me);
  const created = granted(await store.createLead(newAction(), LEAD, PLAN));
  const planId = created.plan_id!;
  const { reminders } = granted(await store.acceptPlan(newAction(), planId, schedule()));
  return { me, store, leadId: created.lead_id, planId, reminders };
}

/** A draft beside the running plan. */
async function proposePlan(me: number, leadId: number): Promise<number> {
  const proposed = await backend.clients
    .asPerson(me)
    .rpc('propose_plan', { p_action_id: newAction(), p_lead_id: leadId, p_plan: PLAN });
  expect(proposed.error).toBeNull();
  return (proposed.data as { plan_id: number }).plan_id;
}

const statuses = async (leadId: number, me: number, planId: number) =>
  (await backend.stores.reminders.getForLead(leadId, me))
    .filter((row) => row.plan_id === planId)
    .map(({ status }) => status);

test('a person is known after their first message, with their own settings', async () => {
  const me = someone();
  const store = backend.stores.asPerson(me);
  expect(await store.self()).toBeNull();
  await backend.stores.admin.touchPerson({
    telegramId: me,
    firstName: 'Mara',
    username: 'mara',
    language: 'ru-RU',
  });
  expect(await store.self()).toMatchObject({
    telegram_id: me,
    first_name: 'Mara',
    username: 'mara',
    language: 'ru',
  });
  const changed = granted(
    await store.updateSettings(newAction(), { zone: 'Asia/Tbilisi', zone_source: 'city' }),
  );
  expect(changed.user).toMatchObject({ zone: 'Asia/Tbilisi' });
  expect(await store.updateSettings(newAction(), { zone: 'Mars/Base' })).toMatchObject({
    ok: false,
    refusal: { code: 'ZONE_UNKNOWN' },
  });
});

test('a lead comes back as it was given, its plan with all steps in order', async () => {
  const { me, store, leadId, planId } = await working();
  expect(await store.lead(leadId)).toMatchObject({ ...LEAD, id: leadId, telegram_id: me });
  const stored = await store.plan(planId);
  expect(stored?.plan).toMatchObject({ id: planId, lead_id: leadId, status: 'active' });
  expect(stored?.steps.map(({ step_id: id, description }) => ({ id, description }))).toEqual(
    PLAN.steps.map(({ step_id: id, description }) => ({ id, description })),
  );
});

test('nobody else sees any of it, or may touch it', async () => {
  const { leadId, planId, reminders } = await working();
  const stranger = backend.stores.asPerson(someone());
  expect(await stranger.lead(leadId)).toBeNull();
  expect(await stranger.plan(planId)).toBeNull();
  expect(await stranger.reminder(reminders[0]!.id)).toBeNull();
  expect(await stranger.openReminders(inHours(9999), 100)).toEqual([]);
  const refused = { ok: false, refusal: { code: 'REMINDER_NOT_FOUND' } };
  expect(await stranger.completeReminder(newAction(), reminders[0]!.id)).toMatchObject(refused);
  expect(await stranger.snoozeReminder(newAction(), reminders[0]!.id, inHours(3), true)).toMatchObject(
    refused,
  );
  expect(await stranger.setLeadStatus(newAction(), leadId, 'closed_won')).toMatchObject({
    ok: false,
    refusal: { code: 'LEAD_NOT_FOUND' },
  });
});

describe('an action on a reminder', () => {
  test('says what became of it and what comes next, and the same when sent twice', async () => {
    const { store, reminders } = await working();
    const action = newAction();
    const done = granted(await store.completeReminder(action, reminders[0]!.id));
    expect(done).toMatchObject({
      action_id: action,
      replayed: false,
      already: false,
      reminder: { id: reminders[0]!.id, status: 'completed' },
      next: { id: reminders[1]!.id, step_id: 2, description: 'Write' },
    });
    expect(granted(await store.completeReminder(action, reminders[0]!.id))).toEqual({
      ...done,
      replayed: true,
    });
  });

  test.each<
    [string, (store: PersonStore, id: number) => Promise<Answer<{ reminder: { status: string } }>>, string]
  >([
    ['Skip', (store, id) => store.skipReminder(newAction(), id, 'no need'), 'skipped'],
    ['Cancel', (store, id) => store.cancelReminder(newAction(), id), 'cancelled'],
    ['Snooze', (store, id) => store.snoozeReminder(newAction(), id, inHours(3), true), 'pending'],
  ])('%s leaves it %s', async (_, act, status) => {
    const { store, reminders } = await working();
    expect(granted(await act(store, reminders[0]!.id)).reminder.status).toBe(status);
    expect(await store.reminder(reminders[0]!.id)).toMatchObject({ status });
  });

  test('is taken back by its action id, once', async () => {
    const { store, reminders } = await working();
    const action = newAction();
    await store.completeReminder(action, reminders[0]!.id);
    const undone = granted(await store.undo(action));
    expect(undone).toMatchObject({
      action: 'complete',
      already: false,
      restored: [{ id: reminders[0]!.id }],
    });
    expect(await store.reminder(reminders[0]!.id)).toMatchObject({ status: 'pending', completed_at: null });
    expect(granted(await store.undo(action)).already).toBe(true);
  });

  test('that comes too late is a refusal in words, not an error', async () => {
    const { store, reminders } = await working();
    await store.completeReminder(newAction(), reminders[0]!.id);
    expect(await store.snoozeReminder(newAction(), reminders[0]!.id, inHours(3), true)).toMatchObject({
      ok: false,
      refusal: { code: 'REMINDER_CLOSED', detail: { status: 'completed' } },
    });
  });
});

test('open reminders come in the order they are wanted, with the words of their lead and step', async () => {
  const { store, reminders, leadId } = await working();
  const lines = await store.openReminders(inHours(72), 10);
  expect(lines.map(({ reminder }) => reminder.id)).toEqual([reminders[0]!.id, reminders[1]!.id]);
  expect(lines[0]).toMatchObject({
    lead: { id: leadId, name: 'Anna Kowalska', company: 'Baltic Freight' },
    step: { description: 'Ring her', action_type: 'call' },
  });
  expect(await store.openReminders(inHours(72), 1)).toHaveLength(1);
});

describe('re-planning', () => {
  test('ends the running plan’s open rows and starts the new ones in one go', async () => {
    const { me, store, leadId, planId, reminders } = await working();
    await store.completeReminder(newAction(), reminders[0]!.id);
    const newPlan = await proposePlan(me, leadId);
    const accepted = granted(await store.acceptPlan(newAction(), newPlan, schedule(2)));
    expect(accepted).toMatchObject({ plan_id: newPlan, ended: 2 });
    expect(await statuses(leadId, me, planId)).toEqual(['completed', 'cancelled', 'cancelled']);
    expect(await statuses(leadId, me, newPlan)).toEqual(['pending', 'pending', 'pending']);
    expect((await store.plan(planId))?.plan.status).toBe('replaced');
  });

  test('changes nothing at all when one date of the new plan is missing', async () => {
    const { me, store, leadId, planId } = await working();
    const newPlan = await proposePlan(me, leadId);
    expect(await store.acceptPlan(newAction(), newPlan, schedule(2).slice(0, 2))).toMatchObject({
      ok: false,
      refusal: { code: 'SCHEDULE_INCOMPLETE' },
    });
    expect(await statuses(leadId, me, planId)).toEqual(['pending', 'pending', 'pending']);
    expect(await statuses(leadId, me, newPlan)).toEqual([]);
    expect((await store.plan(planId))?.plan.status).toBe('active');
    expect((await store.plan(newPlan))?.plan.status).toBe('draft');
  });

  test('with two plans at the same moment leaves exactly one of them running', async () => {
    const { me, store, leadId, planId } = await working();
    const drafts = [await proposePlan(me, leadId), await proposePlan(me, leadId)];
    const answers = await Promise.all(
      drafts.map((draft) => store.acceptPlan(newAction(), draft, schedule(2))),
    );
    expect(answers.some(({ ok }) => ok)).toBe(true);
    const states = await Promise.all(
      [planId, ...drafts].map(async (plan) => (await store.plan(plan))?.plan.status),
    );
    expect(states.filter((state) => state === 'active')).toHaveLength(1);
    const open = (await store.openReminders(inHours(9999), 100)).map(({ reminder }) => reminder.plan_id);
    expect(open).toHaveLength(3);
    expect(new Set(open).size).toBe(1);
  });

  test('a discarded draft cannot be accepted any more', async () => {
    const { me, store, leadId } = await working();
    const draft = await proposePlan(me, leadId);
    expect(granted(await store.discardPlan(newAction(), draft))).toMatchObject({
      plan_id: draft,
      already: false,
    });
    expect(await store.acceptPlan(newAction(), draft, schedule())).toMatchObject({
      ok: false,
      refusal: { code: 'PLAN_ENDED' },
    });
  });
});

test('closing a lead ends its open reminders', async () => {
  const { me, store, leadId, planId } = await working();
  expect(granted(await store.setLeadStatus(newAction(), leadId, 'closed_won'))).toMatchObject({
    status: 'closed_won',
    ended: 3,
  });
  expect(await statuses(leadId, me, planId)).toEqual(['cancelled', 'cancelled', 'cancelled']);
});
