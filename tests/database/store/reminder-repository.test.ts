/** The eight operations of the reminder repository. Runs on a real InsForge project too: see backend.ts. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ReminderRepository } from '../../../bot/usecases/ports.ts';
import { inHours, LEAD, newAction, openBackend, PLAN, schedule, someone } from './backend.ts';
import type { Backend } from './backend.ts';

let backend: Backend;
let repository: ReminderRepository;
beforeAll(async () => {
  backend = await openBackend();
  repository = backend.stores.reminders;
});
afterAll(() => backend.close());

/** A lead of this person with an accepted plan of three steps. */
async function leadWithPlan(telegramId: number) {
  const store = backend.stores.asPerson(telegramId);
  const created = await store.createLead(newAction(), LEAD, PLAN);
  if (!created.ok || created.value.plan_id === null) throw new Error('no plan');
  const accepted = await store.acceptPlan(newAction(), created.value.plan_id, schedule());
  if (!accepted.ok) throw new Error(accepted.refusal.message);
  return {
    leadId: created.value.lead_id,
    planId: created.value.plan_id,
    reminders: accepted.value.reminders,
  };
}

describe('create', () => {
  test('stores what is given and fills the rest', async () => {
    const me = someone();
    const dueAt = inHours(2);
    const row = await repository.create({
      telegram_id: me,
      due_at: dueAt.toString(),
      title: 'Ring back',
      draft_text: 'Hi',
    });
    expect(row).toMatchObject({
      telegram_id: me,
      lead_id: null,
      title: 'Ring back',
      draft_text: 'Hi',
      status: 'pending',
      level: 0,
      snooze_count: 0,
      reminder_count: 0,
      completed_at: null,
      due_reason: 'plan',
    });
    for (const instant of [row.due_at, row.wanted_at, row.first_due_at]) {
      expect(Temporal.Instant.from(instant).equals(dueAt)).toBe(true);
    }
  });

  test('refuses a second live reminder of the same step', async () => {
    const me = someone();
    const { leadId, planId } = await leadWithPlan(me);
    const twin = {
      telegram_id: me,
      lead_id: leadId,
      plan_id: planId,
      step_id: 1,
      due_at: inHours(1).toString(),
    };
    await expect(repository.create(twin)).rejects.toMatchObject({
      name: 'StoreError',
      code: '23505',
      kind: 'bug',
    });
  });
});

test('getDueReminders: what is due by product time and open, the oldest first, and no more than asked for', async () => {
  const me = someone();
  const make = (hours: number) => repository.create({ telegram_id: me, due_at: inHours(hours).toString() });
  const [late, later, future, done] = [await make(-2), await make(-1), await make(1), await make(-3)];
  await repository.updateStatus(done.id, 'completed');
  const due = await repository.getDueReminders(1000);
  const mine = due.filter((row) => row.telegram_id === me).map(({ id }) => id);
  expect(mine).toEqual([late.id, later.id]);
  expect(mine).not.toContain(future.id);
  expect(await repository.getDueReminders(1)).toHaveLength(1);
});

describe('cancelPendingForLead', () => {
  test('cancels the open reminders of the lead, says how many, and leaves the finished ones', async () => {
    const me = someone();
    const { leadId, reminders } = await leadWithPlan(me);
    await repository.updateStatus(reminders[0]!.id, 'completed');
    expect(await repository.cancelPendingForLead(leadId, me)).toEqual({ ok: true, value: 2 });
    expect((await repository.getForLead(leadId, me)).map(({ status }) => status)).toEqual([
      'completed',
      'cancelled',
      'cancelled',
    ]);
    expect(await repository.cancelPendingForLead(leadId, me)).toEqual({ ok: true, value: 0 });
  });

  test('refuses somebody else’s lead', async () => {
    const { leadId } = await leadWithPlan(someone());
    expect(await repository.cancelPendingForLead(leadId, someone())).toMatchObject({
      ok: false,
      refusal: { code: 'LEAD_NOT_FOUND' },
    });
  });
});

