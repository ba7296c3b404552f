/** What the mini-app's lead pages read: the list with progress, and one lead with everything about it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { leadLineSchema, leadPageSchema } from '../../../shared/contracts/lead-pages.ts';
import type { LeadLine, LeadPage } from '../../../shared/contracts/lead-pages.ts';
import { createTestDatabase } from '../../support/database.ts';
import type { TestDatabase } from '../../support/database.ts';
import { acceptedPlan } from '../../support/leads.ts';

const MARA = 601;
const STRANGER = 602;
let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(async () => db.drop());

async function call(telegramId: number, name: string, args: Record<string, unknown> = {}): Promise<unknown> {
  const result = await db.userClient(telegramId).database.rpc(name, args);
  if (result.error !== null) throw new Error(name, { cause: result.error });
  return result.data;
}
const leadsOf = async (telegramId: number): Promise<LeadLine[]> =>
  z.array(leadLineSchema).parse(await call(telegramId, 'my_leads'));
const pageOf = async (leadId: number): Promise<LeadPage> =>
  leadPageSchema.parse(await call(MARA, 'lead_page', { p_lead_id: leadId }));

describe('the list of leads', () => {
  test('tells of each lead what became of every step, and what comes next', async () => {
    const { leadId, reminderIds } = await acceptedPlan(db, MARA);
    await call(MARA, 'complete_reminder', { p_action_id: 'list-done', p_id: reminderIds[0] });
    const line = (await leadsOf(MARA)).find(({ id }) => id === leadId);
    expect(line).toMatchObject({ name: 'Anna Kowalska', marks: 'doo', draft_plan_id: null });
    expect(line?.next).toMatchObject({ id: reminderIds[1], title: 'Call about it' });
  });

  test('a closed lead keeps its progress and has nothing next', async () => {
    const { leadId, reminderIds } = await acceptedPlan(db, MARA);
    await call(MARA, 'skip_reminder', { p_action_id: 'list-skip', p_id: reminderIds[0] });
    await call(MARA, 'set_lead_status', {
      p_action_id: 'list-won',
      p_lead_id: leadId,
      p_status: 'closed_won',
    });
    const line = (await leadsOf(MARA)).find(({ id }) => id === leadId);
    expect(line).toMatchObject({ status: 'closed_won', marks: 'scc', next: null });
  });

  test('shows nobody the leads of another person', async () => {
    await acceptedPlan(db, MARA);
    expect(await leadsOf(STRANGER)).toEqual([]);
  });

  test('gives 500 leads with seven steps each in one read', async () => {
    const person = 603;
    await db.admin.query(
      `with made as (
         insert into public.leads (telegram_id, name) select $1, 'Lead ' || number from generate_series(1, 500) as number
         returning id), plans as (
         insert into public.engagement_plans (lead_id, telegram_id, status, accepted_at)
         select id, $1, 'active', now() from made returning id, lead_id), steps as (
         insert into public.outreach_steps (plan_id, lead_id, telegram_id, step_id, description, delay_days)
         select plans.id, lead_id, $1, number, 'Step', number from plans, generate_series(1, 7) as number
         returning plan_id, lead_id, step_id)
       insert into public.scheduled_reminders (lead_id, telegram_id, step_id, due_at, plan_id, title)
       select lead_id, $1, step_id, now() + make_interval(days => step_id), plan_id, 'Step' from steps`,
      [person],
    );
    const leads = await leadsOf(person);
    expect(leads).toHaveLength(500);
    expect(leads.every(({ marks }) => marks === 'ooooooo')).toBe(true);
  });
});

describe('one lead', () => {
  test('comes with its running plan, its newest draft, its reminders and what happened', async () => {
    const { leadId, planId, reminderIds } = await acceptedPlan(db, MARA);
    const step = { action_type: 'call', description: 'Call', suggested_text: null, timing: '' };
    const proposed = (await call(MARA, 'propose_plan', {
      p_action_id: 'page-propose',
      p_lead_id: leadId,
      p_plan: { source: 'manual', steps: [0, 2, 4].map((delay) => ({ ...step, delay_days: delay })) },
    })) as { plan_id: number };
    const page = await pageOf(leadId);
    expect(page.plans.map(({ id, status, steps }) => [id, status, steps.length])).toEqual([
      [planId, 'active', 3],
      [proposed.plan_id, 'draft', 3],
    ]);
    expect(page.reminders.map(({ id }) => id)).toEqual(reminderIds);
    expect(page.activity.map(({ action }) => action)).toEqual(['propose_plan', 'accept_plan', 'create_lead']);
  });

  test('one action is one line, however many reminders it touched, and an undone one is marked', async () => {
    const { leadId, reminderIds } = await acceptedPlan(db, MARA);
    await call(MARA, 'set_lead_status', {
      p_action_id: 'page-lost',
      p_lead_id: leadId,
      p_status: 'closed_lost',
    });
    expect((await pageOf(leadId)).activity[0]).toMatchObject({
      action: 'set_lead_status',
      status: 'closed_lost',
      reminders: 3,
      undone: false,
    });
    await call(MARA, 'undo_action', { p_action_id: 'page-lost' });
    await call(MARA, 'skip_reminder', {
      p_action_id: 'page-skip',
      p_id: reminderIds[0],
      p_reason: 'no answer',
    });
    const [skip, closing] = (await pageOf(leadId)).activity;
    expect(skip).toMatchObject({ action: 'skip', title: 'Send the one-pager', undone: false });
    expect(closing).toMatchObject({ action: 'set_lead_status', undone: true });
  });

  test('of another person, or gone, is refused in words', async () => {
    const { leadId } = await acceptedPlan(db, MARA);
    for (const id of [leadId, 999_999]) {
      const { error } = await db.userClient(STRANGER).database.rpc('lead_page', { p_lead_id: id });
      expect(error).toMatchObject({ hint: 'LEAD_NOT_FOUND' });
    }
  });
});