describe('markReminded', () => {
  test('counts the card and moves the row to its next level', async () => {
    const me = someone();
    const { id } = await repository.create({
      telegram_id: me,
      due_at: inHours(-1).toString(),
      lead_id: 1,
      title: 'x',
    });
    expect(await repository.markReminded(id, 4711)).toBe(true);
    const [row] = (await repository.getForLead(1, me)).filter((reminder) => reminder.id === id);
    expect(row).toMatchObject({ status: 'sent', reminder_count: 1, level: 1, due_reason: 'escalation' });
    expect(row?.last_reminded_at).not.toBeNull();
    expect(Temporal.Instant.compare(row!.due_at, inHours(0))).toBe(1);
  });

  test('says no for a reminder that is not open', async () => {
    const { id } = await repository.create({ telegram_id: someone(), due_at: inHours(-1).toString() });
    await repository.updateStatus(id, 'cancelled');
    expect(await repository.markReminded(id, null)).toBe(false);
  });
});

describe('updateStatus', () => {
  test('stamps a completed row', async () => {
    const { id } = await repository.create({ telegram_id: someone(), due_at: inHours(1).toString() });
    const answer = await repository.updateStatus(id, 'completed');
    expect(answer).toMatchObject({ ok: true, value: { id, status: 'completed' } });
    expect(answer.ok && answer.value.completed_at).not.toBeNull();
  });

  test('refuses an illegal move in words, with what was and what was asked for', async () => {
    const { id } = await repository.create({ telegram_id: someone(), due_at: inHours(1).toString() });
    await repository.updateStatus(id, 'completed');
    expect(await repository.updateStatus(id, 'pending')).toMatchObject({
      ok: false,
      refusal: { code: 'ILLEGAL_MOVE', detail: { id, from: 'completed', to: 'pending' } },
    });
  });

  test('says when there is no such reminder', async () => {
    expect(await repository.updateStatus(999_999_999, 'completed')).toMatchObject({
      ok: false,
      refusal: { code: 'REMINDER_NOT_FOUND' },
    });
  });
});

test('deleteForLead removes every reminder of the lead, but only of its owner', async () => {
  const me = someone();
  const { leadId } = await leadWithPlan(me);
  expect(await repository.deleteForLead(leadId, someone())).toBe(0);
  expect(await repository.deleteForLead(leadId, me)).toBe(3);
  expect(await repository.getForLead(leadId, me)).toEqual([]);
});

test('getForLead gives all reminders of the lead in the order they are wanted, to its owner alone', async () => {
  const me = someone();
  const { leadId, reminders } = await leadWithPlan(me);
  expect((await repository.getForLead(leadId, me)).map(({ id }) => id)).toEqual(
    reminders.map(({ id }) => id),
  );
  expect(await repository.getForLead(leadId, someone())).toEqual([]);
});

describe('getByLeadAndStep', () => {
  test('gives the live row of the step', async () => {
    const { leadId, reminders } = await leadWithPlan(someone());
    expect(await repository.getByLeadAndStep(leadId, 2)).toMatchObject({
      id: reminders[1]!.id,
      status: 'pending',
    });
  });

  test('never gives a cancelled one, nor one of a step that does not exist', async () => {
    const me = someone();
    const { leadId } = await leadWithPlan(me);
    await repository.cancelPendingForLead(leadId, me);
    expect(await repository.getByLeadAndStep(leadId, 2)).toBeNull();
    expect(await repository.getByLeadAndStep(leadId, 99)).toBeNull();
  });

  test('after a re-plan gives the new plan’s row', async () => {
    const me = someone();
    const { leadId } = await leadWithPlan(me);
    const proposed = await backend.clients
      .asPerson(me)
      .rpc('propose_plan', { p_action_id: newAction(), p_lead_id: leadId, p_plan: PLAN });
    const planId = (proposed.data as { plan_id: number }).plan_id;
    await backend.stores.asPerson(me).acceptPlan(newAction(), planId, schedule(5));
    expect(await repository.getByLeadAndStep(leadId, 1)).toMatchObject({
      plan_id: planId,
      status: 'pending',
    });
  });
});
